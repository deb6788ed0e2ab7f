"""The list of communities: yours, suggested, all, and found by words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from heard.foundation.communities.queries import PAGE, Place, ids_joined_by, listed, places_of, suggested_for
from heard.foundation.people.queries import MemberRequest

MINE, SUGGESTED, ALL = "yours", "suggested", "all"


@require_safe
def communities(request: MemberRequest) -> HttpResponse:
    """One of three lists, or what was found; asked by htmx, the found part of the page alone."""
    words = request.GET.get("q", "").strip()[:100]
    joined = len(ids_joined_by(request.user))
    show = request.GET.get("show", "") if not words else ALL
    if show not in {MINE, SUGGESTED, ALL}:
        show = MINE if joined else SUGGESTED
    found = places(request, show, words)
    context = {
        "nav": "communities",
        "words": words,
        "show": show,
        "joined": joined,
        "tabs": [] if words else tabs(show, joined),
        "places": found[:PAGE],
        "older": address_after(found, show, words),
    }
    part = "#found" if request.headers.get("HX-Request") else ""
    return render(request, f"communities/list.html{part}", context)


def places(request: MemberRequest, show: str, words: str) -> list[Place]:
    """What the list shows, and one more where there are more."""
    if show == SUGGESTED:
        return places_of(request.user, suggested_for(request.user, limit=12))
    return listed(request.user, words=words, after=request.GET.get("after", ""), is_mine=show == MINE)


def tabs(show: str, joined: int) -> list[dict[str, object]]:
    """The three lists."""
    labels = {MINE: _("Yours"), SUGGESTED: _("Suggested"), ALL: _("All")}
    return [
        {"url": f"?show={name}", "label": label, "current": name == show, "count": joined if name == MINE else 0}
        for name, label in labels.items()
    ]


def address_after(found: list[Place], show: str, words: str) -> str:
    """Where the next page is, or nothing."""
    if len(found) <= PAGE:
        return ""
    last = found[PAGE - 1].community
    query = {"q": words} if words else {"show": show}
    return "?" + urlencode({**query, "after": f"{last.member_count}|{last.pk}"})
