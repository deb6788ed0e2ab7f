"""Files that people bring: what they are, what they may be called, and where they lie."""

from .naming import disposition, safe_name
from .serving import serve
from .sniffing import Sniffed, sniff
from .storing import (
    FileIsTooLarge,
    StorageIsFull,
    check_size,
    delete,
    most_megabytes_at_once,
    open_stored,
    size_limit,
    store,
)

__all__ = [
    "FileIsTooLarge",
    "Sniffed",
    "StorageIsFull",
    "check_size",
    "delete",
    "disposition",
    "most_megabytes_at_once",
    "open_stored",
    "safe_name",
    "serve",
    "size_limit",
    "sniff",
    "store",
]
