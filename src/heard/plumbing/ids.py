"""Ids that sort by time, so that a page of the newest is a page of the highest ids; and codes that tell no time.

From the top: milliseconds since the year 2000 (43 bits, until 2278), then 20 bits that part what happened in
the same millisecond. The whole fits a signed 64-bit column, but not a JavaScript number: write it as text there.
"""

import secrets
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
LOW_BITS = 20
HIGHEST_NTH = (1 << LOW_BITS) - 1
HIGHEST_ID = (1 << 63) - 1
_MILLISECOND = timedelta(milliseconds=1)
_LAST_MILLISECOND = HIGHEST_ID >> LOW_BITS


def timed_id(at: datetime, nth: int | None = None) -> int:
    """An id of the moment `at`, an aware time; times outside 2000 to 2278 count as the nearest one inside.

    With `nth` (0 to 1,048,575) the id is settled, so the same message imported twice has the same id, and
    `timed_id(at, 0)` is the lowest id of its millisecond. Without it the low bits are random.
    """
    if nth is None:
        nth = secrets.randbits(LOW_BITS)
    elif not 0 <= nth <= HIGHEST_NTH:
        raise ValueError(f"nth is {nth}; it must be from 0 to {HIGHEST_NTH}.")
    milliseconds = (at - EPOCH) // _MILLISECOND
    return min(max(milliseconds, 0), _LAST_MILLISECOND) << LOW_BITS | nth


def timed_ids(at: datetime, count: int) -> list[int]:
    """So many ids of the moment `at` that are all different, rising: one by one, a thousand would hit on one twice."""
    return [timed_id(at, nth) for nth in sorted(secrets.SystemRandom().sample(range(HIGHEST_NTH + 1), count))]


def time_of(timed_id: int) -> datetime:
    """The millisecond of an id, in UTC."""
    if not 0 <= timed_id <= HIGHEST_ID:
        raise ValueError(f"{timed_id} is not an id made of a time.")
    return EPOCH + (timed_id >> LOW_BITS) * _MILLISECOND


def drawn_code() -> str:
    """An id that tells neither order nor time: 16 random bytes in hexadecimal."""
    return secrets.token_hex(16)
