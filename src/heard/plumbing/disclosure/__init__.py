"""What may be shown about groups of people who answered anonymously.

An ask is reported along one tree. Its leaves are the groups that have a key; an inner node is the sum of its children.

    tree = Tree({"all": None, "sales": "all", "shop": "sales", "desk": "sales", "kitchen": "all"})
    entry = next_release(ask=…, question=…, day=…, tree=tree, batches=[{"shop": (1, 2, 9), …}], invited={"shop": 14, …},
                         came={"shop": 13, …}, k=SCORES_FROM, ledger=entries, crossings=crossings_of(rolls),
                         closing=True)

`batches` hold, for each release so far and last for what came since, the tally of each leaf: how many answered each
category (`tally(answers, agreement)`, `recommend`, or `int` with the number of options for a choice). Comments are
planned in the same way, each leaf with a tally of one category, and `k=comments_from(k)`. None means: it has to wait.
An entry means: show `entry.figures`, each node's `Figure` (`answers`, `low` and `high` by category, `is_exact`, and
`alike`, the category that "7 of 10 or more" chose); a node that was shown with an earlier release and is not among them
keeps that figure. Keep the entry (`as_json`, `from_json`): the next call needs all entries of the same question, of
this ask and of asks of the last 100 days. What is not among the figures is shown nowhere: no count either.

What it rests on, each usable by itself:

- `publishable(tree, counts, k)`: thresholds, and suppression of what could be found by subtraction along the tree.
- `planned(…)` and `may_release(…)`: the same over time. No release finds fewer than k new answers in any group.
- `figures(…)`: unanimous groups are shown as "7 of 10 or more", and what is above them does not give them away.
- `Auditor(ledger, crossings).audit(entry)`: tests all of that anew, exactly and by linear programming, and across asks
  in which the same people stood in other groups. It names what it found, and which nodes to leave out.

Pure mathematics: it knows no tables. SciPy is imported when an audit has to bound something, and not before.
"""

from heard.plumbing.disclosure.auditing import Audit, Auditor, Finding, Reason
from heard.plumbing.disclosure.crossings import Crossing, crossings_of
from heard.plumbing.disclosure.figures import Figure, coarsened, figures, margin_of
from heard.plumbing.disclosure.kinds import agreement, recommend, tally
from heard.plumbing.disclosure.ledger import Entry, as_json, from_json
from heard.plumbing.disclosure.next_release import next_release
from heard.plumbing.disclosure.releasing import may_release, planned
from heard.plumbing.disclosure.suppressing import publishable
from heard.plumbing.disclosure.thresholds import COMMENTS_FROM, DAYS_OF_MEMORY, FLOOR, SCORES_FROM, comments_from
from heard.plumbing.disclosure.tree import Node, Tree

__all__ = [
    "COMMENTS_FROM",
    "DAYS_OF_MEMORY",
    "FLOOR",
    "SCORES_FROM",
    "Audit",
    "Auditor",
    "Crossing",
    "Entry",
    "Figure",
    "Finding",
    "Node",
    "Reason",
    "Tree",
    "agreement",
    "as_json",
    "coarsened",
    "comments_from",
    "crossings_of",
    "figures",
    "from_json",
    "margin_of",
    "may_release",
    "next_release",
    "planned",
    "publishable",
    "recommend",
    "tally",
]
