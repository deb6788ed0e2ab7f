"""What of an archive somebody wants: taken from a command line or a form, and kept with the run."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.arrivals import rules
from heard.features.arrivals.actions.folder import arrivals_folder
from heard.features.arrivals.errors import CannotBeChosen, DaysAreCrossed, MayNotMoveIn, NoSuchCommunity, RunIsOver
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.choices import Choices
from heard.features.arrivals.formats.columns import folded
from heard.features.arrivals.formats.messages_csv import FIELDS, recognises
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
    """Choices that can be kept.

    Raises NoSuchCommunity for one that is not there, or not for `by` to see, and DaysAreCrossed.
    """
    made = Choices(
        since=since.date() if isinstance(since, datetime) else since,
        until=until.date() if isinstance(until, datetime) else until,
        left_out=frozenset(name for name in left_out or () if name.strip()),
        mapping=dict(mapping or {}),
    )
    if made.since and made.until and made.until < made.since:
        raise DaysAreCrossed
    if not into:
        return made
    seen = visible_to(by) if by else Community.objects.all()
    found = seen.filter(slug=into, closed_at=None).first()
    if found is None:
        raise NoSuchCommunity(into)
    return replace(made, into=found.slug, into_access=found.access)


def remembered_mapping() -> dict[str, str]:
    """Which column held what in the latest table of messages that was read as somebody had said."""
    for run in Run.objects.filter(format="csv").exclude(forecast={}).order_by("-pk")[:20]:
        if mapping := run.forecast.get("choices", {}).get("mapping"):
            return dict(mapping)
    return {}


def fitting_mapping(archive: Archive, said: Mapping[str, str] | None = None) -> dict[str, str]:
    """What was said of columns now, and before where a table is still read by it: one may differ from the last."""
    said = dict(said or {})
    remembered = remembered_mapping()
    if remembered:
        archive.mapping = remembered | said
        if recognises(archive):
            return remembered | said
    return said


def mapping_for(path: Path, said: Mapping[str, str]) -> dict[str, str]:
    """The same for a file that nobody has opened yet."""
    with Archive(path, scratch=arrivals_folder()) as archive:
        return fitting_mapping(archive, said)


def mapping_said(pairs: Iterable[str]) -> dict[str, str]:
    """What columns hold, from pairs of HEADER=FIELD; raises CannotBeChosen for what is no pair or no field."""
    said: dict[str, str] = {}
    for pair in pairs:
        title, sign, field = pair.rpartition("=")
        if not sign or not title.strip():
            raise CannotBeChosen(
                _("“%(pair)s” does not say which column holds what. Write HEADER=FIELD.") % {"pair": pair[:80]}
            )
        if field.strip() and field.strip() not in FIELDS:
            raise CannotBeChosen(
                _("No column can hold “%(field)s”. What one can hold: %(known)s.")
                % {"field": field.strip()[:60], "known": ", ".join(FIELDS)}
            )
        said[title.strip()] = field.strip()
    return said


def refuse_unknown_columns(there: Iterable[str], said: Iterable[str]) -> None:
    """Raises CannotBeChosen for the first column that was said to hold something and is not there."""
    titles = {folded(title): title for title in there}
    for title in said:
        if folded(title[:60]) not in titles:
            named = ", ".join(f"“{one}”" for one in titles.values())
            raise CannotBeChosen(
                _("There is no column “%(title)s”. There are: %(names)s.") % {"title": title[:60], "names": named[:600]}
            )


@transaction.atomic
def choose(run: Run, wanted: Choices, *, by: Person) -> Run:
    """Sets what of an upload is wanted; it must be read through again. Raises MayNotMoveIn or RunIsOver."""
    if not rules.may_move_in(by):
        raise MayNotMoveIn
    waiting = Run.objects.filter(pk=run.pk, state__in=(State.WAITING, State.READING)).exclude(file="")
    begun = {"state": State.READING, "process": "", "because": "", "moved_at": timezone.now()}
    if not waiting.update(choices=wanted.as_json(), **begun):
        raise RunIsOver
    return run
