"""What holds for questions, words, tokens, bodies, hours and the log: arithmetic and form, no tables."""

from heard.features.ballots.rules.bodies import Sheet, padded, read_object, read_sheet, read_spent
from heard.features.ballots.rules.chain import START, body_of, is_unbroken, next_hash
from heard.features.ballots.rules.hours import hour_of, told
from heard.features.ballots.rules.questions import LONGEST, Question, checked, scheme_of, size_of
from heard.features.ballots.rules.tokens import (
    EXPONENT,
    GROUP,
    Spent,
    is_signed,
    message_for,
    nonce_hash,
    public_key,
    token_of,
)
from heard.features.ballots.rules.verifying import Evidence, Finding, findings_on
from heard.features.ballots.rules.wording import new_words_key, opened_words, sealed_words, words_digest

__all__ = [
    "EXPONENT",
    "GROUP",
    "LONGEST",
    "START",
    "Evidence",
    "Finding",
    "Question",
    "Sheet",
    "Spent",
    "body_of",
    "checked",
    "findings_on",
    "hour_of",
    "is_signed",
    "is_unbroken",
    "message_for",
    "new_words_key",
    "next_hash",
    "nonce_hash",
    "opened_words",
    "padded",
    "public_key",
    "read_object",
    "read_sheet",
    "read_spent",
    "scheme_of",
    "sealed_words",
    "size_of",
    "token_of",
    "told",
    "words_digest",
]
