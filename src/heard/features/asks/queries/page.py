"""Everything that the page of one ask shows to one person."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from heard.features.asks import rules
from heard.features.asks.models import Ask, Kind, Question
from heard.features.asks.queries.going_on import schedule_of
from heard.features.asks.queries.groups import Row, rows_of
from heard.features.asks.queries.participation import Participation, participation_of
from heard.features.asks.queries.reaching import looks_after
from heard.features.asks.queries.seeing import questions_of
from heard.features.asks.rules import ReadySet
from heard.features.ballots.queries import releases
from heard.features.rolls.queries import Move, issued_to, moves_before, place_of, roll_of, too_new_until, wait_of
from heard.foundation.people.models import Person


@dataclass(frozen=True)
class AskPage:
    """An ask as one person sees it. `used` is how many tokens counted, once it is closed.

    `too_new_until` is there where they were here for too short a time to be asked; `tried_again_at` is when a run of a
    schedule that was refused is to open instead.
    """

    questions: list[Question]
    sets: list[ReadySet]
    state: str
    rows: list[Row]
    mine: Row | None
    issued: int
    used: int
    wait_until: datetime | None
    too_new_until: datetime | None
    moves: list[Move]
    participation: Participation | None
    has_figures: bool
    k: int
    seconds: int
    may_look_after: bool
    may_remind: bool
    may_withdraw: bool
    may_stop: bool
    tried_again_at: datetime | None
    follows: Ask | None
    longest_wait: int

    @property
    def group_count(self) -> int:
        """How many groups have a key."""
        return sum(row.is_key for row in self.rows)

    @property
    def length_told(self) -> str:
        """How long it takes to answer, about."""
        return rules.length_told(self.seconds)


def state_of(ask: Ask, now: datetime) -> str:
    """How far it is: withdrawn, written, refused, announced, open, over (settled within the hour), closed."""
    if ask.withdrawn_at:
        return "withdrawn"
    if not ask.ballot:
        return "refused" if ask.refused else "written"
    if now < ask.opens_at:
        return "announced"
    if now < ask.closes_at:
        return "open"
    return "closed" if ask.closed_at else "over"


def page_of(person: Person, ask: Ask) -> AskPage:
    """The page of an ask that `person` may see."""
    now = timezone.now()
    questions = questions_of(ask)
    roll = roll_of(ask.ballot) if ask.ballot else None
    place = place_of(person, roll) if roll else None
    participation = participation_of(ask)
    rows = rows_of(ask, place.code if place else "", participation) if roll else []
    wait = wait_of(person, roll) if roll else None
    _shortest, longest = settings.HEARD_TOKEN_WAIT
    is_theirs = looks_after(person, ask)
    return AskPage(
        questions=questions,
        sets=[one for one in rules.READY_SETS if any(question.ready_set == one.code for question in questions)],
        state=state_of(ask, now),
        rows=rows,
        mine=next((row for row in rows if row.is_mine), None),
        issued=issued_to(person, roll) if roll else 0,
        used=used_of(ask) if ask.closed_at else 0,
        wait_until=wait.until if wait else None,
        too_new_until=too_new_until(person, roll) if roll and not place else None,
        moves=moves_before(roll) if roll else [],
        participation=participation,
        has_figures=bool(ask.ballot and releases(ask.ballot)),
        k=roll.k if roll else 0,
        seconds=rules.seconds_for(question.kind for question in questions),
        may_look_after=is_theirs,
        may_remind=is_theirs and rules.may_remind(now, ask.opens_at, ask.closes_at, ask.reminded_at),
        may_withdraw=is_theirs
        and not (ask.refused or ask.withdrawn_at)
        and rules.may_withdraw(now, ask.opens_at, is_vote=ask.kind == Kind.VOTE),
        may_stop=is_theirs and bool(ask.every_weeks) and schedule_of(ask).exists(),
        tried_again_at=tried_again_at(ask, now),
        follows=Ask.objects.filter(before=ask, ballot__isnull=False).first(),
        longest_wait=longest,
    )


def used_of(ask: Ask) -> int:
    """How many tokens counted, as anybody can check once it is closed."""
    last = releases(ask.ballot or "")[-1:]
    return sum(counts["used"] for one in last for counts in one.counts.values())


def tried_again_at(ask: Ask, now: datetime) -> datetime | None:
    """When a refused run of a schedule that goes on is to open instead."""
    if not (ask.refused and ask.every_weeks and schedule_of(ask).filter(pk=ask.pk).exists()):
        return None
    zone = timezone.get_default_timezone()
    return rules.next_run(ask.opens_at, ask.closes_at, ask.every_weeks, now, zone)[0]
