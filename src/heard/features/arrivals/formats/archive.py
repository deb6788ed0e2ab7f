"""Opens a file that a person hands in, and refuses what is damaged or could do harm before anything reads it."""

import codecs
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged, NotAnArchive
from heard.features.arrivals.formats.safety import refuse_endless_directory, refuse_harmful_members

_NOT_CONTENT = ("__MACOSX", ".DS_Store", "Thumbs.db")


class Archive:
    """A zip or a single file, as names and readable members. One folder that holds all the rest is left out of names.

    Use as a context manager. Every name is a clean relative path with `/`.
    """

    def __init__(self, path: Path, name: str = "") -> None:
        self.path = path
        self.name = name or path.name
        self._zip: zipfile.ZipFile | None = None
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._folders: dict[str, list[str]] | None = None
        self._being_read: set[IO[bytes]] = set()
        try:
            with path.open("rb") as opened:
                start = opened.read(4)
        except OSError as error:
            raise ArchiveIsDamaged(self.name, error.strerror or str(error)) from error
        if not start:
            raise ArchiveIsDamaged(self.name, _("it is empty"))
        self._names = [self.name]
        if start[:2] == b"PK":
            try:
                self._open_zip()
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file, also of members that were not read to their end."""
        for member in self._being_read:
            member.close()
        if self._zip:
            self._zip.close()

    @property
    def names(self) -> list[str]:
        """Every member, in the order of its name."""
        return self._names

    @property
    def is_zip(self) -> bool:
        return self._zip is not None

    def __contains__(self, name: str) -> bool:
        return name in self._members if self._zip else name == self.name

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
        return self._members[name].file_size if self._zip else self.path.stat().st_size

    def open(self, name: str) -> IO[bytes]:
        """The bytes of a member; a wrong checksum or a cut shows while reading (see `chunks`)."""
        if self._zip is None:
            return self.path.open("rb")
        try:
            return self._zip.open(self._members[name])
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise ArchiveIsDamaged(name, _("it cannot be unpacked")) from error

    def chunks(self, name: str, size: int = 1 << 18) -> Iterator[bytes]:
        """The bytes of a member in pieces; refuses with its name when it turns out to be damaged."""
        opened = self.open(name)
        self._being_read.add(opened)
        while True:
            try:
                piece = opened.read(size)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error) as error:
                raise ArchiveIsDamaged(name, _("it is cut off or has changed since it was made")) from error
            if not piece:
                break
            yield piece
        opened.close()
        self._being_read.discard(opened)

    def head(self, name: str, size: int = 4096) -> str:
        """The beginning of a member as text, for telling what it is."""
        with self.open(name) as opened:
            try:
                piece = opened.read(size)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
                raise ArchiveIsDamaged(name, _("it is cut off or has changed since it was made")) from error
        encoding = "utf-16" if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
        return piece.decode(encoding, "replace")

    def _open_zip(self) -> None:
        refuse_endless_directory(self.path, self.name)
        try:
            self._zip = zipfile.ZipFile(self.path)
        except (zipfile.BadZipFile, OSError, struct.error, ValueError, NotImplementedError) as error:
            raise ArchiveIsDamaged(self.name, _("the zip file is not whole")) from error
        members = [member for member in self._zip.infolist() if not member.is_dir()]
        refuse_harmful_members(members, self.name)
        members = [member for member in members if not _is_litter(member.filename)]
        if not members:
            raise NotAnArchive(self.name, _("an empty zip file"))
        cut = _length_of_common_folder([member.filename for member in members])
        self._members = {member.filename.replace("\\", "/")[cut:]: member for member in members}
        self._names = sorted(self._members)


def _is_litter(name: str) -> bool:
    return any(part in _NOT_CONTENT or part.startswith("._") for part in name.split("/"))


def _length_of_common_folder(names: list[str]) -> int:
    cut = 0
    while True:
        first, slash, _rest = names[0][cut:].partition("/")
        if not slash or any(not name.startswith(first + "/", cut) for name in names):
            return cut
        cut += len(first) + 1
