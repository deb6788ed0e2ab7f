"""What keeps the index as what is said is."""

from heard.foundation.search.actions.changes import is_waiting, take_changes
from heard.foundation.search.actions.filling import begin_anew, fill, fill_wholly, is_filling
from heard.foundation.search.actions.reading import read_file

__all__ = ["begin_anew", "fill", "fill_wholly", "is_filling", "is_waiting", "read_file", "take_changes"]
