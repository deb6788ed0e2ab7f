"""Everything that is done about moving in, each kind of deed in a file of its own."""

from heard.features.arrivals.actions.runs import Figures, answer, bring_in, bring_in_file, read_through
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.actions.uploads import (
    agree,
    bring_in_upload,
    discard_run,
    path_of,
    read_run_through,
    receive_archive,
)

__all__ = [
    "Figures",
    "Tally",
    "agree",
    "answer",
    "bring_in",
    "bring_in_file",
    "bring_in_upload",
    "discard_run",
    "path_of",
    "read_run_through",
    "read_through",
    "receive_archive",
]
