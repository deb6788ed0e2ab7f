"""People who come: matched to accounts by address and by nothing else, or new and unclaimed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from heard.features.arrivals.actions.known import Known
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import PersonRecord
from heard.features.arrivals.models import Arrived, Sort
from heard.foundation.people.actions import add_unit, words_for
from heard.foundation.people.models import Person, Unit, Word
from heard.plumbing.rows import insert_rows
from heard.plumbing.words import handle_from

# What an account may lack and a table of people may know. Nothing that stands there is changed.
_FILLED = ("title", "place", "telephone", "about", "started_on", "time_zone", "skills", "languages", "unit_id")


@dataclass(slots=True)
class Newcomers:
    """The people of one batch, found or made ready before the transaction that writes them."""

    fresh: dict[str, Person] = field(default_factory=dict)
    matched: dict[str, Person] = field(default_factory=dict)
    records: dict[str, PersonRecord] = field(default_factory=dict)


class People:
    """Writes people, and at the end who manages whom."""

    def __init__(self, known: Known, tally: Tally, now: datetime) -> None:
        self.known, self.tally, self.now = known, tally, now
        self.bosses: dict[int, PersonRecord] = {}
        self.units: dict[tuple[str, ...], Unit | None] = {(): None}
        self.made_here: set[int] = set()

    def prepare(self, records: Iterable[PersonRecord]) -> Newcomers:
        """Matches those of `records` that are not here yet."""
        batch = Newcomers()
        for record in records:
            if record.key in self.known.people:
                self._remember_boss(record, self.known.people[record.key].id)
                here = self.tally.note if self.known.is_conversation else self.tally.skip
                here(reasons.ALREADY_HERE, record.where)
            else:
                batch.records[record.key] = record
        by_address = self._accounts({record.email for record in batch.records.values()} - {""})
        numbers = self._numbers(batch.records.values())
        handles: set[str] = set()
        for key, record in batch.records.items():
            account = by_address.get(record.email) if record.email else None
            if account is not None:
                batch.matched[key] = account
                continue
            person = self._new(record, handles, numbers)
            batch.fresh[key] = person
            if person.email:
                by_address[person.email] = person
        return batch

    def write(self, batch: Newcomers) -> list[Arrived]:
        """Writes a batch inside the caller's transaction."""
        for key, person in (batch.fresh | batch.matched).items():
            unit = self._unit(batch.records[key].unit)
            if unit is not None and person.unit_id is None:
                person.unit = unit
        Person.objects.bulk_create(batch.fresh.values())
        self.made_here.update(person.pk for person in batch.fresh.values())
        self._fill(batch)
        words = [
            {"person_id": person.pk, "word": word}
            for person in batch.fresh.values()
            for word in sorted(words_for(person))
        ]
        insert_rows(Word, words)
        rows = []
        for key, record in batch.records.items():
            person = batch.fresh.get(key) or batch.matched[key]
            self.known.remember_person(key, person)
            self._remember_boss(record, person.pk)
            rows.append(self.known.arrived(Sort.PERSON, key, person.pk))
        return rows

    def count(self, batch: Newcomers) -> None:
        """Tells the tally what became of a batch."""
        for key, record in batch.records.items():
            if key in batch.fresh:
                self.tally.add(record)
            else:
                self.tally.note(reasons.FOLDED, record.where)

    def write_bosses(self) -> Sequence[tuple[int, int]]:
        """Who reports to whom, as pairs of ids: managers by key or address, no circle, and nobody's replaced."""
        if not self.bosses:
            return []
        up = dict(Person.objects.exclude(manager=None).values_list("pk", "manager_id"))
        addresses = {record.manager_email for record in self.bosses.values() if record.manager_email}
        by_address = {address: person.pk for address, person in self._accounts(addresses).items()}
        pairs = []
        for person_id, record in self.bosses.items():
            whom = self.known.people.get(record.manager_key)
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

    def _new(self, record: PersonRecord, handles: set[str], numbers: set[str]) -> Person:
        number = record.staff_number[:64] or None
        if number and number in numbers:
            self.tally.note(reasons.NUMBER_TAKEN, record.where)
            number = None
        elif number:
            numbers.add(number)
        handle = handle_from(
            record.handle or record.name, lambda it: it in handles or Person.objects.filter(handle=it).exists()
        )
        handles.add(handle)
        if len(record.name) > 150 or len(record.title) > 150 or len(record.place) > 100:
            self.tally.note(reasons.TOO_LONG, record.where)
        left_at = record.left_at or (self.now if record.standing in ("program", "unlisted") else None)
        person = Person(
            # A guest comes in by invitation only: an address of theirs would make them a member.
            email=record.email or None if record.standing == "staff" else None,
            staff_number=number,
            handle=handle,
            name=record.name[:150],
            joined_at=self.now,
            left_at=left_at,
            **_about(record),
        )
        person.set_unusable_password()
        return person

    def _fill(self, batch: Newcomers) -> None:
        for key, person in batch.matched.items():
            record = batch.records[key]
            known = _about(record) | {"unit_id": person.unit_id}
            fields = [name for name in _FILLED if known.get(name) and not getattr(person, name)]
            for name in fields:
                setattr(person, name, known[name])
            if person.unit_id and not Person.objects.filter(pk=person.pk, unit=person.unit_id).exists():
                fields.append("unit_id")
            if person.pk in self.made_here and person.left_at and record.standing == "staff" and not record.left_at:
                person.left_at = None
                fields.append("left_at")
            if fields:
                person.save(update_fields=sorted({name.removesuffix("_id") for name in fields}))

    def _unit(self, path: tuple[str, ...]) -> Unit | None:
        if path not in self.units:
            parent = self._unit(path[:-1])
            name = path[-1][:200]
            found = Unit.objects.filter(name=name, parent=parent).order_by("pk").first()
            self.units[path] = found or add_unit(name, parent=parent)
        return self.units[path]

    def _remember_boss(self, record: PersonRecord, person_id: int) -> None:
        if record.manager_key or record.manager_email:
            self.bosses[person_id] = record

    def _accounts(self, addresses: set[str]) -> dict[str, Person]:
        listed = sorted(addresses)
        parts = (listed[start : start + 500] for start in range(0, len(listed), 500))
        return {
            person.email: person
            for part in parts
            for person in Person.objects.filter(email__in=part)
            if person.email is not None
        }

    def _numbers(self, records: Iterable[PersonRecord]) -> set[str]:
        wanted = [record.staff_number[:64] for record in records if record.staff_number]
        found = Person.objects.filter(staff_number__in=wanted).values_list("staff_number", flat=True)
        return {number for number in found if number}


def _about(record: PersonRecord) -> dict[str, Any]:
    return {
        "title": record.title[:150],
        "place": record.place[:100],
        "telephone": record.telephone[:40],
        "about": record.about,
        "started_on": record.started_on,
        "time_zone": record.time_zone[:64],
        "skills": list(record.skills),
        "languages": list(record.languages),
    }


def _leads_back(boss: int, person: int, up: Mapping[int, int | None]) -> bool:
    above: int | None = boss
    for _step in range(len(up) + 2):
        if above is None or above == person:
            break
        above = up.get(above)
    return above == person
