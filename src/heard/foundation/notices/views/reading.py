"""What the pages of notices share: who reads, and ids from addresses."""

from urllib.parse import urlencode

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class ReaderRequest(HttpRequest):
    """A request of somebody who is signed in; notices know no more of people than that."""

    user: AbstractBaseUser  # type: ignore[assignment]


def list_at(request: HttpRequest, **said: object) -> str:
    """The page of the list from which something was posted, which says what was done."""
    before = id_from(request.POST.get("before", ""))
    place = {"before": before, "unread": "1" if request.POST.get("unread") else ""}
    asked = urlencode({**said, **{name: value for name, value in place.items() if value}})
    return f"/notices/?{asked}" if asked else "/notices/"


def id_from(given: str) -> int | None:
    """An id from an address or a form; nothing for nonsense."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
