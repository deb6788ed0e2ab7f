"""The people of a Viva Engage export: staff, guests, and whoever only stands under a message."""

from datetime import datetime

from django.utils import timezone

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.acquaintances import Acquaintances
from heard.features.arrivals.formats.domains import domain_of
from heard.features.arrivals.formats.moments import latest_moment, moment_in
from heard.features.arrivals.formats.records import Noted, PersonRecord, Record, Standing
from heard.features.arrivals.formats.yammer_tables import Cells

_LONGEST_KEY = 60


class People(Acquaintances):
    """Who has been met. Whoever has an address at home is staff, everybody else a guest: so the maker says."""

    def __init__(self, domain: str) -> None:
        super().__init__()
        self.domain = domain

    def person_of(self, cells: Cells, where: str) -> PersonRecord | Noted:
        """The record of a row of `Users.csv`."""
        key, address = cells["id"], cells["email"].lower()
        if not key or len(key) > _LONGEST_KEY:
            return Noted(reasons.BROKEN_RECORD, where)
        return PersonRecord(
            key=key,
            name=cells["name"] or address.partition("@")[0] or key,
            email=address,
            title=cells["jobtitle"],
            unit=(cells["department"],) if cells["department"] and self._standing(address) == "staff" else (),
            place=cells["location"],
            standing=self._standing(address),
            left_at=_left_at(cells),
            where=where,
        )

    def author(self, message: dict[str, str], where: str) -> tuple[str, list[Record]]:
        """Who wrote a message. The list names only those who came or went in the time of the export."""
        key = message.get("senderid", "")[:_LONGEST_KEY]
        if not key or key in self:
            return key, []
        name, address = message.get("sendername", ""), message.get("senderemail", "").lower()
        if not domain_of(address):
            return key, [*self.met(key, where, name=name)]
        record = PersonRecord(
            key=key,
            name=name or address.partition("@")[0],
            email=address,
            standing=self._standing(address),
            where=where,
        )
        return key, [self.listed(record)]

    def _standing(self, address: str) -> Standing:
        return "staff" if not address or domain_of(address) == self.domain else "guest"


def _left_at(cells: Cells) -> datetime | None:
    """`soft_delete` alone is somebody who has not come yet; with a time it is somebody who was sent away or went."""
    latest = latest_moment()
    for name in ("deletedat", "suspendedat"):
        if value := cells[name]:
            return moment_in(value, latest) or timezone.now()
    return timezone.now() if cells["state"].casefold() in ("deleted", "suspended") else None
