"""Threads as cards in a list: drawn once for each state, kept, and joined to a page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from heard.foundation.conversation.models import Kind
from heard.foundation.conversation.queries import Body, Card, bodies, cards
from heard.foundation.people.models import Person
from heard.web.fragments import drawn
from heard.web.templatetags.heard import age

REASONS = frozenset({"mention", "follow", "community", "pinned"})
"""Why a card stands where it does."""


@dataclass(slots=True)
class Shown:
    """One card of a page, where it was said (slug and name) and why it is there.

    `begins_read` where all from here on was read before.
    """

    id: int
    html: SafeString
    place: tuple[str, str]
    why: str
    begins_read: bool = False


@lru_cache(maxsize=1)
def article() -> object:
    """Loaded once: looking a template up costs more than drawing it."""
    return get_template("threads/article.html")


def draw_cards(viewer: Person, ids: Collection[int], why: Mapping[int, str] | None = None) -> list[Shown]:
    """The cards of those of `ids` that `viewer` may read, in their order, each with the reason in `why`.

    Only cards that were not drawn in this state before cost a query for their words.
    """
    reasons = why or {}
    found = cards(viewer, ids)
    here = (translation.get_language(), timezone.get_current_timezone_name())
    keys = {card.id: (card, reasons.get(card.id, ""), age(card.created_at), here) for card in found}
    html = {pk: drawn.get(key) for pk, key in keys.items()}
    missing = [card for card in found if html[card.id] is None]
    if missing:
        words = bodies([card.id for card in missing])
        for card in missing:
            html[card.id] = drawn.put(keys[card.id], draw(card, words[card.id], reasons.get(card.id, "")))
    return [
        Shown(card.id, mark_safe(html[card.id] or ""), (card.slug, card.community), reasons.get(card.id, ""))  # noqa: S308
        for card in found
    ]


def draw(card: Card, body: Body, why: str) -> str:
    """One card as HTML."""
    at = f"/threads/{card.id}"
    context = {
        "card": card,
        "body": body,
        "why": why,
        "author": Person(pk=card.author_id, name=card.author, handle=card.handle, picture=card.picture),
        "kind": Kind(card.kind).label if card.kind != Kind.SHARE else "",
        "at": at,
        "id": f"x{card.id}",
        "url": f"{at}/reactions/",
        "undo_url": f"{at}/reactions/withdrawal/",
        "mine": card.mine.emoji,
        "reactions": body.reactions,
    }
    return article().render(context)  # type: ignore[attr-defined, no-any-return]


def older(request: HttpRequest, ids: Collection[int], limit: int) -> str:
    """The address of the page after `ids`, or nothing where there is none."""
    if len(ids) < limit:
        return ""
    query = request.GET.copy()
    query["before"] = str(min(ids))
    return f"?{query.urlencode()}"


def before(request: HttpRequest) -> int | None:
    """Where a page begins, from its address; nothing for the first and for nonsense."""
    given = request.GET.get("before", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


def feed_page(request: HttpRequest, ids: Collection[int], *, limit: int = 20) -> dict[str, object]:
    """What `parts/feed.html` needs to show a page of threads, with the address of the next."""
    viewer = request.user
    shown = draw_cards(viewer, ids)  # type: ignore[arg-type]
    return {"shown": shown, "older": older(request, [one.id for one in shown], limit)}
