"""Who reports to whom among those who come: known only when everybody is here."""

from collections.abc import Mapping

from heard.features.arrivals.actions.known import Known
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import PersonRecord
from heard.foundation.people.models import Person


class Managers:
    """Remembers whom each person reports to until all are written."""

    def __init__(self, known: Known, tally: Tally) -> None:
        self.known, self.tally = known, tally
        self.bosses: dict[int, PersonRecord] = {}
        self.renamed: dict[str, str] = {}

    def remember(self, record: PersonRecord, person_id: int) -> None:
        """Takes in one person who is here now."""
        if record.manager_key or record.manager_email:
            self.bosses[person_id] = record

    def pairs(self) -> list[tuple[int, int]]:
        """Who reports to whom, as pairs of ids: managers by key or address, no circle, and nobody's replaced."""
        if not self.bosses:
            return []
        up = dict(Person.objects.exclude(manager=None).values_list("pk", "manager_id"))
        addresses = {record.manager_email for record in self.bosses.values() if record.manager_email}
        by_address = {address: person.pk for address, person in accounts_at(addresses).items()}
        pairs = []
        for person_id, record in self.bosses.items():
            whom = self.known.people.get(self.renamed.get(record.manager_key, record.manager_key))
            boss = whom.id if whom else by_address.get(record.manager_email)
            if boss is None:
                self.tally.note(reasons.UNKNOWN_MANAGER, record.where)
            elif person_id not in up:
                if _leads_back(boss, person_id, up):
                    self.tally.note(reasons.CYCLE, record.where)
                else:
                    up[person_id] = boss
                    pairs.append((person_id, boss))
        return pairs


def note_unknown_managers(tally: Tally) -> None:
    """Notes, before anything is written, managers who are neither in the file nor here."""
    missing = [(address, where) for key, address, where in tally.managers if not {key, address} & tally.known_as]
    here = accounts_at({address for address, _where in missing if address})
    for address, where in missing:
        if address not in here:
            tally.note(reasons.UNKNOWN_MANAGER, where)


def accounts_at(addresses: set[str]) -> dict[str, Person]:
    """Accounts by address, those that there are."""
    listed = sorted(addresses)
    parts = (listed[start : start + 500] for start in range(0, len(listed), 500))
    return {
        person.email: person
        for part in parts
        for person in Person.objects.filter(email__in=part)
        if person.email is not None
    }


def _leads_back(boss: int, person: int, up: Mapping[int, int | None]) -> bool:
    above: int | None = boss
    for _step in range(len(up) + 2):
        if above is None or above == person:
            break
        above = up.get(above)
    return above == person
