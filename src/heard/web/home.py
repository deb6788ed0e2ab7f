"""Home: what is for you, what is newest, what nobody answered."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from heard.features.asks.queries import open_asks_for
from heard.foundation.communities.queries import ids_joined_by, joined_by, suggested_for
from heard.foundation.conversation.queries import (
    Feed,
    Found,
    communities_waiting_for,
    feed_ids,
    news_since,
    popular_tags,
    read_to,
    saved_ids,
    tag_ids,
    thread_by_id,
)
from heard.foundation.people.queries import MemberRequest, followed_by, is_alone
from heard.foundation.people.rules import is_administrator, may_invite
from heard.plumbing.text import fold_hashtag
from heard.web.cards import REASONS, Shown, before, draw_cards, feed_page, older
from heard.web.slots import slotted

PAGE = 20
RAIL = 8
PULL = {"mention": 6, "follow": 3, "community": 0}


@require_safe
def home(request: MemberRequest, feed: Feed = Feed.FOR_YOU) -> HttpResponse:
    """A page of 20 threads. Within it *For you* lifts what names the reader and people they follow a few places."""
    person = request.user
    found = feed_ids(person, feed, before=before(request), limit=PAGE)
    ids = [one.id for one in found]
    shown = lifted(draw_cards(person, ids, {one.id: one.why for one in found}), found, feed)
    if feed is Feed.NEWEST:
        mark_read_from(shown, read_to(person))
    fixed = {
        "nav": "home",
        "feed": feed.value,
        "shown": bool(shown),
        "is_first_page": before(request) is None,
        "joined": bool(shown) or bool(ids_joined_by(person)),
        "alone": not shown and is_alone(person),
    }
    slots = {
        "feed": in_order(shown),
        "places": places_in(shown),
        "newest": str(max((one.id for one in shown), default=0)),
        "topics": "".join(f",thread:{one.id}" for one in shown),
        "pager": pager(older(request, [one.id for one in shown], PAGE)),
        "beginning": "" if shown or (feed is Feed.UNANSWERED and fixed["joined"]) else beginning(request),
    }
    return slotted(request, "home/home.html", fixed=fixed, slots=slots)


def in_order(shown: list[Shown]) -> str:
    """The cards one after another, with the line where the reader had got to."""
    line = f'<p class="read-to">{_("You had read to here")}</p>'
    return "\n".join(f"{line}{one.html}" if one.begins_read else one.html for one in shown)


def places_in(shown: list[Shown]) -> str:
    """The reader's communities as far as the cards name them: what the rail holds until all of it is asked for."""
    mine = dict.fromkeys(one.place for one in shown if one.why == "community")
    listed = format_html_join("", '<li><a href="/communities/{}/" dir="auto">{}</a></li>', list(mine)[:RAIL])
    return f'<ul class="plain-list">{listed}</ul>' if listed else ""


def pager(older: str) -> str:
    """The way to the next page, if there is one."""
    return render_to_string("parts/pager.html", {"older": older}) if older else ""


def beginning(request: MemberRequest) -> str:
    """What a member of nothing, or of a network where nobody has spoken, can do."""
    first = is_alone(request.user) and may_invite(request.user)
    todo = first_steps(request) if first else steps(request)
    context = {"suggested": suggested_for(request.user), "steps": todo, "is_first": first}
    return render_to_string("home/beginning.html", context)


def mark_read_from(shown: list[Shown], seen: int) -> None:
    """Marks the first thread that the reader had seen before, if newer ones stand above it."""
    first = next((place for place, one in enumerate(shown) if one.id <= seen), 0)
    if first:
        shown[first].begins_read = True


def lifted(shown: list[Shown], found: list[Found], feed: Feed) -> list[Shown]:
    """*For you* in its order: by time, but what mentions or is followed stands a few places higher."""
    if feed is not Feed.FOR_YOU:
        return shown
    order = {one.id: place - PULL[one.why] - 0.5 * (one.why != "community") for place, one in enumerate(found)}
    return sorted(shown, key=lambda one: order[one.id])


def steps(request: MemberRequest) -> list[dict[str, object]]:
    """Three things that a new member can do, with those already done ticked."""
    person = request.user
    return [
        {"url": "/communities/", "label": _("Join a community"), "done": bool(ids_joined_by(person))},
        {"url": f"/people/{person.handle}/edit/", "label": _("Say who you are"), "done": bool(person.about)},
        {"url": "/people/", "label": _("Follow a colleague"), "done": followed_by(person).exists()},
    ]


def first_steps(request: MemberRequest) -> list[dict[str, object]]:
    """Three things for whoever set the network up and is alone in it."""
    begun = [{"url": "/communities/new/", "label": _("Start a community"), "done": bool(ids_joined_by(request.user))}]
    invited = [{"url": "/people/invitations/", "label": _("Invite your colleagues"), "done": False}]
    moved = [{"url": "/arrivals/", "label": _("Move in what was said and who is listed elsewhere"), "done": False}]
    return [*begun, *invited, *(moved if is_administrator(request.user) else [])]


@require_safe
def rail(request: MemberRequest) -> HttpResponse:
    """What stands beside home and is asked for once home is there."""
    person = request.user
    beside = {
        "asked": open_asks_for(person),
        "waiting": communities_waiting_for(person),
        "joined": joined_by(person, limit=RAIL),
        "suggested": suggested_for(person, limit=3),
        "tags": popular_tags(person, limit=8),
    }
    return render(request, "home/rail.html", beside)


@require_safe
def news(request: MemberRequest) -> HttpResponse:
    """The line that says that something newer is there, without moving what is being read; empty where nothing is."""
    newest = request.GET.get("after", "0")
    after = int(newest) if newest.isascii() and newest.isdigit() and len(newest) < 19 else 0
    ids = news_since(request.user, after)
    shown = draw_cards(request.user, ids[:1])
    latest = thread_by_id(request.user, ids[0]) if shown else None
    return render(request, "home/news.html", {"count": len(ids), "latest": latest, "newest": newest})


@require_safe
def card(request: MemberRequest, thread_id: int) -> HttpResponse:
    """One card as it is now; empty if it is gone from lists."""
    given = request.GET.get("why", "")
    why = {thread_id: given} if given in REASONS else None
    return render(request, "home/card.html", {"shown": draw_cards(request.user, [thread_id], why)})


@require_safe
def tag(request: MemberRequest, tag: str) -> HttpResponse:
    """Threads with a hashtag, that the reader may read."""
    folded = fold_hashtag(tag)
    ids = tag_ids(request.user, folded, before=before(request))
    if tag != folded:
        return redirect("tag", tag=folded)
    page = feed_page(request, ids)
    return render(request, "home/tag.html", {**page, "tag": folded, "popular": popular_tags(request.user)})


@require_safe
def saved(request: MemberRequest) -> HttpResponse:
    """What the reader kept for later."""
    page = feed_page(request, saved_ids(request.user, before=before(request)))
    return render(request, "home/saved.html", {**page, "nav": "saved"})
