"""What of an archive somebody wants: taken from a command line or a form, and kept with the run."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from heard.features.arrivals import rules
from heard.features.arrivals.errors import MayNotMoveIn, NoSuchTarget, RunIsOver
from heard.features.arrivals.formats.choices import Choices
from heard.features.arrivals.models import Run, State
from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import visible_to
from heard.foundation.people.models import Person


def choices(
    *,
    since: date | None = None,
    until: date | None = None,
    left_out: Iterable[str] | None = None,
    into: str = "",
    mapping: Mapping[str, str] | None = None,
    by: Person | None = None,
) -> Choices:
    """Choices that can be kept; raises NoSuchTarget for a community that is not there, or not for `by` to see."""
    made = Choices(
        since=since.date() if isinstance(since, datetime) else since,
        until=until.date() if isinstance(until, datetime) else until,
        left_out=frozenset(name for name in left_out or () if name.strip()),
        mapping=dict(mapping or {}),
    )
    if not into:
        return made
    seen = visible_to(by) if by else Community.objects.all()
    found = seen.filter(slug=into, closed_at=None).first()
    if found is None:
        raise NoSuchTarget
    return replace(made, into=found.slug, into_access=found.access)


def remembered_mapping() -> dict[str, str]:
    """Which column held what in the latest table of messages for which somebody said so."""
    for run in Run.objects.filter(format="csv").exclude(choices={}).order_by("-pk")[:20]:
        if mapping := run.choices.get("mapping"):
            return dict(mapping)
    return {}


@transaction.atomic
def choose(run: Run, wanted: Choices, *, by: Person) -> Run:
    """Sets what of an upload is wanted; it must be read through again. Raises MayNotMoveIn or RunIsOver."""
    if not rules.may_move_in(by):
        raise MayNotMoveIn
    waiting = Run.objects.filter(pk=run.pk, state__in=(State.WAITING, State.READING)).exclude(file="")
    if not waiting.update(state=State.READING, choices=wanted.as_json(), moved_at=timezone.now()):
        raise RunIsOver
    return run
