"""Opens a file that a person hands in, and refuses what is damaged or could do harm before anything reads it."""

import codecs
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged, ArchiveIsEmpty
from heard.features.arrivals.formats.tars import Tar, Unpacked, is_tar
from heard.features.arrivals.formats.zips import Zip

_NOT_CONTENT = ("__MACOSX", ".DS_Store", "Thumbs.db")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error)


class Archive:
    """A zip, a tar or a single file, as names and readable members. One folder round all the rest is left out.

    Use as a context manager. Every name is a clean relative path with `/`. A tar is unpacked into `scratch`, or
    where temporary files go. `mapping` says which column of a table holds what, where somebody said so;
    `folder` is the path that was left out.
    """

    def __init__(
        self, path: Path, name: str = "", scratch: Path | None = None, unpacked: Unpacked | None = None
    ) -> None:
        self.path = path
        self.name = shown_name(name or path.name)
        self.mapping: Mapping[str, str] = {}
        self.folder = ""
        self._holder: Zip | Tar | None = None
        self._inside: dict[str, str] = {}
        self._folders: dict[str, list[str]] | None = None
        self._being_read: set[IO[bytes]] = set()
        try:
            with path.open("rb") as opened:
                start = opened.read(4)
        except OSError as error:
            raise ArchiveIsDamaged(self.name, error.strerror or str(error)) from error
        if not start:
            raise ArchiveIsDamaged(self.name, _("it is empty"))
        if start[:2] == b"PK":
            self._holder = Zip(path, self.name)
        elif unpacked is not None or is_tar(path, self.name):
            self._holder = Tar(path, self.name, scratch, unpacked)
        self._names = self._listed()

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process opens the same file for itself, but what is unpacked already it borrows."""
        unpacked = self._holder.unpacked if isinstance(self._holder, Tar) else None
        return _opened_again, (self.path, self.name, unpacked, dict(self.mapping))

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file, also of members that were not read to their end."""
        for member in self._being_read:
            member.close()
        if self._holder:
            self._holder.close()

    @property
    def names(self) -> list[str]:
        """Every member, in the order of its name."""
        return self._names

    @property
    def is_packed(self) -> bool:
        """Whether it may hold several members: a zip or a tar."""
        return self._holder is not None

    def __contains__(self, name: str) -> bool:
        return name in self._inside if self._holder else name == self.name

    def folders(self) -> dict[str, list[str]]:
        """The members of each folder that holds any, by the folder's path."""
        if self._folders is None:
            self._folders = {}
            for name in self._names:
                folder, _slash, _file = name.rpartition("/")
                self._folders.setdefault(folder, []).append(name)
        return self._folders

    def size_of(self, name: str) -> int:
        """How many bytes a member has when it is unpacked."""
        return self._holder.size_of(self._inside[name]) if self._holder else self.path.stat().st_size

    def open(self, name: str) -> IO[bytes]:
        """The bytes of a member; a wrong checksum or a cut shows while reading (see `chunks`)."""
        return self._holder.open(self._inside[name]) if self._holder else self.path.open("rb")

    def chunks(self, name: str, size: int = 1 << 18) -> Iterator[bytes]:
        """The bytes of a member in pieces; refuses with its name when it turns out to be damaged."""
        opened = self.open(name)
        self._being_read.add(opened)
        try:
            while True:
                try:
                    piece = opened.read(size)
                except _DAMAGE as error:
                    raise ArchiveIsDamaged(name, _("it is cut off or has changed since it was made")) from error
                if not piece:
                    break
                yield piece
        finally:
            opened.close()
            self._being_read.discard(opened)

    def head(self, name: str, size: int = 4096) -> str:
        """The beginning of a member as text, for telling what it is."""
        with self.open(name) as opened:
            try:
                piece = opened.read(size)
            except _DAMAGE as error:
                raise ArchiveIsDamaged(name, _("it is cut off or has changed since it was made")) from error
        encoding = "utf-16" if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
        return piece.decode(encoding, "replace")

    def _listed(self) -> list[str]:
        if self._holder is None:
            return [self.name]
        held = [name for name in self._holder.files if not _is_litter(name)]
        if not held:
            self.close()
            raise ArchiveIsEmpty(self.name)
        cut = _length_of_common_folder(held)
        self.folder = held[0][:cut].rstrip("/")
        self._inside = {name[cut:]: name for name in held}
        return sorted(self._inside)


def shown_name(name: str) -> str:
    """The name of a file as text, also where it is none."""
    return name.encode("utf-8", "replace").decode()


def _opened_again(path: Path, name: str, unpacked: Unpacked | None, mapping: dict[str, str]) -> Archive:
    archive = Archive(path, name, unpacked=unpacked)
    archive.mapping = mapping
    return archive


def _is_litter(name: str) -> bool:
    return any(part in _NOT_CONTENT or part.startswith("._") for part in name.split("/"))


def _length_of_common_folder(names: list[str]) -> int:
    cut = 0
    while True:
        first, slash, _rest = names[0][cut:].partition("/")
        if not slash or any(not name.startswith(first + "/", cut) for name in names):
            return cut
        cut += len(first) + 1
