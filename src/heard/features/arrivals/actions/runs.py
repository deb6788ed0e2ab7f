"""From a file that somebody hands in to what it became: received, read through, agreed to, brought in."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any
from zlib import crc32

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.arrivals.actions.bosses import note_unknown_managers
from heard.features.arrivals.actions.comparing import Comparison
from heard.features.arrivals.actions.folder import arrivals_folder, refuse_full_disk
from heard.features.arrivals.actions.referring import render_all
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.actions.turns import begin, notice_ended, stop
from heard.features.arrivals.actions.writer import Writer
from heard.features.arrivals.errors import NoSuchTarget
from heard.features.arrivals.formats import Format, format_named, format_of
from heard.features.arrivals.formats.archive import Archive, shown_name
from heard.features.arrivals.formats.choices import Choices, CommunitiesMet, chosen
from heard.features.arrivals.formats.records import Record
from heard.features.arrivals.models import Place, Run, State
from heard.foundation.communities.models import Community
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened
from heard.plumbing.beside import Beside, ahead, get_ready
from heard.plumbing.refusals import Refusal

Progress = Callable[[int], None]
EVERYTHING = Choices()
FEW = 2000
_STEP = 1000
_END = 1 << 16
_LARGE = 300_000
"""Bytes of an archive that may well hold more than a few messages."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How a run went: what came, in how many seconds, and how long others were kept from writing at most."""

    run: Run
    tally: Tally
    seconds: float
    longest_held: float

    @property
    def per_second(self) -> float:
        """Messages (or people) a second."""
        came = self.tally.came
        return (came["threads"] + came["replies"] or came["people"]) / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an archive holds, read to its end without writing anything, and how many seconds that took.

    `place` is the name of where it is from, and `here` how many of its messages are new, changed and the same;
    `choices` are those with which it was read, and `file` tells this file from others.
    """

    kind: Format
    tally: Tally
    seconds: float
    columns: dict[str, str]
    place: str
    here: dict[str, int]
    choices: Choices
    is_packed: bool
    file: str

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a run."""
        more = {
            "columns": list(self.columns.items()),
            "place": self.place,
            "here": self.here,
            "choices": self.choices.as_json(),
            "is_packed": self.is_packed,
            "file": self.file,
        }
        return self.tally.as_forecast(self.seconds) | more


def read_through(
    path: Path,
    wanted: str = "any",
    *,
    name: str = "",
    choices: Choices = EVERYTHING,
    progress: Progress = lambda _done: None,
) -> Forecast:
    """What would come of an archive; refuses what is damaged or unknown."""
    tally, began = Tally(), monotonic()
    with Archive(path, name, scratch=arrivals_folder()) as archive:
        if path.stat().st_size > _LARGE:
            get_ready()
        archive.mapping = choices.mapping
        kind = format_of(archive, wanted)
        comparison = Comparison(kind, kind.place_of(archive))
        met = CommunitiesMet()
        for nth, record in enumerate(chosen(met.reading(comparison.reading(kind.records(archive))), choices)):
            tally.add(record)
            tally.weigh(record)
            comparison.look(record)
            if nth % _STEP == 0:
                progress(nth)
        met.refuse_unknown(choices)
        if kind.is_about_people:
            note_unknown_managers(tally)
        columns = kind.columns(archive) if kind.columns else {}
        is_packed, mark = archive.is_packed, _file_mark(path)
    place, here = comparison.settle(tally)
    return Forecast(kind, tally, monotonic() - began, columns, place, here, choices, is_packed, mark)


def bring_in_file(
    path: Path,
    wanted: str,
    *,
    by: Person | None = None,
    choices: Choices = EVERYTHING,
    forecast: Forecast | None = None,
    progress: Progress = lambda _done: None,
) -> Figures:
    """Reads a file through (unless that was done) and, if it is whole, brings it in: what the command line does.

    Where a run of the same file and choices was stopped or killed, it goes on, so that it is taken back as one.
    """
    forecast = forecast or read_through(path, wanted, choices=choices)
    run = _stopped_run(shown_name(path.name)[:255], forecast) or Run.objects.create(
        format=forecast.kind.name,
        source=shown_name(path.name)[:255],
        state=State.WAITING,
        begun_by=by,
        begun_at=timezone.now(),
        forecast=forecast.as_json(),
        choices=choices.as_json(),
    )
    return bring_in(run, path, progress=progress)


