"""Unpacks a tar archive, packed or not, beside where it is read from: its parts cannot be read out of order."""

import errno
import io
import lzma
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Buffer
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged, ArchiveIsUnsafe, DiskIsTooFull
from heard.features.arrivals.formats.references import clean
from heard.features.arrivals.formats.safety import MOST_BYTES, MOST_SWELLING, SMALL, SPARE
from heard.features.arrivals.formats.tar_headers import may_be_tar, opened_tar

_PIECE = 1 << 20
_DAMAGE = (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, RecursionError)


def is_tar(path: Path, name: str) -> bool:
    """Whether a file is a tar archive, also one that is packed with xz, gzip or bzip2; raises ArchiveIsUnsafe."""
    if not may_be_tar(path):
        return False
    try:
        with opened_tar(path, name) as (members, _stream):
            return next(members, None) is not None
    except (*_DAMAGE, OSError):
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
        except _DAMAGE as error:
            self._discard()
            raise ArchiveIsDamaged(name, _("it is cut off or has changed since it was made")) from error
        except OSError as error:
            self._discard()
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskIsTooFull(path.stat().st_size // 10**6, 0) from error
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
        with opened_tar(path, self.name) as (members, stream), self.unpacked.path.open("xb") as written:
            for member in members:
                self._refuse_harmful(member)
                if not member.isfile():
                    continue
                left -= member.size
                if left < 0:
                    raise ArchiveIsUnsafe(_("“%(name)s” swells beyond reason when unpacked.") % {"name": self.name})
                self._refuse_full_disk(written.tell(), member.size)
                stream.seek(member.offset_data)
                self.files[_name_of(member)] = written.tell(), member.size
                _copy(stream, written, member.size)

    def _refuse_full_disk(self, written: int, size: int) -> None:
        free = shutil.disk_usage(self.unpacked.path.parent).free
        if free < size + SPARE:
            raise DiskIsTooFull((written + size + SPARE) // 10**6, (written + free) // 10**6)

    def _refuse_harmful(self, member: tarfile.TarInfo) -> None:
        path = PurePosixPath(member.name.replace("\\", "/"))
        is_usual = (member.isfile() or member.isdir()) and not member.issparse()
        if path.is_absolute() or ".." in path.parts or not is_usual:
            raise ArchiveIsUnsafe(
                _("“%(name)s” holds a path that leads out of its folder: “%(path)s”.")
                % {"name": self.name, "path": member.name[:100]}
            )


def _name_of(member: tarfile.TarInfo) -> str:
    """Its name as text, also where it is none."""
    raw = member.name.encode("utf-8", "surrogateescape")
    return clean(raw.decode("utf-8", "backslashreplace")).removeprefix("./")


def _copy(stream: IO[bytes], written: IO[bytes], size: int) -> None:
    while size:
        if not (piece := stream.read(min(size, _PIECE))):
            raise EOFError
        size -= written.write(piece)


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
