"""What holds for conversations, without a question to the database: weeks, sizes, what a body has to be."""

from heard.features.voice.rules.bodies import (
    Agreement,
    Beginning,
    Reply,
    Sealed,
    Token,
    agreement_in,
    beginning_in,
    lookup_in,
    message_in,
    reply_in,
)
from heard.features.voice.rules.keys import digest_of, public_in, wrapped_in
from heard.features.voice.rules.reading import ROUNDS
from heard.features.voice.rules.sizes import (
    BODY,
    BODY_WITH_PICTURES,
    FOR_LISTENERS,
    LOOKUP,
    MOST_SEALED,
    padded,
    steps_of,
)
from heard.features.voice.rules.weeks import LAST_DAY, expiry, monday, weeks_between

FEWEST_LISTENERS = 2
"""A single reader would know alone what was said, and could keep it to themselves."""
MOST_MESSAGES = 200
"""In one conversation."""

__all__ = [
    "BODY",
    "BODY_WITH_PICTURES",
    "FEWEST_LISTENERS",
    "FOR_LISTENERS",
    "LAST_DAY",
    "LOOKUP",
    "MOST_MESSAGES",
    "MOST_SEALED",
    "ROUNDS",
    "Agreement",
    "Beginning",
    "Reply",
    "Sealed",
    "Token",
    "agreement_in",
    "beginning_in",
    "digest_of",
    "expiry",
    "lookup_in",
    "message_in",
    "monday",
    "padded",
    "public_in",
    "reply_in",
    "steps_of",
    "weeks_between",
    "wrapped_in",
]
