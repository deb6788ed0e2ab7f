"""What the pages of notices share: who reads, and ids from addresses."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class ReaderRequest(HttpRequest):
    """A request of somebody who is signed in; notices know no more of people than that."""

    user: AbstractBaseUser  # type: ignore[assignment]


def id_from(given: str) -> int | None:
    """An id from an address or a form; nothing for nonsense."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
