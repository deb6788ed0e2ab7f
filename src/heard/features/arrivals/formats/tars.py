"""Unpacks a tar archive, packed or not, beside where it is read from: its parts cannot be read out of order."""

import io
import lzma
import os
import tarfile
import tempfile
import zlib
from collections.abc import Buffer
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged, ArchiveIsUnsafe
from heard.features.arrivals.formats.safety import MOST_BYTES, MOST_ENTRIES, MOST_SWELLING, SMALL

_PIECE = 1 << 20
_PACKED = (b"\xfd7zXZ", b"\x1f\x8b", b"BZh")


def is_tar(path: Path) -> bool:
    """Whether a file is a tar archive, also one that is packed with xz, gzip or bzip2."""
    with path.open("rb") as opened:
        start = opened.read(512)
    if not start.startswith(_PACKED) and start[257:262] != b"ustar":
        return False
    try:
        with tarfile.open(path) as opened_tar:
            return opened_tar.next() is not None
    except (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError):
        return False


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Where the content of every member stands in one file: its beginning and its length in bytes, by its name."""

    path: Path
    places: dict[str, tuple[int, int]]


class Tar:
    """The members of a tar archive, unpacked one after another into one file that goes when the archive is closed.

    Another process may borrow what one has `unpacked`, and leaves it where it is.
    """

    def __init__(self, path: Path, name: str, scratch: Path | None, unpacked: Unpacked | None = None) -> None:
        self.name = name
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        if unpacked is None:
            self._folder = tempfile.TemporaryDirectory(prefix="unpacked-", dir=scratch, ignore_cleanup_errors=True)
        self.unpacked = unpacked or Unpacked(Path(self._folder.name if self._folder else "") / "members", {})
        self.files = self.unpacked.places
        try:
            if self._folder:
                self._unpack(path)
            self._read_from = os.open(self.unpacked.path, os.O_RDONLY)
        except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError) as error:
            self._discard()
            raise ArchiveIsDamaged(name, _("it is cut off or has changed since it was made")) from error
        except OSError as error:
            self._discard()
            raise ArchiveIsDamaged(name, error.strerror or _("it cannot be unpacked")) from error
        except BaseException:
            self._discard()
            raise

    def close(self) -> None:
        """Throws away what was unpacked."""
        if self._read_from >= 0:
            os.close(self._read_from)
            self._read_from = -1
        self._discard()

    def size_of(self, member: str) -> int:
        return self.files[member][1]

    def open(self, member: str) -> IO[bytes]:
        return io.BufferedReader(_Part(self._read_from, *self.files[member]))

    def _discard(self) -> None:
        if self._folder:
            self._folder.cleanup()

    def _unpack(self, path: Path) -> None:
        left = min(MOST_BYTES, max(SMALL, MOST_SWELLING * path.stat().st_size))
        with tarfile.open(path) as opened, self.unpacked.path.open("xb") as written:
            for nth, member in enumerate(opened):
                if nth >= MOST_ENTRIES:
                    raise ArchiveIsUnsafe(_("“%(name)s” holds too many files.") % {"name": self.name})
                self._refuse_harmful(member)
                content = opened.extractfile(member) if member.isfile() else None
                if content is None:
                    continue
                left -= member.size
                if left < 0:
                    raise ArchiveIsUnsafe(_("“%(name)s” swells beyond reason when unpacked.") % {"name": self.name})
                begins = written.tell()
                while piece := content.read(_PIECE):
                    written.write(piece)
                self.files[member.name.removeprefix("./")] = begins, written.tell() - begins

    def _refuse_harmful(self, member: tarfile.TarInfo) -> None:
        path = PurePosixPath(member.name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or not (member.isfile() or member.isdir()):
            raise ArchiveIsUnsafe(
                _("“%(name)s” holds a path that leads out of its folder: “%(path)s”.")
                % {"name": self.name, "path": member.name[:100]}
            )


class _Part(io.RawIOBase):
    """A part of a file, read by itself; many may be read from the same file at once."""

    def __init__(self, file: int, begins: int, length: int) -> None:
        self._file, self._begins, self._length, self._at = file, begins, length, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        most = min(len(view), self._length - self._at)
        read = os.preadv(self._file, [view[:most]], self._begins + self._at) if most > 0 else 0
        self._at += read
        return read
