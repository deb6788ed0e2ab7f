"""Which kinds reach a person which way unless they say otherwise, when they are left in peace, and how it is worded."""

from heard.foundation.notices.rules.hours import is_quiet, next_digest, quiet_ends
from heard.foundation.notices.rules.kinds import (
    MUTABLE,
    OUTSIDE,
    QUOTING,
    because,
    goes_by_default,
    is_kind,
    may_stay,
    occasion,
    sentence,
    ways_of,
    weight,
)
from heard.foundation.notices.rules.tokens import ALL_DIGESTS, ALL_MAIL, read_token, unsubscribing_address

__all__ = [
    "ALL_DIGESTS",
    "ALL_MAIL",
    "MUTABLE",
    "OUTSIDE",
    "QUOTING",
    "because",
    "goes_by_default",
    "is_kind",
    "is_quiet",
    "may_stay",
    "next_digest",
    "occasion",
    "quiet_ends",
    "read_token",
    "sentence",
    "unsubscribing_address",
    "ways_of",
    "weight",
]
