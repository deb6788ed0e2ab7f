"""The auditor: what a release would tell, with everything that was released before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from heard.plumbing.disclosure.bounding import narrowed
from heard.plumbing.disclosure.crossings import Crossing, OtherAsks
from heard.plumbing.disclosure.known import Cell, bounds_of, cells_of, sums_of
from heard.plumbing.disclosure.ledger import Entry
from heard.plumbing.disclosure.releasing import between
from heard.plumbing.disclosure.spans import exposed
from heard.plumbing.disclosure.tree import Node


class Reason(StrEnum):
    """How a group is found out."""

    SUM = "sum"
    OTHER_ASK = "other ask"
    BOUNDS = "bounds"


@dataclass(frozen=True, slots=True)
class Finding:
    """A group that would be found out: cells (leaf, place of the release) of this ask, or places of crossings."""

    reason: Reason
    group: frozenset[Cell] | frozenset[int]


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, and the nodes to take out of the release before it is audited again."""

    findings: tuple[Finding, ...]
    hide: frozenset[Node]

    @property
    def is_safe(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


class Auditor:
    """Knows everything ever released, of this ask and of others, and how many stood in the same groups of them."""

    def __init__(self, ledger: Iterable[Entry], crossings: Sequence[Crossing] = ()) -> None:
        self.ledger = list(ledger)
        self.crossings = crossings
        self._others: dict[tuple[str, str, date, int], OtherAsks] = {}

    def audit(self, entry: Entry) -> Audit:
        """What `entry` would tell of fewer than k.

        Within the ask the unknowns are the answers of each leaf at each release, and their numbers are taken to be
        known. Protected are each of these cells, each group of cells that nothing tells apart, and every union of cells
        that hold fewer than k answers: the sum of none may follow exactly (`spans`), and no cell may be narrowed down
        by what is possible at all (`bounding`). Across asks the unknowns are the people in each crossing (`crossings`).
        """
        entries = [*self.before(entry), entry]
        sizes = cells_of(entries)
        summed = exposed(sums_of(entries), sizes, entry.k)
        across = self.others(entry).to_hide(entries)
        hide = frozenset[Node]().union(*across.values())
        may_narrow = not summed and any(len(figure.low) > 1 for figure in entry.figures.values())
        bounded = narrowed(bounds_of(entries), sizes, entry.k) if may_narrow else []
        totals = entry.tree.sums(entry.answers)
        apart = {
            between(entry.tree, entry.shown, {leaf for leaf, _ in group}, totals)
            for group in [*summed, *bounded]
            if entry.shown
        }
        found = (
            *(Finding(Reason.SUM, group) for group in summed),
            *(Finding(Reason.OTHER_ASK, group) for group in across),
            *(Finding(Reason.BOUNDS, group) for group in bounded),
        )
        return Audit(found, hide | apart)

    def others(self, entry: Entry) -> OtherAsks:
        """What other asks told; reckoned once."""
        key = (entry.ask, entry.question, entry.day, entry.k)
        if key not in self._others:
            self._others[key] = OtherAsks(*key, self.ledger, self.crossings)
        return self._others[key]

    def before(self, entry: Entry) -> list[Entry]:
        """The earlier releases of the same question of the same ask."""
        earlier = [
            other
            for other in self.ledger
            if (other.ask, other.question) == (entry.ask, entry.question) and other.number < entry.number
        ]
        return sorted(earlier, key=lambda other: other.number)
