"""The same people in several asks: what follows when one ask's groups are subtracted from another's."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from heard.plumbing.disclosure.ledger import Entry
from heard.plumbing.disclosure.spans import Span
from heard.plumbing.disclosure.thresholds import DAYS_OF_MEMORY
from heard.plumbing.disclosure.tree import Node

type People = frozenset[int]


@dataclass(frozen=True, slots=True)
class Crossing:
    """So many `people` stood in the same leaf of each ask; asks to which they were not invited are not named."""

    stood_in: Mapping[str, Node]
    people: int


def crossings_of(rolls: Iterable[Mapping[str, Node]]) -> list[Crossing]:
    """The finest groups of people, from what each of them stood in: the leaf by ask. Nobody is named in either."""
    groups = Counter(tuple(sorted(stood.items())) for stood in rolls)
    return [Crossing(dict(group), people) for group, people in groups.items()]


class OtherAsks:
    """What asks of the same question in the last 100 days have told, and what one more would tell with them.

    It is assumed that everybody answered each time, and the same, but for leaves in which nobody did: that is the most
    anybody could hope to subtract. The unknowns are the finest groups of people;
    a group is given by the places of its crossings.
    """

    def __init__(
        self, ask: str, question: str, day: date, k: int, ledger: Iterable[Entry], crossings: Sequence[Crossing]
    ) -> None:
        since = day - timedelta(days=DAYS_OF_MEMORY)
        by_ask: dict[str, list[Entry]] = {}
        for entry in sorted(ledger, key=lambda entry: entry.number):
            if entry.question == question and entry.ask != ask and entry.day <= day:
                by_ask.setdefault(entry.ask, []).append(entry)
        by_ask = {other: entries for other, entries in by_ask.items() if entries[-1].day >= since}
        self.k = k
        self.weights = [crossing.people for crossing in crossings]
        self.stands = _stands(crossings, ask) if by_ask else {}
        self.told = {
            people for other, entries in by_ask.items() for people in _told(entries, _stands(crossings, other)).values()
        }
        self.by_weight: dict[int, list[People]] = {}
        for people in self.told:
            self.by_weight.setdefault(self._weight(people), []).append(people)
        self.span = Span(dict(enumerate(self.weights)), k)
        for row in sorted(_differences(self.told), key=lambda row: (len(row), sorted(row))):
            self.span.take_in(row)
        self.already = self.span.small()

    def to_hide(self, entries: Sequence[Entry]) -> dict[People, frozenset[Node]]:
        """Groups of fewer than k people that would follow with the last of these entries, and did not; for each, the
        nodes to hide. `entries` are all of this ask.
        """
        if not self.told or not entries[-1].shown:
            return {}
        own = _told(entries, self.stands)
        span = self.span.copy()
        nodes = {people: node for node, people in own.items()}
        parts = _differences(set(nodes))
        for part in sorted(parts, key=lambda part: (len(part), sorted(part))):
            span.take_in(part, nodes[parts[part]])
        found = {group: marks for group, marks in span.small().items() if group not in self.already}
        if not found:
            return {}
        last = entries[-1]
        near = frozenset(node for node in last.shown if self._is_near(own.get(node, frozenset())))
        totals = last.tree.sums(last.answers)
        return {
            group: near or frozenset([_smallest(last, [node for node in last.shown if node in marks], totals)])
            for group, marks in found.items()
        }

    def _is_near(self, people: People) -> bool:
        """Whether another ask has the same group with fewer than k people more, or fewer."""
        weight = self._weight(people)
        return any(
            (people < other or other < people) and weight != other_weight
            for other_weight in range(weight - self.k + 1, weight + self.k)
            for other in self.by_weight.get(other_weight, ())
        )

    def _weight(self, people: People) -> int:
        return sum(self.weights[place] for place in people)


def _smallest(entry: Entry, nodes: Sequence[Node], totals: Mapping[Node, int]) -> Node:
    root = entry.tree.root
    return min(nodes or entry.shown, key=lambda node: (node == root, totals[node], str(node)))


def _told(entries: Sequence[Entry], stands: Mapping[Node, set[int]]) -> dict[Node, People]:
    """Who is counted in each node, as far as its figure still holds all of its answers: of an earlier figure nobody
    knows whose answers had come.
    """
    told: dict[Node, People] = {}
    answers = entries[-1].answers
    for entry in entries:
        for node in entry.shown:
            leaves = entry.tree.leaves_of[node]
            told.pop(node, None)
            if all(entry.answers.get(leaf, 0) == answers.get(leaf, 0) for leaf in leaves):
                told[node] = frozenset().union(*(stands.get(leaf, ()) for leaf in leaves if answers.get(leaf)))
    return told


def _differences(told: Iterable[People]) -> dict[People, People]:
    """The same sums in fewer cells, each with the group it comes from: without the largest groups that are within
    it.
    """
    found: dict[People, People] = {}
    by_size = sorted(told, key=len)
    for place, people in enumerate(by_size):
        left = people
        for other in reversed(by_size[:place]):
            if other and other <= left:
                left -= other
        found[left] = people
    return found


def _stands(crossings: Sequence[Crossing], ask: str) -> dict[Node, set[int]]:
    """By leaf of an ask, the places of the crossings that stood in it."""
    stands: dict[Node, set[int]] = {}
    for place, crossing in enumerate(crossings):
        if ask in crossing.stood_in:
            stands.setdefault(crossing.stood_in[ask], set()).add(place)
    return stands
