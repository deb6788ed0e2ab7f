"""What writers opened to everyone, and the vote of all on each: where conversations without a name and asks meet."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heard.features.asks.actions import ask_vote
from heard.features.asks.queries import votes_about, votes_in_words
from heard.features.desk.queries import group_names
from heard.features.voice.actions import wait_no_longer
from heard.features.voice.queries import opened as everything_opened
from heard.features.voice.rules import monday
from heard.plumbing.cookieless import cookieless
from heard.plumbing.refusals import Refusal

if TYPE_CHECKING:
    from heard.features.asks.models import Ask
    from heard.features.voice.models import Opened

MOST = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A text that was opened, as all members see it. `group` is empty where the writer did not say it, and `words`
    until the vote is over and may be shown."""

    code: str
    text: str
    group: str
    week: date
    vote: "Ask | None"
    is_open: bool
    is_over: bool
    words: str


def ask_due_votes() -> None:
    """Asks everybody about each text that was opened on a day that is over, once; the clock calls this each hour.

    An ask keeps the hour at which it was written: it is that of the clock's first look at a day, for all that was
    opened on the day before alike, and tells nothing of the hour in which somebody agreed. The vote opens the next day,
    and only with it is the text shown. Where too few people are here for a vote, it is shown from the next week on.
    """
    wait_no_longer(timezone.now().date())
    texts = list(everything_opened()[:MOST])
    asked = votes_about([one.code for one in texts])
    for one in texts:
        if one.code not in asked:
            with suppress(Refusal):
                ask_vote(by=None, text=one.text, about=one.code)


def seen() -> list[tuple["Opened", "Ask | None"]]:
    """What all may see by now, the newest weeks first, each with its vote."""
    texts, this_week = list(everything_opened()[:MOST]), monday(timezone.now().date())
    votes = {about: vote for about, vote in votes_about([one.code for one in texts]).items() if vote.ballot}
    return [(one, votes.get(one.code)) for one in texts if one.code in votes or one.week < this_week]


@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    """All of it."""
    found, now = seen(), timezone.now()
    names = group_names([one.group for one, _vote in found])
    words = votes_in_words([vote for _one, vote in found if vote and vote.closed_at])
    shown = [
        Shown(
            code=one.code,
            text=one.text,
            group=names.get(one.group, ""),
            week=one.week,
            vote=vote,
            is_open=bool(vote and vote.opens_at <= now < vote.closes_at),
            is_over=bool(vote and vote.closes_at <= now),
            words=words.get(one.code, ""),
        )
        for one, vote in found
    ]
    return render(request, "opened.html", {"nav": "listening", "shown": shown})


@cookieless("GET")
def listed(request: HttpRequest) -> HttpResponse:
    """When each vote begins and ends, by the code of its text and without it: the same for everybody.

    The page of a conversation looks here for the codes that it can make of the offers sealed in it.
    """
    said = [
        {
            "code": one.code,
            "opens": vote.opens_at.isoformat() if vote else "",
            "closes": vote.closes_at.isoformat() if vote else "",
        }
        for one, vote in seen()
    ]
    return JsonResponse({"opened": said})
