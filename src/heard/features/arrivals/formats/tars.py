"""Unpacks a tar archive, packed or not, beside where it is read from: its parts cannot be read out of order."""

import lzma
import tarfile
import tempfile
import zlib
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


class Tar:
    """The members of a tar archive, unpacked under names of our own into a folder that goes when it is closed.

    Another process may borrow what one has unpacked, as `files`, and leaves it where it is.
    """

    def __init__(self, path: Path, name: str, scratch: Path | None, files: dict[str, Path] | None = None) -> None:
        self.name = name
        self.files: dict[str, Path] = files or {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        if files is not None:
            return
        self._folder = tempfile.TemporaryDirectory(prefix="unpacked-", dir=scratch, ignore_cleanup_errors=True)
        try:
            self._unpack(path, Path(self._folder.name))
        except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError) as error:
            self.close()
            raise ArchiveIsDamaged(name, _("it is cut off or has changed since it was made")) from error
        except OSError as error:
            self.close()
            raise ArchiveIsDamaged(name, error.strerror or _("it cannot be unpacked")) from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Throws away what was unpacked."""
        if self._folder:
            self._folder.cleanup()

    def size_of(self, member: str) -> int:
        return self.files[member].stat().st_size

    def open(self, member: str) -> IO[bytes]:
        return self.files[member].open("rb")

    def _unpack(self, path: Path, folder: Path) -> None:
        left = min(MOST_BYTES, max(SMALL, MOST_SWELLING * path.stat().st_size))
        with tarfile.open(path) as opened:
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
                target = folder / str(nth)
                with target.open("xb") as written:
                    while piece := content.read(_PIECE):
                        written.write(piece)
                self.files[member.name.removeprefix("./")] = target

    def _refuse_harmful(self, member: tarfile.TarInfo) -> None:
        path = PurePosixPath(member.name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or not (member.isfile() or member.isdir()):
            raise ArchiveIsUnsafe(
                _("“%(name)s” holds a path that leads out of its folder: “%(path)s”.")
                % {"name": self.name, "path": member.name[:100]}
            )
