"""What the demo company is asked: a pulse and a poll are over, one of each is open, and a pulse is announced."""

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from heard.demo.browsers import Token, hand_in, some_of, tokens_of
from heard.demo.then import as_of
from heard.demo.unsigned import COMMENTS, LEANINGS
from heard.features.asks.actions import announce, ask_pulse, look_at_all, write_poll
from heard.features.asks.rules import CLOSES, OPENS, Draft, at_hour, chosen
from heard.features.ballots.actions import rewrite_what_may_grow, settle
from heard.foundation.communities.models import Community, Membership
from heard.foundation.communities.queries import tenders_of
from heard.foundation.people.models import Person

if TYPE_CHECKING:
    from heard.features.asks.models import Ask

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TAKEN_OF_ALL, ANSWERING = 0.84, 0.86
TAKEN_SO_FAR, SO_FAR = 0.7, 0.5
TAKEN_EARLY = 0.25
"""Shares of all who have taken a token, and of those who have used it."""
AUTUMN = ("recommend-1", "trust-1", "trust-2", "trust-3", "trust-5", "trust-7", "words-1")
NOTICE = (
    Draft("agree", "I know my rota early enough to plan my life."),
    Draft(
        "choice", "How much notice do you need?", ("One week", "Two weeks", "Four weeks", "It does not matter to me")
    ),
    Draft("agree", "When my rota changes after that, I am asked first."),
)
ROUND_UP = Draft(
    "choice",
    "When should the round-up of all depots be?",
    ("Monday at six", "Wednesday at one", "Thursday at two", "I never read it"),
)
BREAKFAST = Draft(
    "choice",
    "Which breakfast goes onto the new map first?",
    ("The Copper Kettle, A19", "Nell's, Hull docks", "The hatch at Wrocław", "The one at Leith"),
)
OF_A_COMMUNITY = 40
"""So many of a community answer a poll: enough to show something, and made in a moment."""
WINTER = ("trust-1", "trust-3", "trust-6", "recommend-1", "words-2")


def build_asks(staff: Sequence[Person], asker: Person, *, now: datetime, chance: random.Random) -> None:
    """The three pulses and two polls; `staff` are those whose browsers have taken, or may take, a token."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    over = _autumn(asker, hour)
    _answered(over, staff, TAKEN_OF_ALL, ANSWERING, chance)
    with as_of(over.closes_at + HOUR):
        settle()
        look_at_all()
    _round_up(staff, hour, chance)
    still_open = _notice(asker, hour)
    _answered(still_open, staff, TAKEN_SO_FAR, SO_FAR, chance)
    _breakfast(staff, hour, chance)
    with as_of(hour - HOUR):
        look_at_all()
        rewrite_what_may_grow()
    _winter(asker, staff, hour, chance)


def _autumn(asker: Person, hour: datetime) -> "Ask":
    with as_of(hour - 40 * DAY):
        return ask_pulse(
            by=asker,
            title="Autumn pulse",
            intro="Seven questions, under a minute. We read every number, publish it, and say what we do about it.",
            questions=chosen(AUTUMN),
            opens_at=_day(hour, -33, OPENS),
            closes_at=_day(hour, -26, CLOSES),
        )


def _notice(asker: Person, hour: datetime) -> "Ask":
    with as_of(hour - 10 * DAY):
        return ask_pulse(
            by=asker,
            title="How much notice is enough?",
            intro="In the autumn many said that rotas come too late. Before we promise anything: what is early enough?",
            questions=NOTICE,
            opens_at=_day(hour, -3, OPENS),
            closes_at=_day(hour, 6, CLOSES),
        )


def _winter(asker: Person, staff: Sequence[Person], hour: datetime, chance: random.Random) -> None:
    with as_of(hour - 2 * DAY):
        ask = ask_pulse(
            by=asker,
            title="Winter pulse",
            intro="Some of the questions of the autumn once more, to find out whether anything became better.",
            questions=chosen(WINTER),
            opens_at=_day(hour, 5, OPENS),
            closes_at=_day(hour, 12, CLOSES),
        )
    with as_of(hour - DAY):
        tokens_of(ask.ballot or "", _some(staff, TAKEN_EARLY, chance))


def _round_up(staff: Sequence[Person], hour: datetime, chance: random.Random) -> None:
    """A poll that is over."""
    with as_of(hour - 9 * DAY):
        ask = _poll("depot-operations", ROUND_UP, days=3)
    _answered(ask, _members(ask, staff, chance), 1, ANSWERING, chance, early=HOUR)
    with as_of(ask.closes_at + HOUR):
        settle()
        look_at_all()


def _breakfast(staff: Sequence[Person], hour: datetime, chance: random.Random) -> None:
    """A poll that is open."""
    with as_of(hour - 2 * DAY):
        ask = _poll("on-the-road", BREAKFAST, days=5)
    _answered(ask, _members(ask, staff, chance), 1, SO_FAR, chance, early=HOUR)


def _poll(slug: str, question: Draft, *, days: int) -> "Ask":
    """What whoever tends a community asks it."""
    community = Community.objects.get(slug=slug)
    ask = write_poll(community, by=Person.objects.get(pk=tenders_of(community)[0]), question=question, days=days)
    announce(ask.pk)
    ask.refresh_from_db()
    return ask


def _members(ask: "Ask", staff: Sequence[Person], chance: random.Random) -> list[Person]:
    """Some of the community that is asked."""
    inside = set(Membership.objects.filter(community=ask.community).values_list("person_id", flat=True))
    found = [person for person in staff if person.pk in inside]
    return chance.sample(found, min(OF_A_COMMUNITY, len(found)))


def _day(hour: datetime, days: int, clock: time) -> datetime:
    """That hour of the day, so many days from today, as the form for asking has it."""
    zone = timezone.get_default_timezone()
    return at_hour(hour.astimezone(zone).date() + timedelta(days=days), clock, zone)


def _some(staff: Sequence[Person], share: float, chance: random.Random) -> list[Person]:
    return chance.sample(staff, round(share * len(staff)))


def _answered(
    ask: "Ask",
    staff: Sequence[Person],
    taking: float,
    using: float,
    chance: random.Random,
    *,
    early: timedelta = DAY,
) -> None:
    """Most browsers take a token before it opens, and some use theirs."""
    with as_of(ask.opens_at - early):
        tokens = tokens_of(ask.ballot or "", _some(staff, taking, chance))
    words = iter(chance.sample(COMMENTS, len(COMMENTS)))
    with as_of(ask.opens_at + HOUR):
        for token in some_of(tokens, using, chance):
            hand_in(token, _sheet(ask, token, words, chance))


def _sheet(ask: "Ask", token: Token, words: Any, chance: random.Random) -> dict[str, Any]:
    """One person's answers, leaning as their part of the company does; now and then somebody would rather not say."""
    leaning = next((value for name, value in LEANINGS.items() if name in token.unit), 0.0)
    sheet: dict[str, Any] = {}
    for question in ask.questions.order_by("nth"):
        if chance.random() < 0.04:
            continue
        if question.kind == "recommend":
            sheet[question.code] = min(10, max(0, round(chance.gauss(7.4 + 2 * leaning, 2.0))))
        elif question.kind == "agree":
            lean = -leaning if question.is_reversed else leaning
            sheet[question.code] = min(5, max(1, round(chance.gauss(3.3 + lean, 1.0))))
        elif question.kind == "choice":
            sheet[question.code] = chance.choices(range(len(question.options)), weights=(2, 6, 4, 1))[0]
        elif chance.random() < 0.1 and (said := next(words, None)):
            sheet[question.code] = said
    return sheet
