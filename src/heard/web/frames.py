"""The parts of the frame that stands round every page: each drawn once for each state that it can be seen in."""

from typing import Any, Protocol

from django.http import HttpRequest
from django.template import Context
from django.utils.translation import get_language

from heard.web.fragments import drawn, template_of

FRAMES = frozenset(
    f"parts/{name}.html" for name in ("side", "tabbar", "offline", "keys", "confirm", "times", "invite_home", "picture")
)


class SupportsGet(Protocol):
    """Variables of a page by name."""

    def get(self, key: str, otherwise: Any = None, /) -> Any:
        """The variable, or `otherwise`."""


def frame_for(state: SupportsGet, theme: str, name: str, request: HttpRequest | None) -> str:
    """The part `name` of the frame, in the state that the variables of a page describe; raises KeyError for others."""
    if name not in FRAMES:
        raise KeyError(name)
    get = state.get
    me = get("me")
    person = (me.pk, me.name, me.handle, me.picture) if me else None
    seen = (get("nav"), get("q"), get("unseen_notices"), get("is_steward"), get("is_administrator"))
    key = (name, person, seen, theme, get_language())
    piece = drawn.get(key)
    if piece is None:
        names = ("me", "nav", "q", "unseen_notices", "is_steward", "is_administrator", "organisation")
        context = {**{variable: get(variable) for variable in names}, "request": request}
        piece = drawn.put(key, template_of(name).render(Context(context)))
    return piece
