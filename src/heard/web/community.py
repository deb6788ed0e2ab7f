"""A community's own page, on which its threads stand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from heard.features.asks.queries import polls_in
from heard.foundation.communities.queries import Place, place, tender_faces
from heard.foundation.communities.rules import is_new, levels
from heard.foundation.conversation.models import Kind
from heard.foundation.conversation.queries import community_ids, thread_by_id, waiting_here
from heard.foundation.conversation.queries.feed import pinned_ids
from heard.foundation.people.queries import MemberRequest
from heard.web.cards import before, draw_cards, older

PAGE = 20
KINDS = {"questions": Kind.ASK.value, "ideas": Kind.SUGGEST.value}


@require_safe
def community(request: MemberRequest, slug: str) -> HttpResponse:
    """What it is, who looks after it, and a page of what is said in it, for those who may read that."""
    stands = place(request.user, slug)
    page = {"nav": "communities", "place": stands, "community": stands.community}
    if stands.may_read:
        page |= threads(request, stands) | {"polls": polls_in(stands.community, timezone.now())}
    tenders = tender_faces(stands.community)
    page |= {
        "tenders": tenders,
        "levels": levels(),
        "is_welcomed": stands.membership is not None and is_new(stands.membership),
        "may_take_over": stands.membership is not None and not tenders,
        "waiting": waiting_here(request.user, stands.community) if stands.may_tend else 0,
    }
    return render(request, "community/community.html", page)


def threads(request: MemberRequest, stands: Place) -> dict[str, Any]:
    """A page of threads, all or of one kind, newest first; on the first page of all, what is pinned stands on top."""
    show = request.GET.get("show", "")
    is_first_page = before(request) is None
    kind = KINDS.get(show, "")
    ids = community_ids(stands.community.pk, before=before(request), kind=kind, limit=PAGE)
    pinned = pinned_ids(stands.community.pk) if is_first_page and not kind else []
    shown = [*pinned, *(pk for pk in ids if pk not in pinned)]
    return {
        "tabs": tabs(show if kind else ""),
        "shown": draw_cards(request.user, shown, dict.fromkeys(pinned, "pinned")),
        "older": older(request, ids, PAGE),
        "newest": max(ids, default=0),
        "is_first_page": is_first_page,
        "show": show if kind else "",
    }


def tabs(current: str) -> list[dict[str, object]]:
    """The three ways to read a community."""
    labels = {"": _("All"), "questions": _("Questions"), "ideas": _("Ideas")}
    return [
        {"url": f"?show={name}" if name else "?", "label": label, "current": name == current}
        for name, label in labels.items()
    ]


@require_safe
def news(request: MemberRequest, slug: str) -> HttpResponse:
    """The line that says that something newer was said, without moving what is being read; empty where nothing was."""
    stands = place(request.user, slug)
    given = request.GET.get("after", "")
    after = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
    ids = community_ids(stands.community.pk, limit=PAGE) if stands.may_read else []
    fresh = [pk for pk in ids if pk > after]
    context = {"community": stands.community, "newest": after, "count": len(fresh), "latest": None}
    if fresh:
        context["latest"] = thread_by_id(request.user, fresh[0])
    return render(request, "community/news.html", context)
