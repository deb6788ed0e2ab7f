"""A company that is asked: pulses of it, and what its people's browsers send."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from heard.features.asks.actions import announce, ask_pulse, look_at_all, write_poll
from heard.features.asks.models import Ask
from heard.features.asks.rules import Draft
from heard.features.ballots.actions import redeem
from heard.features.rolls.actions import issue
from heard.features.rolls.queries import roll_of
from heard.foundation.communities.models import Community
from heard.foundation.people.models import Person
from tests.cast import browser_of
from tests.features.ballots.speaking import Token
from tests.features.rolls.companies import Browser, hour_in

AGREE = Draft("agree", "We are told the truth.")
RECOMMEND = Draft("recommend", "Would you recommend working here?")
CHOICE = Draft("choice", "Which shift suits you?", ("Early", "Late", "Night"))
WORDS = Draft("comment", "What would you change?")


def a_pulse(by: Person, *questions: Draft, **fields: Any) -> Ask:
    """A pulse that is announced: it opens in a week and is open for a week."""
    given: dict[str, Any] = {
        "title": "Autumn pulse",
        "questions": questions or (AGREE,),
        "opens_at": hour_in(7),
        "closes_at": hour_in(14),
    }
    return ask_pulse(by=by, **(given | fields))


def a_poll(community: Community, by: Person) -> Ask:
    """A poll that is announced: it opens the next morning, for three days."""
    ask = write_poll(community, by=by, question=CHOICE, days=3)
    announce(ask.pk)
    ask.refresh_from_db()
    return ask


def tokens_for(ask: Ask, people: Iterable[Person]) -> list[Token]:
    """What the browsers of these people took before it opened."""
    assert ask.ballot
    roll = roll_of(ask.ballot)
    taken = []
    for person in people:
        browser = Browser(person, roll)
        taken += browser.kept(issue(by=person, ballot=ask.ballot, blinded=browser.blinded))
    return taken


def answer(ask: Ask, tokens: Sequence[Token], *sheets: dict[str, Any], after: timedelta = timedelta(hours=1)) -> None:
    """Each token is used for the sheet at its place, the last sheet for all that are left; some time after opening."""
    assert ask.ballot
    with time_machine.travel(ask.opens_at + after):
        for nth, token in enumerate(tokens):
            redeem(ask.ballot, token.body(sheets[min(nth, len(sheets) - 1)]))


def clock_at(ask: Ask, after: timedelta) -> None:
    """The clock looks at everything, so long after the opening."""
    with time_machine.travel(ask.opens_at + after):
        look_at_all()


def closed(ask: Ask) -> Ask:
    """The same ask once it is over and settled."""
    with time_machine.travel(ask.closes_at + timedelta(minutes=10)):
        look_at_all()
    ask.refresh_from_db()
    return ask


def now_in(ask: Ask, after: timedelta) -> Any:
    """A moment so long after the opening, to look at pages."""
    return time_machine.travel(ask.opens_at + after)


def days_ago(days: float) -> Any:
    """A moment before now."""
    return timezone.now() - timedelta(days=days)


def text(person: Person, address: str, **sent: Any) -> str:
    """The page that they get there, or for what they send there."""
    client = browser_of(person)
    answer = client.post(address, sent) if sent else client.get(address)
    assert answer.status_code in {200, 422}, answer.status_code
    return answer.content.decode()


def fields(**changed: Any) -> dict[str, Any]:
    """What the form for a pulse sends."""
    today = timezone.localdate()
    return {
        "title": "Autumn pulse",
        "intro": "We want to know.",
        "ready": ["trust-1", "trust-7", "recommend-1"],
        "own": "[choose] Which shift suits you? | Early | Late\n[words] What else?",
        "opens_on": (today + timedelta(days=7)).isoformat(),
        "closes_on": (today + timedelta(days=14)).isoformat(),
        "every_weeks": "0",
        "step": "look",
    } | changed