def _stopped_run(source: str, forecast: Forecast) -> Run | None:
    notice_ended()
    stopped = Run.objects.filter(state=State.STOPPED, format=forecast.kind.name, source=source, file="")
    for run in stopped.exclude(place=None).order_by("-pk")[:20]:
        if run.forecast.get("file") == forecast.file and run.choices == forecast.choices.as_json():
            Run.objects.filter(pk=run.pk, state=State.STOPPED).update(state=State.WAITING, forecast=forecast.as_json())
            run.refresh_from_db()
            return run
    return None


def _file_mark(path: Path) -> str:
    """Tells one file from another of the same name: its size, and how it begins and ends."""
    size = path.stat().st_size
    with path.open("rb") as opened:
        ends = opened.read(_END)
        opened.seek(max(0, size - _END))
        ends += opened.read(_END)
    return f"{size}:{crc32(ends)}"


def bring_in(run: Run, path: Path, *, progress: Progress = lambda _done: None) -> Figures:
    """Writes an archive that was read through. Raises RunIsUnderWay while another one is being written."""
    choices = Choices.from_json(run.choices)
    into = target(choices)
    refuse_full_disk(run.forecast.get("megabytes", 0))
    begin(run, State.RUNNING, of=(State.WAITING, State.AGREED))
    began = monotonic()
    try:
        with Archive(path, run.source, scratch=arrivals_folder()) as archive:
            archive.mapping = choices.mapping
            kind = format_of(archive, run.format)
            place = run.forecast.get("place") or kind.place_of(archive)
            run.place, _is_new = Place.objects.get_or_create(format=kind.name, name=place[:200])
            run.save(update_fields=["place"])
            beside = processes_beside(run.forecast)
            reading = (archive, kind.name, choices)
            with Beside(render_all, beside) as renderers:
                writer = Writer(run, archive, progress, into=into, renderers=renderers)
                writer.write(ahead(records_in, *reading) if beside else records_in(*reading))
    except Refusal as refusal:
        stop(run, str(refusal))
        raise
    except BaseException:
        stop(run, _("It ended before it was done. What had come is here; start it again for the rest."))
        raise
    finish(run, writer.tally)
    return Figures(run, writer.tally, monotonic() - began, writer.pace.longest)


def processes_beside(forecast: Mapping[str, Any]) -> int:
    """How many processes render beside the writer: one a core, but for an archive that is done before they begin."""
    messages = forecast.get("threads", 0) + forecast.get("replies", 0)
    return min(4, os.cpu_count() or 1) if messages > FEW else 0


def records_in(archive: Archive, kind: str, choices: Choices) -> Iterator[Record]:
    """What of an archive is wanted."""
    return chosen(format_named(kind).records(archive), choices)


def target(choices: Choices) -> Community | None:
    """The community that everything goes into; raises NoSuchTarget where it is gone or more people see it by now."""
    if not choices.into:
        return None
    found = Community.objects.filter(slug=choices.into, closed_at=None).first()
    if found is None or found.access != choices.into_access:
        raise NoSuchTarget
    return found


@transaction.atomic
def finish(run: Run, tally: Tally) -> None:
    """Notes that everything came, and lets go of the turn to write."""
    run.state, run.finished_at, run.counts = State.DONE, timezone.now(), tally.as_json(with_places=True)
    run.is_writing, run.process = False, ""
    run.save(update_fields=["state", "finished_at", "counts", "is_writing", "process"])
    happened("archive.arrived", run, by=run.begun_by, came=dict(tally.came))


def answer(tally: Tally, figures: Figures | None = None) -> dict[str, Any]:
    """What a script is told."""
    counts = tally.as_json()
    if figures is not None:
        counts |= {
            "run": figures.run.pk,
            "seconds": round(figures.seconds, 2),
            "longest_lock_ms": round(figures.longest_held * 1000),
        }
    return counts
