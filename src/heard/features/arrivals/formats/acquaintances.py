"""Who has been met so far in an archive, with a placeholder for those whom no list names."""

from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import Noted, PersonRecord, Standing


class Acquaintances:
    """Names by key; each person is made a record of once."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def __contains__(self, key: str) -> bool:
        return key in self.names

    def listed(self, record: PersonRecord) -> PersonRecord:
        """Notes somebody whom a list names."""
        self.names[record.key] = record.name
        return record

    def met(
        self, key: str, where: str, *, name: str = "", standing: Standing = "unlisted"
    ) -> list[PersonRecord | Noted]:
        """A record of somebody whom no list names, and a note of it unless it is a program; nothing if known."""
        if key in self.names:
            return []
        named = name or _("Somebody (%(key)s)") % {"key": key[:60]}
        record = self.listed(PersonRecord(key=key, name=named, standing=standing, where=where))
        return [record] if standing == "program" else [record, Noted(reasons.PLACEHOLDER_AUTHOR, where)]
