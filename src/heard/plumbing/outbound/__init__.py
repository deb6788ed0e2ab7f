"""The one way out: whatever this server asks of others by HTTP goes through here, and through nothing else."""

from .answering import Answer
from .fetching import fetch
from .judging import could_be_asked
from .refusing import (
    AddressCannotBeRead,
    AddressIsNotPublic,
    AnswerIsTooLarge,
    NobodyAnswers,
    OutboundRefused,
    TookTooLong,
    TooManyRedirects,
    WrongKindOfAnswer,
)
from .route import has_route_out

__all__ = [
    "AddressCannotBeRead",
    "AddressIsNotPublic",
    "Answer",
    "AnswerIsTooLarge",
    "NobodyAnswers",
    "OutboundRefused",
    "TooManyRedirects",
    "TookTooLong",
    "WrongKindOfAnswer",
    "could_be_asked",
    "fetch",
    "has_route_out",
]
