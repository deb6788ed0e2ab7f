"""What the clock does about asks: openings and reminders are told, figures move, the next run is announced."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.asks import rules
from heard.features.asks.actions.announcing import announce, day_of, told_once
from heard.features.asks.actions.releasing import close, release_if_due
from heard.features.asks.actions.reminding import end_schedule, reminder
from heard.features.asks.models import Ask, Question
from heard.features.asks.queries import ask_by_id, left_lying, questions_of, schedules, under_way
from heard.features.asks.queries.reaching import may_still_ask
from heard.features.rolls.queries import roll_of
from heard.foundation.notices.actions import leave_no_order
from heard.foundation.record.actions import happened

logger = logging.getLogger(__name__)


def look_at_all() -> None:
    """Looks at each ask that is under way, lies unannounced, or is asked again.

    What goes wrong with one is logged and holds up no other.
    """
    now = timezone.now()
    looked_at = under_way(now)
    each(look_at, looked_at)
    each(hide_who_opened, looked_at)
    each(announce, left_lying(now))
    each(run_again, schedules())


def each(act: Callable[[int], object], ask_ids: Iterable[int]) -> None:
    """Does that to each of them."""
    for ask_id in ask_ids:
        try:
            act(ask_id)
        except Exception:
            logger.exception("An ask could not be looked at")


def look_at(ask_id: int) -> None:
    """Tells that it is open, reminds, releases or closes, whatever is due."""
    ask = ask_by_id(ask_id)
    now = timezone.now()
    if not ask.ballot or ask.opens_at > now or ask.closed_at or ask.withdrawn_at:
        return
    if now >= ask.closes_at:
        close(ask, ask.ballot)
        return
    roll = roll_of(ask.ballot)
    words = _("It is open until %(day)s. Nobody can see who says what.") % {"day": day_of(ask.closes_at)}
    told_once(ask, "opening_told_at", words, roll)
    if rules.is_reminder_due(now, ask.opens_at, ask.closes_at, ask.reminded_at):
        told_once(ask, "reminded_at", reminder(ask), roll)
    release_if_due(ask, ask.ballot)


def hide_who_opened(ask_id: int) -> None:
    """Leaves no order in which people opened what they were told of it: mostly they answer next."""
    leave_no_order(ask_by_id(ask_id))


def run_again(ask_id: int) -> Ask | None:
    """Announces the next run of a schedule, if it is due: an ask of its own that leads back to this one.

    Where this one was refused it was asked nobody, so it is itself tried again at the time of the next run. Where
    whoever asked may not ask these people any more, the schedule ends.
    """
    ask = ask_by_id(ask_id)
    now, zone = timezone.now(), timezone.get_default_timezone()
    if ask.stopped_at or ask.withdrawn_at or not rules.is_next_run_due(now, ask.opens_at, ask.every_weeks):
        return None
    if not may_still_ask(ask):
        end_schedule(ask)
        return None
    times = rules.next_run(ask.opens_at, ask.closes_at, ask.every_weeks, now, zone)
    following = tried_again(ask, *times) if ask.refused else written_again(ask, *times)
    if following:
        announce(following.pk)
    return following


def written_again(ask: Ask, opens_at: datetime, closes_at: datetime) -> Ask | None:
    """The next run of `ask` with the same questions; None where another worker wrote it."""
    try:
        with transaction.atomic():
            following = Ask.objects.create(
                kind=ask.kind,
                title=ask.title,
                intro=ask.intro,
                author=ask.author,
                is_for_all=ask.is_for_all,
                units=ask.units,
                written_at=timezone.now(),
                opens_at=opens_at,
                closes_at=closes_at,
                every_weeks=ask.every_weeks,
                before=ask,
            )
            copies = [copied(question, following) for question in questions_of(ask)]
            Question.objects.bulk_create(copies)
            happened("ask.written", following, by=None, kind=ask.kind)
    except IntegrityError:
        return None
    return following


def tried_again(ask: Ask, opens_at: datetime, closes_at: datetime) -> Ask | None:
    """The same run at a later time, as if it had not been refused; None where another worker was quicker."""
    waiting = Ask.objects.filter(pk=ask.pk, opens_at=ask.opens_at, stopped_at=None).exclude(refused="")
    if not waiting.update(refused="", written_at=timezone.now(), opens_at=opens_at, closes_at=closes_at):
        return None
    return ask


def copied(question: Question, ask: Ask) -> Question:
    """The same question of another ask."""
    question.pk, question.ask = None, ask
    question._state.adding = True
    return question
