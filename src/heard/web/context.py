"""What every page knows: who is looking, what they have not seen, and where the stream is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from heard.foundation.notices.queries import unseen_count
from heard.foundation.people.rules import is_administrator, is_steward
from heard.web.middleware import stream_origin

THEMES = frozenset({"system", "light", "dark"})


def theme_of(request: HttpRequest | None) -> str:
    """How this browser wants pages: one of THEMES, whatever its cookie says."""
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else "system"


def shell(request: HttpRequest) -> dict[str, Any]:
    """The variables of the frame round every page; asks the database for one count only, and not for fragments."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        hears_strangers = settings.HEARD_REPORTS_FROM_OUTSIDE
        return {"me": None, "organisation": settings.HEARD_ORGANISATION, "hears_strangers": hears_strangers}
    is_fragment = bool(request.headers.get("HX-Request"))
    return {
        "me": user,
        "organisation": settings.HEARD_ORGANISATION,
        "unseen_notices": 0 if is_fragment else unseen_count(user),
        "stream_url": f"{stream_origin(request)}/stream",
        "is_steward": is_steward(user),
        "is_administrator": is_administrator(user),
    }
