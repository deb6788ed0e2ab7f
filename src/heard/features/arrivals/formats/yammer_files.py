"""The files of a Viva Engage export: what they are called, and where in the archive they lie."""

import json
import mimetypes
from collections.abc import Iterator

from django.utils.translation import gettext as _

from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import FileRecord
from heard.features.arrivals.formats.references import clean
from heard.features.arrivals.formats.shelf import Shelf
from heard.features.arrivals.formats.yammer_networks import Network
from heard.features.arrivals.formats.yammer_tables import rows
from heard.features.arrivals.formats.yammer_text import files_in


class Files:
    """Names and members by number; names lie outside memory."""

    def __init__(self, archive: Archive, networks: list[Network]) -> None:
        self.archive = archive
        self._names = Shelf()
        self._members: dict[str, str] = {}
        for network in networks:
            for name in archive.folders().get(f"{network.folder}Files", ()):
                stem = name.rpartition("/")[2].partition(".")[0]
                self._members.setdefault(stem, name)
            for cells, _where in rows(archive, network.file("Files"), frozenset(["fileid"])):
                path = cells["path"].replace("\\", "/").lstrip("/")
                self._names.put(
                    cells["fileid"], json.dumps([clean(cells["name"]), network.folder + path if path else ""])
                )

    def of(self, attachments: str, message_key: str, where: str) -> Iterator[FileRecord]:
        """The files that a message carries."""
        for key in files_in(attachments):
            kept = self._names.get(key)
            name, path = json.loads(kept) if kept else ("", "")
            member = path if path and path in self.archive else self._members.get(key, "")
            named = name or member.rpartition("/")[2] or _("a file without a name")
            yield FileRecord(
                message_key=message_key,
                key=key,
                name=named,
                media_type=mimetypes.guess_type(named)[0] or "",
                size=self.archive.size_of(member) if member else 0,
                member=member,
                where=where,
            )
