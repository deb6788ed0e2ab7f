"""Reads the headers of a tar archive, packed or not, and refuses those that would fill the memory."""

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, cast

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsUnsafe
from heard.features.arrivals.formats.safety import MOST_DIRECTORY, MOST_ENTRIES

_PACKED: dict[bytes, Any] = {b"\xfd7zXZ": lzma.open, b"\x1f\x8b": gzip.open, b"BZh": bz2.open}
# A path has 4 KB at most, and what a file system notes of a file 64 KB.
_MOST_OF_ONE = 256 * 2**10


def may_be_tar(path: Path) -> bool:
    """Whether a file begins like a tar archive, or is packed as one may be."""
    with path.open("rb") as opened:
        start = opened.read(512)
    return start.startswith(tuple(_PACKED)) or start[257:262] == b"ustar"


@contextmanager
def opened_tar(path: Path, name: str) -> Iterator[tuple[Iterator[tarfile.TarInfo], IO[bytes]]]:
    """The members of an archive, and the stream that each one's content is read from, at its `offset_data`.

    Raises ArchiveIsUnsafe, and whatever reading a damaged file may: tarfile, zlib, lzma, EOFError, RecursionError.
    """
    with ExitStack() as kept:
        with path.open("rb") as opened:
            start = opened.read(6)
        unpacking = next((unpack for sign, unpack in _PACKED.items() if start.startswith(sign)), open)
        stream = kept.enter_context(unpacking(path, "rb"))
        headers = _Headers(stream, name)
        read = tarfile.TarFile(fileobj=cast("IO[bytes]", headers), encoding="utf-8")
        yield _members(read, headers, name), stream


def _members(read: tarfile.TarFile, headers: "_Headers", name: str) -> Iterator[tarfile.TarInfo]:
    for nth, member in enumerate(read):
        if nth >= MOST_ENTRIES:
            raise ArchiveIsUnsafe(_("“%(name)s” holds too many files.") % {"name": name})
        yield member
        headers.begin()


class _Headers:
    """A stream from which only so much is read before each member, and only so much in all."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self.seek, self.tell, self.close = stream.seek, stream.tell, stream.close
        self._stream, self._name = stream, name
        self._of_one, self._of_all = _MOST_OF_ONE, MOST_DIRECTORY + MOST_ENTRIES * tarfile.BLOCKSIZE

    def begin(self) -> None:
        """The next member comes."""
        self._of_one = _MOST_OF_ONE

    def read(self, size: int) -> bytes:
        """Refuses before anything is read."""
        self._of_one -= size
        self._of_all -= size
        if min(self._of_one, self._of_all) < 0:
            raise ArchiveIsUnsafe(_("“%(name)s” swells beyond reason when unpacked.") % {"name": self._name})
        return self._stream.read(size)
