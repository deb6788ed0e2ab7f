"""What an administrator sees of archives: those brought in before, and one with what it holds and how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from heard.features.arrivals import rules
from heard.features.arrivals.errors import MayNotMoveIn
from heard.features.arrivals.formats import format_named
from heard.features.arrivals.models import Arrived, Mended, Run, Sort, State
from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import visible_to
from heard.foundation.people.models import Person

_MOST_COMMUNITIES = 60
_MOST_TARGETS = 500
_NAMES = ("people", "communities", "threads", "replies", "reactions", "files")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something stays behind or changes, how often, where in the archive, and at how many places more."""

    words: str
    count: str
    places: list[str]
    more: int


@dataclass(frozen=True, slots=True)
class Counts:
    """A tally in the words of the page."""

    came: list[tuple[str, str]]
    skipped: list[Reason]
    noted: list[Reason]
    total: int


@dataclass(frozen=True, slots=True)
class There:
    """A community that an archive holds: its key there, who could see it, and how many conversations are in it."""

    key: str
    name: str
    access: str
    threads: int

    @property
    def label(self) -> str:
        """Its name, how much is in it, and whether it is private."""
        if self.access == "private":
            return _("%(name)s (%(count)s, private)") % {"name": self.name, "count": _shown(self.threads)}
        return f"{self.name} ({_shown(self.threads)})"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One run as its page shows it: `percent` of the forecast is written, and it may take so many `minutes`.

    `waits_for` is the run that has to be done first, and `targets` are communities that everything may go into, each
    by the last part of its address and its name.
    """

    run: Run
    forecast: Counts
    counts: Counts
    percent: int
    minutes: int
    communities: list[Community]
    there: list[There]
    may_go_back: bool
    waits_for: Run | None
    targets: list[tuple[str, str]]

    @property
    def is_moving(self) -> bool:
        """Whether the page will soon look different."""
        return self.run.state in (State.READING, State.AGREED, State.RUNNING, State.LEAVING)

    @property
    def may_start(self) -> bool:
        """Whether somebody may say yes, or begin again."""
        return self.run.state in (State.WAITING, State.STOPPED) and bool(self.run.file and self.run.forecast)

    @property
    def may_read_again(self) -> bool:
        """Whether its reading ended early and may be asked for once more."""
        return self.run.state == State.STOPPED and bool(self.run.file) and not self.run.forecast

    @property
    def may_be_deleted(self) -> bool:
        """Whether its file lies here and nobody has said yes to it."""
        return bool(self.run.file) and self.run.state in (State.READING, State.WAITING, State.STOPPED)

    @property
    def read(self) -> str:
        """How many records were read so far."""
        return _shown(self.run.counts.get("read", 0))

    @property
    def here(self) -> dict[str, str]:
        """How many messages (or people) are new, changed and here already; nothing where none are."""
        here = self.run.forecast.get("here", {})
        return {name: _shown(count) for name, count in here.items()} if here.get("changed") or here.get("same") else {}

    @property
    def went(self) -> list[tuple[str, str]]:
        """What was taken back, in the words of the page."""
        return _named_counts(self.run.went)

    @property
    def first(self) -> date | None:
        """The day of the oldest message."""
        return _day(self.run.forecast.get("first"))

    @property
    def last(self) -> date | None:
        """The day of the newest."""
        return _day(self.run.forecast.get("last"))

    @property
    def kept(self) -> list[Reason]:
        """What could not be taken back, by reason."""
        return [Reason(reason_in_words(words), _shown(count), [], 0) for words, count in self.run.kept.items()]

    @property
    def is_tried(self) -> bool:
        """Whether this kind of archive was read in a real export before."""
        return format_named(self.run.format).is_tried

    @property
    def may_choose(self) -> bool:
        """Whether it can still be said what of it is wanted."""
        return self.run.state == State.WAITING and bool(self.run.file) and not self.is_about_people

    @property
    def is_about_people(self) -> bool:
        """Whether it brings nothing but people."""
        return format_named(self.run.format).is_about_people


def runs_seen_by(viewer: Person) -> QuerySet[Run]:
    """Every archive, the latest first; raises MayNotMoveIn for all but administrators."""
    if not rules.may_move_in(viewer):
        raise MayNotMoveIn
    return Run.objects.select_related("begun_by").order_by("-id")


def listed_runs() -> list[dict[str, Any]]:
    """Every run as the command line lists it, the latest first."""
    return [
        {
            "run": run.pk,
            "when": run.begun_at.isoformat(" ", "minutes"),
            "source": run.source,
            "format": run.format,
            "state": run.state,
            "threads": run.counts.get("threads", 0),
            "replies": run.counts.get("replies", 0),
        }
        for run in Run.objects.order_by("-id")
    ]


def run_seen_by(viewer: Person, run_id: int) -> Run:
    """Raises Run.DoesNotExist, or MayNotMoveIn."""
    return runs_seen_by(viewer).get(pk=run_id)


def run_by_id(run_id: int) -> Run:
    """A run for a task that somebody who may has put into the queue. Raises Run.DoesNotExist."""
    return Run.objects.get(pk=run_id)


def arrival(viewer: Person, run: Run) -> Arrival:
    """The page of a run; of the communities that came, those that the viewer may see."""
    forecast, counts = _counts(run.forecast), _counts(run.counts)
    done = 100 if run.state == State.DONE else min(99, 100 * counts.total // max(1, forecast.total))
    if run.state == State.LEAVING:
        went = sum(count for name, count in run.went.items() if name != "of")
        done = min(99, 100 * went // max(1, run.went.get("of", 0)))
    communities: list[Community] = []
    if run.state == State.DONE:
        ids = Arrived.objects.filter(run=run, sort=Sort.COMMUNITY).values("target")
        communities = list(visible_to(viewer).filter(pk__in=ids).order_by("-thread_count", "name")[:_MOST_COMMUNITIES])
    there = [There(*row) for row in run.forecast.get("communities_there", [])]
    minutes = 1 + run.forecast.get("seconds", 0) // 60
    may_go_back = run.state in (State.DONE, State.STOPPED, State.LEFT) and is_anything_here(run)
    targets: list[tuple[str, str]] = []
    if run.state == State.WAITING:
        open_ones = visible_to(viewer).filter(closed_at=None).order_by("name", "id")
        targets = list(open_ones.values_list("slug", "name")[:_MOST_TARGETS])
    waits_for = _before(run)
    return Arrival(run, forecast, counts, done, minutes, communities, there, may_go_back, waits_for, targets)


def _before(run: Run) -> Run | None:
    """The run that is read, written or taken back while this one waits."""
    is_begun = run.process or run.is_writing
    if is_begun or run.state not in (State.READING, State.AGREED, State.LEAVING):
        return None
    others = Run.objects.exclude(pk=run.pk).filter(Q(is_writing=True) | (Q(state=State.READING) & ~Q(process="")))
    return others.order_by("pk").first()


def reason_in_words(reason: str) -> str:
    """A reason as it is shown; one that names a run has its number last."""
    words, _space, number = reason.rpartition(" ")
    return f"{_(words)} {number}" if number.isdecimal() else _(reason)


def is_anything_here(run: Run) -> bool:
    """Whether anything of a run is here that could be taken back."""
    return Arrived.objects.filter(run=run).exists() or Mended.objects.filter(run=run).exists()


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _counts(tally: Mapping[str, Any]) -> Counts:
    total = sum(tally.get(name, 0) for name in _NAMES)
    return Counts(_named_counts(tally), _reasons(tally, "skipped"), _reasons(tally, "noted"), total)


def _named_counts(tally: Mapping[str, Any]) -> list[tuple[str, str]]:
    names = {
        "people": _("People"),
        "communities": _("Communities"),
        "threads": _("Threads"),
        "replies": _("Replies"),
        "reactions": _("Reactions"),
        "files": _("Files"),
        "memberships": _("Memberships"),
        "units": _("Units"),
    }
    return [(words, _shown(tally[name])) for name, words in names.items() if tally.get(name)]


def _reasons(tally: Mapping[str, Any], part: str) -> list[Reason]:
    places = tally.get("places", {})
    listed = sorted(tally.get(part, {}).items(), key=lambda item: -item[1])
    # The reasons are marked for translation where they are defined; a refusal's sentence stands as it is.
    return [
        Reason(_(reason), _shown(count), here := places.get(reason, []), max(0, count - len(here)))
        for reason, count in listed
    ]


def _shown(count: int) -> str:
    return number_format(count, force_grouping=True)
