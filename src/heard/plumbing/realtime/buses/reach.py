"""Reaches sockets in folders whose path is longer than a socket's address may be."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST = 100
"""Of an address in bytes; Linux takes 107 and macOS 103."""

NAME = 24
"""Bytes a socket's own name takes, with its slash."""


@contextmanager
def reached(folder: Path) -> Iterator[Path]:
    """A path to `folder` short enough for the sockets in it, valid inside the context.

    Linux lends a short one for a folder that is held open; elsewhere the path is given as it is, and one
    that is too long fails with OSError where it is used.
    """
    if len(os.fsencode(folder)) + NAME <= LONGEST or not Path("/proc/self/fd").exists():
        yield folder
        return
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield Path(f"/proc/self/fd/{held}")
    finally:
        os.close(held)
