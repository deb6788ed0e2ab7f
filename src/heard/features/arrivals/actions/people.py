"""People who come: matched to accounts by address and by nothing else, or new and unclaimed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q

from heard.features.arrivals.actions.addresses import Addresses
from heard.features.arrivals.actions.bosses import Managers, accounts_at
from heard.features.arrivals.actions.known import Known, Row, named_by
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import PersonRecord
from heard.features.arrivals.models import Sort
from heard.foundation.people.actions import add_unit, note_move, words_for
from heard.foundation.people.models import Person, Unit, Word
from heard.foundation.people.rules import RESERVED_HANDLES
from heard.plumbing.rows import insert_rows, reserve_ids
from heard.plumbing.words import fold, handle_from

# What an account may lack and a table of people may know. Nothing that stands there is changed.
_FILLED = ("title", "place", "telephone", "about", "started_on", "time_zone", "skills", "languages", "unit_id")
_COLUMNS = [field.attname for field in Person._meta.concrete_fields]


@dataclass(slots=True)
class Newcomers:
    """The people of one batch, found or made ready before the transaction that writes them."""

    fresh: dict[str, Person] = field(default_factory=dict)
    matched: dict[str, Person] = field(default_factory=dict)
    records: dict[str, PersonRecord] = field(default_factory=dict)


class People:
    """Writes people, and remembers for the end who manages whom."""

    def __init__(self, known: Known, tally: Tally, now: datetime) -> None:
        self.known, self.tally, self.now = known, tally, now
        self.managers = Managers(known, tally)
        self.addresses = Addresses(known)
        self.units: dict[tuple[str, ...], Unit | None] = {(): None}
        self.made_here: set[int] = set()
        self.units_made: list[Row] = []

    def prepare(self, records: Iterable[PersonRecord]) -> Newcomers:
        """Matches those of `records` that are not here yet."""
        batch = Newcomers()
        for record in self._told_apart(records):
            if record.key in self.known.people:
                self.managers.remember(record, self.known.people[record.key].id)
                here = self.tally.note if self.known.is_conversation else self.tally.skip
                here(reasons.ALREADY_HERE, record.where)
            else:
                batch.records[record.key] = self._with_own_address(record)
        by_address = accounts_at({record.email for record in batch.records.values()} - {""})
        numbers = self._numbers(batch.records.values())
        handles = self._handles_like(batch.records.values())
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

    def write(self, batch: Newcomers) -> list[Row]:
        """Writes a batch inside the caller's transaction."""
        for key, person in (batch.fresh | batch.matched).items():
            unit = self._unit(batch.records[key].unit)
            if unit is not None and person.unit_id is None:
                person.unit = unit
        for person, number in zip(batch.fresh.values(), reserve_ids(Person, len(batch.fresh)), strict=True):
            person.pk = number
        insert_rows(Person, ({name: getattr(person, name) for name in _COLUMNS} for person in batch.fresh.values()))
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
            named = named_by(record)
            self.known.remember_person(key, person, named)
            self.managers.remember(record, person.pk)
            rows.append(self.known.arrived(Sort.PERSON, key, person.pk, named))
        rows += self.units_made
        self.units_made = []
        return rows

    def count(self, batch: Newcomers) -> None:
        """Tells the tally what became of a batch."""
        for key, record in batch.records.items():
            if key in batch.fresh:
                self.tally.add(record)
            else:
                self.tally.note(reasons.FOLDED, record.where)

    def _told_apart(self, records: Iterable[PersonRecord]) -> Iterator[PersonRecord]:
        """Gives somebody a key of their own whose number stood, in another table, for a person of another name."""
        for record in records:
            whom = self.known.people.get(record.key)
            is_same = whom is None or whom.named == named_by(record) or (record.email and whom.email == record.email)
            if is_same or self.known.is_conversation or record.name == record.title:
                yield record
            else:
                key = f"{record.key}|{fold(record.name)}"[:255]
                self.managers.renamed[record.key] = key
                yield replace(record, key=key)

    def _with_own_address(self, record: PersonRecord) -> PersonRecord:
        """Somebody without the address that came under another name before."""
        first = self.addresses.shared_with(record) if self.known.is_conversation else None
        if first is None:
            return record
        self.tally.note(reasons.SAME_ADDRESS, self.addresses.both_places(record, first))
        return replace(record, email="")

    def _new(self, record: PersonRecord, handles: set[str], numbers: set[str]) -> Person:
        number = record.staff_number[:64] or None
        if number and number in numbers:
            self.tally.note(reasons.NUMBER_TAKEN, record.where)
            number = None
        elif number:
            numbers.add(number)
        handle = handle_from(
            record.handle or record.name,
            lambda it: it in handles or it in RESERVED_HANDLES,
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
        person.password = f"{UNUSABLE_PASSWORD_PREFIX}{token_urlsafe(30)}"
        return person

    def _handles_like(self, records: Iterable[PersonRecord]) -> set[str]:
        """The handles that are taken and stand in the way of those of `records`."""
        stems = Counter(handle_from(record.handle or record.name, lambda _it: False) for record in records)
        taken = set(Person.objects.filter(handle__in=list(stems)).values_list("handle", flat=True))
        begun = Q()
        for stem, count in stems.items():
            if count > 1 or stem in taken or stem in RESERVED_HANDLES:
                begun |= Q(handle__gte=stem, handle__lt=stem + ":")  # the sign after 9: itself, and with a number
        if begun:
            taken.update(Person.objects.filter(begun).values_list("handle", flat=True))
        return taken

    def _fill(self, batch: Newcomers) -> None:
        for key, person in batch.matched.items():
            record = batch.records[key]
            known = _about(record) | {"unit_id": person.unit_id}
            fields = [name for name in _FILLED if known.get(name) and not getattr(person, name)]
            for name in fields:
                setattr(person, name, known[name])
            if person.unit_id and not Person.objects.filter(pk=person.pk, unit=person.unit_id).exists():
                fields.append("unit_id")
                note_move(person, None, by=None)
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
            if found is None:
                found = add_unit(name, parent=parent)
                self.units_made.append(self.known.arrived(Sort.UNIT, str(found.pk), found.pk))
            self.units[path] = found
        return self.units[path]

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
