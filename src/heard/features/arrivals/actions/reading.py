"""Reading an upload through: one process at a time, seen to move, and to be asked for again when it ended early."""

from time import monotonic

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.arrivals import rules
from heard.features.arrivals.actions.runs import Forecast, read_through
from heard.features.arrivals.actions.turns import reading_ended
from heard.features.arrivals.actions.uploads import forget_upload, path_of
from heard.features.arrivals.errors import MayNotMoveIn, RunIsOver
from heard.features.arrivals.formats.choices import Choices
from heard.features.arrivals.models import Run, State
from heard.foundation.people.models import Person
from heard.plumbing import processes
from heard.plumbing.refusals import Refusal

_TOLD_EVERY = 1.0


class _NobodyWaits(Exception):
    """The run was deleted, or is to be read with other choices."""


@transaction.atomic
def read_again(run: Run, *, by: Person) -> Run:
    """Has an upload read through once more, whose reading ended early. Raises MayNotMoveIn or RunIsOver."""
    if not rules.may_move_in(by):
        raise MayNotMoveIn
    ended = Run.objects.filter(pk=run.pk, state=State.STOPPED, forecast={}).exclude(file="")
    if not ended.update(state=State.READING, process="", because="", counts={}, moved_at=timezone.now()):
        raise RunIsOver
    return run


def read_run_through(run: Run) -> None:
    """Reads an upload through and keeps what was found, or why it cannot be read.

    Where it was read before, and only what was chosen since stands in the way, it is as it was before.
    """
    mine = Run.objects.filter(pk=run.pk, state=State.READING)
    if not mine.filter(process="").update(process=processes.mark(), moved_at=timezone.now()):
        return
    mine = mine.filter(process=processes.mark())
    try:
        forecast = _read(run)
    except _NobodyWaits:
        return
    except Refusal as refusal:
        if run.forecast:
            because = _("It is not read as you chose: %(why)s") % {"why": refusal}
            before = run.forecast.get("choices", {})
            mine.update(state=State.WAITING, choices=before, because=because[:500], process="", counts={})
        else:
            mine.update(state=State.STOPPED, because=str(refusal)[:500], process="", counts={})
            forget_upload(run)
        return
    except BaseException:
        mine.update(state=State.STOPPED, because=reading_ended(), process="", counts={})
        raise
    now = timezone.now()
    mine.update(state=State.WAITING, forecast=forecast.as_json(), moved_at=now, process="", counts={}, because="")


def _read(run: Run) -> Forecast:
    told = monotonic()

    def progress(done: int) -> None:
        nonlocal told
        if monotonic() - told > _TOLD_EVERY:
            told = monotonic()
            mine = Run.objects.filter(pk=run.pk, state=State.READING, process=processes.mark())
            if not mine.update(counts={"read": done}, moved_at=timezone.now()):
                raise _NobodyWaits

    choices = Choices.from_json(run.choices)
    return read_through(path_of(run), run.format, name=run.source, choices=choices, progress=progress)
