"""Asking a pulse, or a poll in a community, once it is sure that it may be asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from heard.features.asks import errors, rules
from heard.features.asks.actions.writing import sent_before, written
from heard.features.asks.models import Ask, Kind
from heard.features.asks.queries import led_by, polls_under_way
from heard.features.asks.rules import Draft
from heard.features.rolls.queries import Audience, plan, smallest_group
from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import place_of
from heard.foundation.people.models import Person


def write_pulse(
    *,
    by: Person,
    title: str,
    questions: Sequence[Draft],
    opens_at: datetime,
    closes_at: datetime,
    intro: str = "",
    units: Sequence[int] = (),
    every_weeks: int = 0,
    code: str = "",
) -> Ask:
    """Asks everybody, or whole subtrees; the worker makes the keys and announces it. The same `code` asks once.

    Raises MayNotAsk, OpensTooEarly, WrongLength, OverlapsNextRun, what `rules.fit_to_ask` does, TooFewPeople and
    NobodyIsMeant.
    """
    if sent := sent_before(code, by):
        return sent
    led = led_by(by)
    may = rules.may_ask_units(by, units, led) if units else rules.may_ask_all(by, led)
    if not may:
        raise errors.MayNotAsk
    refuse_wrong_times(opens_at, closes_at, every_weeks)
    drafts = rules.fit_to_ask(list(questions))
    refuse_few(Audience(units=list(units)))
    fields: dict[str, Any] = {"units": list(units), "is_for_all": not units, "every_weeks": every_weeks, "code": code}
    return written(Kind.PULSE, by, title, intro, drafts, opens_at, closes_at, **fields)


def write_poll(community: Community, *, by: Person, question: Draft, days: int, code: str = "") -> Ask:
    """A member asks their community one thing; it opens the next morning, for so many days. The same `code` asks once.

    Raises MayNotPoll, TooManyPolls, WrongLength and TooFewPeople.
    """
    if sent := sent_before(code, by):
        return sent
    if not place_of(by, community).may_speak:
        raise errors.MayNotPoll
    if polls_under_way(by) >= rules.MOST_POLLS:
        raise errors.TooManyPolls
    if not rules.SHORTEST <= timedelta(days=days) <= rules.LONGEST:
        raise errors.WrongLength
    [draft] = rules.fit_to_ask([question])
    refuse_few(Audience(community=community.pk))
    opens_at = rules.next_morning(timezone.now(), timezone.get_current_timezone())
    closes_at = opens_at + timedelta(days=days)
    title = draft.text[:150]
    return written(Kind.POLL, by, title, "", [draft], opens_at, closes_at, community=community, code=code)


def refuse_few(audience: Audience) -> None:
    """Raises TooFewPeople and NobodyIsMeant."""
    plan(audience, k=smallest_group(), at=timezone.now())


def refuse_wrong_times(opens_at: datetime, closes_at: datetime, every_weeks: int) -> None:
    """Raises OpensTooEarly, WrongLength and OverlapsNextRun."""
    now, zone = timezone.now(), timezone.get_current_timezone()
    if opens_at - now < rules.ANNOUNCING + rules.NOTICE:
        raise errors.OpensTooEarly(rules.earliest_day(now, zone))
    if not rules.SHORTEST / 2 <= closes_at - opens_at <= rules.LONGEST + rules.SHORTEST:
        raise errors.WrongLength
    if every_weeks and timedelta(weeks=every_weeks) < closes_at - opens_at:
        raise errors.OverlapsNextRun
