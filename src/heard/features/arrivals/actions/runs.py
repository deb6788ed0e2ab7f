"""From a file that somebody hands in to what it became: received, read through, agreed to, brought in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.arrivals.actions.folder import arrivals_folder
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.actions.writer import Writer
from heard.features.arrivals.errors import RunIsOver, RunIsUnderWay
from heard.features.arrivals.formats import Format, format_of
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.models import Place, Run, State
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened
from heard.plumbing.refusals import Refusal

# A run that has not moved for so long was killed, and may be begun again.
_STALE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Figures:
    """How a run went: what came, in how many seconds, and how long others were kept from writing at most."""

    tally: Tally
    seconds: float
    longest_held: float

    @property
    def per_second(self) -> float:
        """Messages (or people) a second."""
        came = self.tally.came
        return (came["threads"] + came["replies"] or came["people"]) / self.seconds if self.seconds else 0.0


def read_through(
    path: Path, wanted: str = "any", *, name: str = "", progress: Callable[[int], None] = lambda _done: None
) -> tuple[Format, Tally]:
    """What an archive holds, read to its end without writing anything; refuses what is damaged or unknown."""
    tally = Tally()
    with Archive(path, name, scratch=arrivals_folder()) as archive:
        kind = format_of(archive, wanted)
        for nth, record in enumerate(kind.records(archive)):
            tally.add(record)
            if nth % 1000 == 0:
                progress(nth)
    return kind, tally


def bring_in_file(
    path: Path,
    wanted: str,
    *,
    by: Person | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> Figures:
    """Reads a file through and, if it is whole, brings it in: what the command line does."""
    kind, forecast = read_through(path, wanted)
    run = Run.objects.create(
        format=kind.name,
        source=path.name[:255],
        state=State.WAITING,
        begun_by=by,
        begun_at=timezone.now(),
        forecast=forecast.as_json(with_places=True),
    )
    return bring_in(run, path, progress=progress)


def bring_in(run: Run, path: Path, *, progress: Callable[[int], None] = lambda _done: None) -> Figures:
    """Writes an archive that was read through. Raises RunIsUnderWay while another one is being written."""
    begin(run)
    began = monotonic()
    try:
        with Archive(path, run.source, scratch=arrivals_folder()) as archive:
            kind = format_of(archive, run.format)
            run.place, _is_new = Place.objects.get_or_create(format=kind.name, name=kind.place_of(archive)[:200])
            run.save(update_fields=["place"])
            writer = Writer(run, archive, progress)
            writer.write(kind.records(archive))
    except Refusal as refusal:
        stop(run, str(refusal))
        raise
    except BaseException:
        stop(run, _("It ended before it was done. What had come is here; start it again for the rest."))
        raise
    finish(run, writer.tally)
    return Figures(writer.tally, monotonic() - began, writer.pace.longest)


def begin(run: Run) -> None:
    """Lets no other run write while this one does."""
    stale = Run.objects.filter(state=State.RUNNING, moved_at__lt=timezone.now() - _STALE)
    stale.exclude(pk=run.pk).update(state=State.STOPPED, because=_("It ended before it was done."))
    now = timezone.now()
    try:
        with transaction.atomic():
            begun = Run.objects.filter(pk=run.pk, state__in=(State.WAITING, State.AGREED)).update(
                state=State.RUNNING, started_at=now, moved_at=now, because=""
            )
    except IntegrityError as error:
        raise RunIsUnderWay from error
    if not begun:
        raise RunIsOver
    run.state, run.started_at, run.moved_at = State.RUNNING, now, now


@transaction.atomic
def finish(run: Run, tally: Tally) -> None:
    """Notes that everything came, and lets go of the upload."""
    run.state, run.finished_at, run.counts = State.DONE, timezone.now(), tally.as_json(with_places=True)
    run.save(update_fields=["state", "finished_at", "counts"])
    happened("archive.arrived", run, by=run.begun_by, came=dict(tally.came))


def stop(run: Run, because: str) -> None:
    """Notes that a run ended early, and why."""
    Run.objects.filter(pk=run.pk).update(state=State.STOPPED, because=because[:500], finished_at=timezone.now())


def answer(tally: Tally, figures: Figures | None = None) -> dict[str, Any]:
    """What a script is told."""
    counts = tally.as_json()
    if figures is not None:
        counts |= {"seconds": round(figures.seconds, 2), "longest_lock_ms": round(figures.longest_held * 1000)}
    return counts
