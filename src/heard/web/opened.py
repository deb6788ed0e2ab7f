"""What writers opened to everyone, and the vote of all on each: where conversations without a name and asks meet."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heard.features.asks.actions import ask_vote
from heard.features.asks.queries import votes_about
from heard.features.desk.queries import group_names
from heard.features.voice.queries import opened as everything_opened
from heard.features.voice.rules import monday
from heard.plumbing.refusals import Refusal

if TYPE_CHECKING:
    from heard.features.asks.models import Ask

MOST = 100
NIGHT_ENDS = 6
"""The hour of the day until which the clock asks about what was opened the day before."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text that was opened, as all members see it. `group` is empty where the writer did not say it."""

    text: str
    group: str
    week: date
    vote: "Ask | None"
    is_open: bool
    is_over: bool


def ask_due_votes() -> None:
    """Asks about what was opened and not asked about so far; the clock calls this each hour.

    It does so at night, and about what is older than this week at any time: an ask keeps the hour at which it was
    written, and that hour must not be the one in which somebody agreed.
    """
    now = timezone.now().astimezone(timezone.get_default_timezone())
    ask_votes(before=None if now.hour < NIGHT_ENDS else monday(now.date()))


def ask_votes(*, before: date | None = None) -> None:
    """Asks everybody about each text that was opened, in a week before `before` if one is named, and once about each.

    The vote opens the next day, and only with it is the text shown. Where too few people are here for a vote, it is
    shown from the next week on.
    """
    texts = list(everything_opened()[:MOST])
    asked = votes_about([one.code for one in texts])
    for one in texts:
        if one.code not in asked and (before is None or one.week < before):
            with suppress(Refusal):
                ask_vote(by=None, text=one.text, about=one.code)


@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    """All of it, the newest weeks first."""
    texts = list(everything_opened()[:MOST])
    votes, names = votes_about([one.code for one in texts]), group_names([one.group for one in texts])
    votes = {about: vote for about, vote in votes.items() if vote.ballot}
    now = timezone.now()
    shown = [
        Shown(
            text=one.text,
            group=names.get(one.group, ""),
            week=one.week,
            vote=vote,
            is_open=bool(vote and vote.opens_at <= now < vote.closes_at),
            is_over=bool(vote and vote.closes_at <= now),
        )
        for one in texts
        if (vote := votes.get(one.code)) or one.week < monday(now.date())
    ]
    return render(request, "opened.html", {"nav": "listening", "shown": shown})
