"""Reads the members of a zip where they stand."""

import struct
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats.safety import refuse_endless_directory, refuse_harmful_members


class Zip:
    """The members of a zip, refused where they could do harm."""

    def __init__(self, path: Path, name: str) -> None:
        refuse_endless_directory(path, name)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, struct.error, ValueError, NotImplementedError) as error:
            raise ArchiveIsDamaged(name, _("the zip file is not whole")) from error
        members = [member for member in self._zip.infolist() if _is_file(member)]
        try:
            refuse_harmful_members(members, name, path.stat().st_size)
        except BaseException:
            self.close()
            raise
        self.files = {member.filename.replace("\\", "/"): member for member in members}

    def close(self) -> None:
        """Lets go of the file."""
        self._zip.close()

    def size_of(self, member: str) -> int:
        return self.files[member].file_size

    def open(self, member: str) -> IO[bytes]:
        """Raises ArchiveIsDamaged."""
        try:
            return self._zip.open(self.files[member])
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise ArchiveIsDamaged(member, _("it cannot be unpacked")) from error


def _is_file(member: zipfile.ZipInfo) -> bool:
    """A folder is none, and neither is what has no name."""
    return not member.is_dir() and PurePosixPath(member.filename.replace("\\", "/")).parts != ()
