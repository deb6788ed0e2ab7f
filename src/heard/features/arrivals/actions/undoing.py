"""Takes back what a run brought in, without touching what people have said since."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.arrivals import rules
from heard.features.arrivals.actions import leaving, leaving_people
from heard.features.arrivals.actions.batches import Pace
from heard.features.arrivals.actions.turns import begin, stop
from heard.features.arrivals.errors import MayNotMoveIn, RunCannotGoBack
from heard.features.arrivals.models import Arrived, Run, Sort, State
from heard.features.arrivals.queries import is_anything_here
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened

_AT_ONCE = 100
# What others hang on goes last.
_ORDER = (
    (Sort.REPLY, "replies", leaving.take_replies),
    (Sort.THREAD, "threads", leaving.take_threads),
    (Sort.MEMBERSHIP, "memberships", leaving_people.take_memberships),
    (Sort.COMMUNITY, "communities", leaving_people.take_communities),
    (Sort.PERSON, "people", leaving_people.take_people),
    (Sort.UNIT, "units", leaving_people.take_units),
)


@dataclass(slots=True)
class Undone:
    """How many of each went, and how many stay by reason."""

    went: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)


def take_back_run(number: int, *, progress: Callable[[int], None] = lambda _done: None) -> Undone:
    """Takes back the run with this number: what the command line does. Raises RunCannotGoBack."""
    run = Run.objects.filter(pk=number).first()
    if run is None:
        raise RunCannotGoBack
    return take_back(run, progress=progress)


@transaction.atomic
def ask_to_take_back(run: Run, *, by: Person) -> Run:
    """Notes who wants a run taken back; a task does it. Raises MayNotMoveIn or RunCannotGoBack."""
    if not rules.may_move_in(by):
        raise MayNotMoveIn
    if run.state not in (State.DONE, State.STOPPED, State.LEFT) or not is_anything_here(run):
        raise RunCannotGoBack
    Run.objects.filter(pk=run.pk).update(state=State.LEAVING, moved_at=timezone.now())
    happened("archive.taken_back", run, by=by)
    return run


def take_back(run: Run, *, progress: Callable[[int], None] = lambda _done: None) -> Undone:
    """Takes a run back in short transactions; killed and begun again, it goes on. Raises RunIsUnderWay."""
    if not is_anything_here(run):
        raise RunCannotGoBack
    begin(run, State.LEAVING, of=(State.DONE, State.STOPPED, State.LEFT, State.LEAVING))
    undone, pace = Undone(Counter(run.went)), Pace()
    undone.went.pop("of", 0)
    of = undone.went.total() + Arrived.objects.filter(run=run).count()
    before = undone.went.copy()
    try:
        leaving.mend(run, undone.kept, pace)
        for sort, name, take in _ORDER:
            for part in _parts(run, sort):
                with pace.held():
                    gone = take(run, part, undone.kept)
                    Arrived.objects.filter(pk__in=[row.pk for row in gone]).delete()
                    undone.went[name] += len(gone)
                    Run.objects.filter(pk=run.pk).update(went={**undone.went, "of": of}, moved_at=timezone.now())
                progress(len(part))
    except BaseException:
        stop(run, _("Taking it back ended before it was done. Start it again for the rest."), state=State.DONE)
        raise
    undone.kept, undone.went = +undone.kept, undone.went - before
    late = run.counts.get("noted", {}).get(leaving.LATE, 0)
    if late:
        undone.kept[leaving.LATE] = late
    Run.objects.filter(pk=run.pk).update(
        state=State.LEFT, is_writing=False, process="", kept=dict(undone.kept), because=""
    )
    return undone


def _parts(run: Run, sort: Sort) -> Iterable[list[Arrived]]:
    """What arrived of one sort, the latest first, a hundred rows at a time."""
    rows = Arrived.objects.filter(run=run, sort=sort).order_by("-pk")
    part = list(rows[:_AT_ONCE])
    while part:
        yield part
        part = list(rows.filter(pk__lt=part[-1].pk)[:_AT_ONCE])
