"""One release, from the answers to what may be shown: planned, drawn and audited until nothing is found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from heard.plumbing.disclosure.auditing import Auditor
from heard.plumbing.disclosure.crossings import Crossing
from heard.plumbing.disclosure.drawing import Drawing, drawn_as_sum, drawn_as_whole, in_all
from heard.plumbing.disclosure.figures import Batch
from heard.plumbing.disclosure.ledger import Entry
from heard.plumbing.disclosure.releasing import planned
from heard.plumbing.disclosure.tree import Node, Tree


def next_release(
    *,
    ask: str,
    question: str,
    day: date,
    tree: Tree,
    batches: Sequence[Batch],
    invited: Mapping[Node, int],
    came: Mapping[Node, int],
    k: int,
    ledger: Iterable[Entry] = (),
    crossings: Sequence[Crossing] = (),
    closing: bool = False,
) -> Entry | None:
    """What may be released now; None if it has to wait for more answers. At the closing there is always an entry.

    `batches` are the tallies by leaf of what came with each earlier release of this ask, and last of what came since.
    Of those `invited` so many `came`, whether or not they answered this question: nobody else can come still.
    `ledger` holds every entry of this question, also of other asks. Nothing is written: whoever publishes keeps the
    entry.
    """
    auditor = Auditor(ledger, crossings)
    before = sorted(
        (entry for entry in auditor.ledger if (entry.ask, entry.question) == (ask, question)),
        key=lambda entry: entry.number,
    )
    if len(batches) != len(before) + 1:
        raise ValueError("There is one batch for each release before, and one for this.")
    answers = {leaf: sum(tally) for leaf, tally in in_all(batches).items()}
    able = {leaf: count - came.get(leaf, 0) for leaf, count in invited.items()}
    hidden: set[Node] = set()
    while True:
        shown = planned(tree, answers, able, k, before=before, closing=closing, hidden=hidden)
        if not shown and not closing:
            return None
        hide = frozenset[Node]()
        for drawing in _drawings(tree, shown, batches, before):
            entry = Entry(
                ask, question, len(before) + 1, day, closing, k, tree, invited, answers, drawing.figures, drawing.added
            )
            hide = drawing.undone or auditor.audit(entry).hide
            if not hide:
                return entry
        hidden |= hide


def _drawings(
    tree: Tree, shown: frozenset[Node], batches: Sequence[Batch], before: Sequence[Entry]
) -> Iterator[Drawing]:
    """The narrowest figures first."""
    yield drawn_as_whole(tree, shown, batches)
    if before:
        yield drawn_as_sum(tree, shown, batches, before)
