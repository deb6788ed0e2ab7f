"""Refuses a zip that could do harm, before anything in it is read."""

import struct
import zipfile
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged, ArchiveIsUnsafe

MOST_ENTRIES = 250_000
MOST_DIRECTORY = 96 * 2**20
MOST_BYTES = 64 * 2**30
MOST_SWELLING = 250
SMALL = 4 * 2**20
MOST_OF_SMALL = 16 * SMALL
# What unpacking leaves free on the disk, for the database and whatever else lies there.
SPARE = 200 * 10**6
_END_OF_DIRECTORY = b"PK\x05\x06"
_END_OF_DIRECTORY_64 = b"PK\x06\x06"


def refuse_endless_directory(path: Path, name: str) -> None:
    """Refuses a zip with too many entries before its list is read into memory."""
    with path.open("rb") as opened:
        opened.seek(0, 2)
        length = opened.tell()
        opened.seek(max(0, length - 66_000))
        tail = opened.read()
    at = tail.rfind(_END_OF_DIRECTORY)
    if at < 0 or len(tail) < at + 22:
        raise ArchiveIsDamaged(name, _("the zip file is cut off"))
    entries, size = struct.unpack("<HL", tail[at + 10 : at + 16])
    at_64 = tail.rfind(_END_OF_DIRECTORY_64, 0, at)
    if at_64 >= 0 and (entries == 0xFFFF or size == 0xFFFFFFFF) and at >= at_64 + 56:
        entries, size = struct.unpack("<QQ", tail[at_64 + 32 : at_64 + 48])
    if entries > MOST_ENTRIES or size > MOST_DIRECTORY:
        raise ArchiveIsUnsafe(
            _("“%(name)s” holds more than %(most)s files. Please export a shorter time.")
            % {"name": name, "most": f"{MOST_ENTRIES:,}"}
        )


def refuse_harmful_members(members: list[zipfile.ZipInfo], name: str, size: int) -> None:
    """Refuses paths that climb out, links, encryption, and what swells when a zip of `size` bytes is unpacked."""
    if len(members) > MOST_ENTRIES:
        raise ArchiveIsUnsafe(_("“%(name)s” holds too many files.") % {"name": name})
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_BYTES:
        raise ArchiveIsUnsafe(_("“%(name)s” would unpack to more than 64 GB.") % {"name": name})
    if unpacked > max(MOST_OF_SMALL, MOST_SWELLING * size):
        raise ArchiveIsUnsafe(_("“%(name)s” swells beyond reason when unpacked.") % {"name": name})
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        is_link = member.create_system == 3 and (member.external_attr >> 28) == 0xA
        if path.is_absolute() or ".." in path.parts or any(":" in part for part in path.parts[:1]) or is_link:
            raise ArchiveIsUnsafe(
                _("“%(name)s” holds a path that leads out of its folder: “%(path)s”.")
                % {"name": name, "path": member.filename[:100]}
            )
        if member.flag_bits & 1:
            raise ArchiveIsUnsafe(_("“%(name)s” is locked with a password.") % {"name": name})
        if member.file_size > SMALL and member.file_size > MOST_SWELLING * max(member.compress_size, 1):
            raise ArchiveIsUnsafe(
                _("“%(path)s” in “%(name)s” swells beyond reason when unpacked.")
                % {"name": name, "path": member.filename[:100]}
            )
