"""Everything that is done about moving in, each kind of deed in a file of its own."""

from heard.features.arrivals.actions.choosing import (
    choices,
    choose,
    mapping_for,
    mapping_said,
    refuse_unknown_columns,
)
from heard.features.arrivals.actions.joining import join_people, part_people
from heard.features.arrivals.actions.reading import read_again, read_run_through
from heard.features.arrivals.actions.runs import Figures, Forecast, answer, bring_in, bring_in_file, read_through
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.actions.turns import notice_ended
from heard.features.arrivals.actions.undoing import Undone, ask_to_take_back, take_back, take_back_run
from heard.features.arrivals.actions.uploads import (
    agree,
    bring_in_upload,
    discard_run,
    path_of,
    receive_archive,
    take_back_what_was_asked,
)

__all__ = [
    "Figures",
    "Forecast",
    "Tally",
    "Undone",
    "agree",
    "answer",
    "ask_to_take_back",
    "bring_in",
    "bring_in_file",
    "bring_in_upload",
    "choices",
    "choose",
    "discard_run",
    "join_people",
    "mapping_for",
    "mapping_said",
    "notice_ended",
    "part_people",
    "path_of",
    "read_again",
    "read_run_through",
    "read_through",
    "receive_archive",
    "refuse_unknown_columns",
    "take_back",
    "take_back_run",
    "take_back_what_was_asked",
]
