"""Whose turn it is to write: one run at a time, and none is held up by one that was killed."""

from collections.abc import Collection
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.arrivals.errors import RunIsOver, RunIsUnderWay
from heard.features.arrivals.models import Run, State
from heard.plumbing import processes

# A run of another machine that has not moved for so long was killed.
_STALE = timedelta(minutes=2)


def begin(run: Run, state: State, *, of: Collection[State]) -> None:
    """Takes the turn for a run in one of the states `of`; raises RunIsUnderWay or RunIsOver."""
    notice_ended()
    now = timezone.now()
    try:
        with transaction.atomic():
            since = {"started_at": now} if state == State.RUNNING else {}  # when it came stays known while it goes
            begun = Run.objects.filter(pk=run.pk, state__in=of).update(
                state=state, is_writing=True, process=processes.mark(), moved_at=now, because="", **since
            )
    except IntegrityError as error:
        raise RunIsUnderWay from error
    if not begun:
        raise RunIsOver
    run.state, run.moved_at, run.is_writing = state, now, True
    run.started_at = since.get("started_at", run.started_at)


def stop(run: Run, because: str, *, state: State = State.STOPPED) -> None:
    """Notes that a run ended early, and why, and lets go of its turn."""
    ended = {"finished_at": timezone.now()} if state == State.STOPPED else {}
    Run.objects.filter(pk=run.pk).update(state=state, because=because[:500], is_writing=False, process="", **ended)


def stop_waiting(run: Run, state: State, because: str) -> None:
    """Notes why a run in `state` did not get its turn, if it still waits for it; it may be asked for again."""
    back = State.DONE if state == State.LEAVING else State.STOPPED
    Run.objects.filter(pk=run.pk, state=state, is_writing=False).update(state=back, because=because[:500])


def reading_ended() -> str:
    """What is said of an upload whose reading ended early."""
    return _("Reading it through ended before it was done. Have it read again, or delete the file.")


def notice_ended() -> None:
    """Stops runs whose process is gone, so that they can be begun again and others have their turn."""
    for run in Run.objects.filter(state=State.READING).exclude(process=""):
        if processes.is_gone(run.process):
            stop(run, reading_ended())
    for run in Run.objects.filter(is_writing=True):
        is_stale = run.moved_at is None or run.moved_at < timezone.now() - _STALE
        if processes.is_gone(run.process) or (is_stale and not run.process):
            state = State.DONE if run.state == State.LEAVING else State.STOPPED
            stop(run, _("It ended before it was done. Start it again for the rest."), state=state)
