"""Measures blind signatures: what a token costs whoever signs it, and whoever checks it."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from heard.bench.clockwork import calibration, rss_mb
from heard.plumbing.blind import SigningKey, blind, blind_sign, finalize, prepare, verify


@dataclass
class TokenFigures:
    """Medians of `n` tokens under a key of `bits` bits, in milliseconds of CPU; `read_ms` is of reading the key."""

    bits: int
    n: int
    sign_ms: float
    verify_ms: float
    blind_ms: float
    finalize_ms: float
    read_ms: float
    rss_mb: float
    cal_ms: float
    scenario: str = "tokens"

    def as_dict(self) -> dict[str, Any]:
        """Plain values, rounded to what the clock is worth."""
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self).items()}


def measure_tokens(*, n: int = 500, bits: int = 2_048) -> TokenFigures:
    """Asks for `n` tokens under one key, signs, finishes and checks them: all of them take one step, then the next."""
    key = SigningKey.new(bits)
    public, kept = key.public, key.der()
    tokens = [prepare(nth.to_bytes(4, "big")) for nth in range(n)]
    blindings, blind_ms = timed([partial(blind, public, token) for token in tokens])
    answers, sign_ms = timed([partial(blind_sign, key, blinding.blinded_message) for blinding in blindings])
    signatures, finalize_ms = timed(
        [
            partial(finalize, public, token, answer, blinding.inverse)
            for token, answer, blinding in zip(tokens, answers, blindings, strict=True)
        ]
    )
    _, verify_ms = timed([partial(verify, public, *signed) for signed in zip(tokens, signatures, strict=True)])
    _, read_ms = timed([partial(SigningKey.read, kept)] * n)
    return TokenFigures(
        bits=bits,
        n=n,
        sign_ms=sign_ms,
        verify_ms=verify_ms,
        blind_ms=blind_ms,
        finalize_ms=finalize_ms,
        read_ms=read_ms,
        rss_mb=rss_mb(),
        cal_ms=calibration(),
    )


def timed[Made](works: Sequence[Callable[[], Made]]) -> tuple[list[Made], float]:
    """What each work made, and the median of their CPU milliseconds."""
    made, taken = [], []
    for work in works:
        begun = time.process_time_ns()
        made.append(work())
        taken.append((time.process_time_ns() - begun) / 1e6)
    return made, statistics.median(taken)
