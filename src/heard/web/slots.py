"""Hot pages: the page round what changes is drawn once for each state, and what changes is put into its slots.

A template that is drawn so reads only what `fixed` names, the language and the theme. What belongs to the person
comes by `{% frame %}` and `{% slot %}`, each filled anew for every answer; `{{ me.pk }}` is a slot too, and anything
else of `me` fails at once, so that nobody's name can stay behind in a page that others are given.
"""

import re
import secrets
from collections.abc import Callable, Mapping

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from heard.web.context import shell, theme_of
from heard.web.fragments import template_of
from heard.web.frames import FRAMES, frame_for

MOST = 300
# A page holds words that somebody typed; by a mark that each process draws by lot, no word can be a slot.
MARK = f"\ue000{secrets.token_hex(16)}:"
SLOT = re.compile(f"{MARK}([^\ue001]+)\ue001")
pages: dict[object, tuple[str, ...]] = {}


def token(name: str) -> SafeString:
    """What stands in a drawn page where the slot `name` is filled."""
    return mark_safe(f"{MARK}{name}\ue001")  # noqa: S308


class Somebody:
    """Whoever looks at a page with slots: there, and with an id that is filled in later."""

    pk = token("me")

    def __getattr__(self, name: str) -> str:
        raise RuntimeError(f"A page with slots reads me.{name}; put that into a frame or a slot.")


def slotted(
    request: HttpRequest,
    name: str,
    *,
    fixed: Mapping[str, object],
    slots: Mapping[str, str],
    build: Callable[[], Mapping[str, object]] = dict,
    typed: str = "",
) -> HttpResponse:
    """The page `name`: drawn for `fixed` (hashable values), with `slots` filled by HTML that is ready.

    `build` gives what more the template reads, and is asked only when the page is drawn: `fixed` must tell apart
    everything that it can give. What was `typed` stands in the search field of the frame.
    """
    around = shell(request)
    theme = theme_of(request)
    key = (name, tuple(fixed.items()), get_language(), theme, around["stream_url"])
    parts = pages.get(key)
    if parts is None:
        if len(pages) > MOST:
            pages.clear()
        context = {**around, **fixed, **build(), "me": Somebody(), "slotted": True, "request": request}
        parts = pages[key] = tuple(SLOT.split(template_of(name).render(Context(context))))
    # The frame is drawn once for whatever is typed, not once for each of it.
    state = {**around, **fixed, "q": token("q") if typed else ""}
    frames = {part: frame_for(state, theme, part, request) for part in parts[1::2] if part in FRAMES}
    if typed:
        frames = {part: piece.replace(token("q"), escape(typed)) for part, piece in frames.items()}
    flashes = get_messages(request)
    filled = {"me": str(around["me"].pk), "flashes": "", **frames, **slots}
    if len(flashes):
        filled["flashes"] = render_to_string("parts/flashes.html", {"messages": flashes})
    return HttpResponse("".join(part if nth % 2 == 0 else filled[part] for nth, part in enumerate(parts)))
