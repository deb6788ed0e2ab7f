"""What people write: Markdown to safe HTML, with the people and hashtags it names."""

from .cleaning import clean, one_line, storable
from .differing import Change, differences
from .lengths import MESSAGE_LIMIT, TITLE_LIMIT, TextIsTooLong, check_length
from .plain import excerpt
from .rendering import Linker, Rendered, plain, render
from .words import fold_hashtag

__all__ = [
    "MESSAGE_LIMIT",
    "TITLE_LIMIT",
    "Change",
    "Linker",
    "Rendered",
    "TextIsTooLong",
    "check_length",
    "clean",
    "differences",
    "excerpt",
    "fold_hashtag",
    "one_line",
    "plain",
    "render",
    "storable",
]
