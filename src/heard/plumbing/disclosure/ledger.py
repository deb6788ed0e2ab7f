"""What is kept of each release: what was shown to everybody, and how many answers stood where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from heard.plumbing.disclosure.figures import Figure
from heard.plumbing.disclosure.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class Entry:
    """One release of one question of one ask: the totals of all answers up to then.

    `answers` counts them by leaf, also where nothing is shown: that is for the auditor, never for a page. `figures` are
    what was shown with this release; a node that is not among them keeps the figure of the release before. `added` are
    figures of what is new alone, where those that are shown are the sum of it and of what was shown before.
    """

    ask: str
    question: str
    number: int
    day: date
    closing: bool
    k: int
    tree: Tree
    invited: Mapping[Node, int]
    answers: Mapping[Node, int]
    figures: Mapping[Node, Figure]
    added: Mapping[Node, Figure] = field(default_factory=dict)

    @property
    def shown(self) -> frozenset[Node]:
        """The nodes whose totals were published with this release."""
        return frozenset(self.figures)


def as_json(entry: Entry) -> dict[str, Any]:
    """The entry in plain values; nodes keep being texts or numbers."""
    return {
        "ask": entry.ask,
        "question": entry.question,
        "number": entry.number,
        "day": entry.day.isoformat(),
        "closing": entry.closing,
        "k": entry.k,
        "tree": [[node, parent] for node, parent in entry.tree.parents.items()],
        "invited": [[node, count] for node, count in entry.invited.items()],
        "answers": [[node, count] for node, count in entry.answers.items()],
        "figures": _plain(entry.figures),
        "added": _plain(entry.added),
    }


def from_json(plain: Mapping[str, Any]) -> Entry:
    """The entry that `as_json` wrote."""
    return Entry(
        ask=plain["ask"],
        question=plain["question"],
        number=plain["number"],
        day=date.fromisoformat(plain["day"]),
        closing=plain["closing"],
        k=plain["k"],
        tree=Tree(dict(plain["tree"])),
        invited=dict(plain["invited"]),
        answers=dict(plain["answers"]),
        figures=_figures(plain["figures"]),
        added=_figures(plain["added"]),
    )


def _plain(figures: Mapping[Node, Figure]) -> list[list[Any]]:
    return [[node, figure.answers, list(figure.low), list(figure.high)] for node, figure in figures.items()]


def _figures(plain: Iterable[Sequence[Any]]) -> dict[Node, Figure]:
    return {node: Figure(answers, tuple(low), tuple(high)) for node, answers, low, high in plain}
