"""Moves the people of the demo company in: units, managers, roles, and who follows whom."""

import random
from datetime import datetime, timedelta
from itertools import count

from django.contrib.auth.hashers import make_password

from heard.demo.cast import CAST, Speaker
from heard.demo.company import DOMAIN, PLACES, UNITS
from heard.demo.company import Unit as Box
from heard.demo.names import LANGUAGES, invent_name
from heard.foundation.people.actions import words_for
from heard.foundation.people.models import Follow, Grant, Person, Role, Unit, Word
from heard.plumbing.words import handle_from

LEADERS = {
    "margaret": None,
    "erin": None,
    "henrik": None,
    "shirin": None,
    "tomasz": None,
    "ruth": None,
    "bev": "wakefield",
    "dougie": "leith",
    "keith": "felixstowe",
    "jonas": "hamburg",
    "kasia": "wroclaw",
    "rui": "leixoes",
    "yusuf": "jebel-ali",
}
"""Who leads: everybody, or the people of one unit."""
OTHER_ROLES = {
    "ravi": (Role.STEWARD, Role.PUBLISHER),
    "sanjay": (Role.ADMINISTRATOR,),
    "ayse": (Role.LISTENER,),
    "deborah": (Role.LISTENER,),
}


def build_units() -> dict[str, Unit]:
    """The chart, by code; parents come before children."""
    units: dict[str, Unit] = {}
    for box in UNITS:
        parent = units[box.within] if box.within else None
        unit = Unit.objects.create(name=box.name, parent=parent, reference=f"demo:{box.code}")
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
        units[box.code] = unit
    return units


def build_people(
    units: dict[str, Unit], passwords: dict[str, str], *, now: datetime, chance: random.Random
) -> list[Person]:
    """Everybody, the cast first and in its order, with managers and the words they are found by."""
    handles, numbers = set(Person.objects.values_list("handle", flat=True)), count(1)
    taken = set(Person.objects.exclude(staff_number=None).values_list("staff_number", flat=True))
    people: list[Person] = []

    def admit(person: Person) -> None:
        """Gives what everybody has exactly once."""
        stem = person.handle
        if not stem or stem in handles:
            person.handle = handle_from(person.name, handles.__contains__)
        handles.add(person.handle)
        person.staff_number = next(number for n in numbers if (number := f"CF-{n:04}") not in taken)
        person.email = f"{handle_from(person.name, addresses.__contains__)}@{DOMAIN}"
        addresses.add(person.email.partition("@")[0])
        people.append(person)

    addresses: set[str] = set()
    names = {speaker.name for speaker in CAST}
    for speaker in CAST:
        admit(_speaker(speaker, units, passwords, now))
    for box in UNITS:
        spoken = sum(speaker.unit == box.code and speaker.left_weeks is None for speaker in CAST)
        for _one in range(box.size - spoken):
            person = _colleague(box, units[box.code], names, now=now, chance=chance)
            admit(person)
            if box.titles[0].startswith("Warehouse") and chance.random() < 0.4:
                person.email = None
    Person.objects.bulk_create(people)
    _set_managers(people, units)
    Word.objects.bulk_create(Word(person=one, word=word) for one in people for word in sorted(words_for(one)))
    return people


def grant_roles(cast: dict[str, Person], units: dict[str, Unit], *, now: datetime) -> None:
    """Leaders, the steward, the administrator and who listens; `Person.roles` says the same."""
    administrator = cast["sanjay"]
    given = [(handle, Role.LEADER, units[code] if code else None) for handle, code in LEADERS.items()]
    given += [(handle, role, None) for handle, roles in OTHER_ROLES.items() for role in roles]
    Grant.objects.bulk_create(
        Grant(person=cast[handle], role=role, unit=unit, granted_by=administrator, granted_at=now - timedelta(days=200))
        for handle, role, unit in given
    )
    for handle in {handle for handle, _role, _unit in given}:
        cast[handle].roles = sorted({str(role) for who, role, _unit in given if who == handle})
    Person.objects.bulk_update([cast[handle] for handle, _role, _unit in given], ["roles"])


def build_follows(cast: dict[str, Person], *, now: datetime, chance: random.Random) -> None:
    """Each of the cast follows a handful of others."""
    here = [person for person in cast.values() if person.left_at is None]
    Follow.objects.bulk_create(
        Follow(follower=person, followed=other, followed_at=now - timedelta(days=chance.randint(2, 170)))
        for person in here
        for other in chance.sample(here, chance.randint(3, 9))
        if other is not person
    )


def _speaker(speaker: Speaker, units: dict[str, Unit], passwords: dict[str, str], now: datetime) -> Person:
    place = speaker.place or next(box.place for box in UNITS if box.code == speaker.unit)
    began = now - timedelta(weeks=speaker.weeks)
    return Person(
        handle=speaker.handle,
        name=speaker.name,
        title=speaker.title,
        unit=units[speaker.unit],
        place=place,
        time_zone=PLACES[place],
        languages=[LANGUAGES[code] for code in speaker.languages],
        skills=list(speaker.skills),
        about=speaker.about,
        started_on=began.date(),
        joined_at=max(began, now - timedelta(days=420)),
        claimed_at=max(began, now - timedelta(days=400)),
        left_at=now - timedelta(weeks=speaker.left_weeks) if speaker.left_weeks else None,
        password=make_password(passwords.get(speaker.handle)),
    )


def _colleague(box: Box, unit: Unit, names: set[str], *, now: datetime, chance: random.Random) -> Person:
    """Somebody who does not speak, with a name that nobody has in `names` yet."""
    name, languages = invent_name(box.place, chance)
    while name in names:
        name, languages = invent_name(box.place, chance)
    names.add(name)
    days = int(chance.paretovariate(0.9) * 120)
    began = now - timedelta(days=min(days, 11_000) - 60)
    joined = max(min(began, now - timedelta(days=1)), now - timedelta(days=420))
    return Person(
        name=name,
        title=chance.choice(box.titles),
        unit=unit,
        place=box.place,
        time_zone=PLACES[box.place],
        languages=[LANGUAGES[code] for code in languages],
        started_on=min(began, now).date(),
        joined_at=joined,
        claimed_at=joined if chance.random() < 0.9 else None,
        password=make_password(None),
    )


def _set_managers(people: list[Person], units: dict[str, Unit]) -> None:
    """The head of each unit leads its people, and is led by the nearest head above."""
    by_handle = {speaker.handle: person for speaker, person in zip(CAST, people, strict=False)}
    boxes = {box.code: box for box in UNITS}
    code_of = {unit.pk: code for code, unit in units.items()}

    def above(code: str | None, person: Person) -> Person | None:
        while code:
            head = by_handle.get(boxes[code].head or "")
            if head is not None and head is not person:
                return head
            code = boxes[code].within
        return None

    led: dict[int, list[int]] = {}
    for person in people:
        person.manager = above(code_of[person.unit_id], person)  # type: ignore[index]
        if person.manager is not None:
            led.setdefault(person.manager.pk, []).append(person.pk)
    for manager, of in led.items():
        Person.objects.filter(pk__in=of).update(manager=manager)
