"""Archives handed in by a browser: kept, read through, agreed to, brought in, thrown away."""

import secrets
import shutil
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from heard.features.arrivals import rules
from heard.features.arrivals.actions.choosing import fitting_mapping
from heard.features.arrivals.actions.folder import arrivals_folder
from heard.features.arrivals.actions.runs import bring_in
from heard.features.arrivals.actions.turns import stop_waiting
from heard.features.arrivals.actions.undoing import take_back
from heard.features.arrivals.errors import MayNotMoveIn, RunIsOver, RunIsUnderWay
from heard.features.arrivals.formats import format_of
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.choices import Choices
from heard.features.arrivals.models import Run, State
from heard.features.arrivals.queries import is_anything_here
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened
from heard.plumbing.refusals import Refusal


def receive_archive(content: BinaryIO, name: str, *, by: Person, wanted: str = "any") -> Run:
    """Keeps an upload until its run is over; refuses at once what is of no kind that Heard reads."""
    if not rules.may_move_in(by):
        raise MayNotMoveIn
    folder = arrivals_folder()
    file = f"{secrets.token_hex(16)}{Path(name).suffix.lower()[:10]}"
    path = folder / file
    try:
        with path.open("xb") as target:
            shutil.copyfileobj(content, target, 1 << 20)
        with Archive(path, name, scratch=folder) as archive:
            archive.mapping = mapping = fitting_mapping(archive)
            kind = format_of(archive, wanted)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Run.objects.create(
        format=kind.name,
        source=Path(name).name[:255],
        file=file,
        begun_by=by,
        begun_at=timezone.now(),
        choices=Choices(mapping=mapping if kind.name == "csv" else {}).as_json(),
    )


@transaction.atomic
def agree(run: Run, *, by: Person) -> Run:
    """Says yes to bringing in what was read through, or to going on with it. Raises MayNotMoveIn or RunIsOver."""
    if not rules.may_move_in(by):
        raise MayNotMoveIn
    agreed = Run.objects.filter(pk=run.pk, state__in=(State.WAITING, State.STOPPED)).exclude(file="")
    if not agreed.update(state=State.AGREED, begun_by=by, because=""):
        raise RunIsOver
    happened("archive.agreed", run, by=by)
    return run


def bring_in_upload(run: Run) -> None:
    """Writes an upload that somebody said yes to; what is refused is kept with the run, for its page."""
    try:
        bring_in(run, path_of(run))
    except Refusal as refusal:
        stop_waiting(run, State.AGREED, str(refusal))
    else:
        forget_upload(run)


def take_back_what_was_asked(run: Run) -> None:
    """Takes back what somebody said no to; what is refused is kept with the run, for its page."""
    try:
        take_back(run)
    except Refusal as refusal:
        stop_waiting(run, State.LEAVING, str(refusal))


def discard_run(run: Run, *, by: Person) -> None:
    """Throws away an upload that nobody wants brought in."""
    if not rules.may_move_in(by):
        raise MayNotMoveIn
    if run.state in (State.AGREED, State.RUNNING, State.LEAVING):
        raise RunIsUnderWay
    forget_upload(run)
    if run.state != State.LEFT and not is_anything_here(run):
        Run.objects.filter(pk=run.pk).delete()


def path_of(run: Run) -> Path:
    """Where the upload of a run lies."""
    return arrivals_folder() / run.file


def forget_upload(run: Run) -> None:
    """Deletes the upload of a run that needs it no longer."""
    if run.file:
        path_of(run).unlink(missing_ok=True)
        Run.objects.filter(pk=run.pk).update(file="")
