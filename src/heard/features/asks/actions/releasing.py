"""Releasing: whether figures may move now, what of them is shown, and the ledger in which all of that is kept."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.asks.actions.announcing import tell_all
from heard.features.asks.actions.locking import alone_with
from heard.features.asks.models import Ask, Question, Shown
from heard.features.asks.queries import ledger, questions_of
from heard.features.ballots.actions import forget_releases, release
from heard.features.rolls.queries import roll_of
from heard.foundation.record.actions import happened
from heard.plumbing.disclosure import Entry, as_json, comments_from, next_release, planned


class MustWait(Exception):
    """Something would be found out; the release is rolled back."""


def release_if_due(ask: Ask, ballot: str) -> bool:
    """Releases what waits, if k new answers stand in each published group of each question and k can still come.

    Words wait for the closing. Returns whether there was a release.
    """
    scored = [question for question in questions_of(ask) if ledger.is_scored(question)]
    if not scored or not all(may_move(question, ballot) for question in scored):
        return False
    try:
        with transaction.atomic():
            alone_with(scored)
            number = release(ballot)
            for question in scored:
                entry = entry_of(question, ballot, is_last=False)
                if entry is None or entry.number != number:
                    raise MustWait
                keep(question, entry)
            happened("ask.released", ask, by=None, number=number)
    except MustWait:
        return False
    return True


def close(ask: Ask, ballot: str) -> None:
    """Releases the last answers and shows what may be shown of all; twice changes nothing.

    From then on the ledger holds whatever was shown when, and in which release an answer came is forgotten. It is
    audited before anything is written, which takes a while; once more where the ledger has grown meanwhile.
    """
    release(ballot, is_last=True)
    questions = questions_of(ask)
    known, entries = ledger.newest_about(questions), last_entries(questions, ballot)
    with transaction.atomic():
        alone_with(questions)
        if ledger.newest_about(questions) != known:
            entries = last_entries(questions, ballot)
        if not Ask.objects.filter(pk=ask.pk, closed_at=None).update(closed_at=timezone.now()):
            return
        for question, entry in entries:
            if entry is not None:
                keep(question, entry)
        forget_releases(ballot)
        happened("ask.closed", ask, by=None)
        tell_all(ask, roll_of(ballot), _("It is closed. What came of it is there to be read."))


def last_entries(questions: Sequence[Question], ballot: str) -> list[tuple[Question, Entry | None]]:
    """What the closing shows of each question."""
    return [(question, entry_of(question, ballot, is_last=True)) for question in questions]


def may_move(question: Question, ballot: str) -> bool:
    """Whether a release could show anything, by the numbers of answers alone: asked each hour, and cheap."""
    tree, invited = ledger.tree_of(ballot)
    own = [entry for entry in ledger.entries_about(question, today()) if entry.ask == ballot]
    answers = ledger.answers_so_far(question, ballot)
    came = ledger.came_so_far(ballot)
    able = {leaf: count - came[leaf] for leaf, count in invited.items()}
    return bool(planned(tree, answers, able, roll_of(ballot).k, before=own))


def entry_of(question: Question, ballot: str, *, is_last: bool) -> Entry | None:
    """What the next release of a question shows, audited against everything that was ever shown of it."""
    tree, invited = ledger.tree_of(ballot)
    k = roll_of(ballot).k
    entries = ledger.entries_about(question, today())
    before = sum(entry.ask == ballot for entry in entries)
    return next_release(
        ask=ballot,
        question=question.topic,
        day=today(),
        tree=tree,
        batches=ledger.batches_of(question, ballot, before),
        invited=invited,
        came=ledger.came_so_far(ballot),
        k=k if ledger.is_scored(question) else comments_from(k),
        ledger=entries,
        crossings=ledger.crossings_for(ballot, entries),
        closing=is_last,
    )


def keep(question: Question, entry: Entry) -> None:
    """Writes the release into the ledger."""
    Shown.objects.create(
        question=question, number=entry.number, topic=question.topic, day=entry.day, entry=as_json(entry)
    )


def today() -> date:
    """The day in UTC, as the heart counts hours."""
    return timezone.now().date()
