"""The signer answers everything that fits its key, refuses the rest, and lets nothing out by a fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.blind import (
    BlindedMessageIsUnusable,
    SigningFailed,
    SigningKey,
    blind,
    blind_sign,
    finalize,
    prepare,
)

KEY = SigningKey.new()
SIZE = KEY.public.size
N = int(KEY.public.modulus)


def test_no_two_signatures_are_made_with_the_same_factor() -> None:
    """Not even where it is only squared: it is drawn anew every 32 times."""
    key = SigningKey.read(KEY.der())
    factors = [key.next_factor() for _ in range(100)]
    assert len({part for factor in factors for part in factor}) == 200
    assert all(factor * pow(inverse, 65_537, N) % N == 1 for factor, inverse in factors)


def test_one_key_signs_many_times_and_each_answer_is_right() -> None:
    """More often than its blinding factor is squared."""
    for nth in range(70):
        blinding = blind(KEY.public, token := prepare(bytes([nth])))
        finalize(KEY.public, token, blind_sign(KEY, blinding.blinded_message), blinding.inverse)


def test_what_is_out_of_range_is_not_signed() -> None:
    too_large = [(N + more).to_bytes(SIZE, "big") for more in (0, 1)]
    of_another_length = [b"", b"\1" * (SIZE - 1), b"\0" + b"\1" * SIZE]
    for wrong in (bytes(SIZE), b"\xff" * SIZE, *too_large, *of_another_length):
        with pytest.raises(BlindedMessageIsUnusable):
            blind_sign(KEY, wrong)


def test_the_edges_of_the_range_are_signed_like_anything_else() -> None:
    for number in (1, 2, N - 1, int(KEY.p), int(KEY.q), N - int(KEY.p)):
        answer = int.from_bytes(blind_sign(KEY, number.to_bytes(SIZE, "big")), "big")
        assert pow(answer, 65_537, N) == number


@given(st.binary(max_size=2 * SIZE) | st.binary(min_size=SIZE, max_size=SIZE))
def test_whatever_is_sent_to_be_signed_is_signed_or_refused(blinded: bytes) -> None:
    try:
        answer = blind_sign(KEY, blinded)
    except BlindedMessageIsUnusable:
        return
    assert pow(int.from_bytes(answer, "big"), 65_537, N) == int.from_bytes(blinded, "big")


@pytest.mark.parametrize("part", ["dp", "dq", "q_inverse"])
def test_a_fault_while_signing_lets_nothing_out(part: str) -> None:
    """One wrong half would be enough to find the factors of the key."""
    faulty = SigningKey.read(KEY.der())
    setattr(faulty, part, getattr(faulty, part) + 2)
    with pytest.raises(SigningFailed):
        blind_sign(faulty, blind(KEY.public, prepare(b"a voice")).blinded_message)
