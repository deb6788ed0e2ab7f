"""Whom a person may ask today, and what of what they once asked is theirs to read and to look after still."""

from collections.abc import Collection

from django.db.models import Q

from heard.features.asks import rules
from heard.features.asks.models import Ask, Kind
from heard.foundation.communities.queries import read_by
from heard.foundation.people.models import Grant, Person, Role, Unit


def led_by(person: Person) -> list[int] | None:
    """The units (ids) that they lead, with all below; None where they lead the whole."""
    grants = Grant.objects.filter(person=person, role=Role.LEADER).values_list("unit_id", "unit__path")
    paths = [path for _unit, path in grants]
    if None in paths:
        return None
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    return list(Unit.objects.filter(below).order_by("path").values_list("pk", flat=True))


def may_still_ask(ask: Ask) -> bool:
    """Whether whoever wrote a pulse works here and may ask the same people today."""
    author = ask.author
    return author is not None and author.left_at is None and reaches(author, ask.units, led_by(author))


def reaches(person: Person, units: Collection[int], led: Collection[int] | None) -> bool:
    """Whether they may ask these units, or everybody for none; `led` are those that they lead."""
    return rules.may_ask_units(person, units, led) if units else rules.may_ask_all(person, led)


def written_by(person: Person) -> Q:
    """What they asked and may still read: a poll as long as they may read its community, a pulse as they may ask it."""
    asked = Ask.objects.filter(author=person, kind=Kind.PULSE)
    pulses = dict(asked.values_list("pk", "units")) if rules.may_ask(person) else {}
    led = led_by(person) if pulses else []
    theirs = Q(pk__in=[pk for pk, units in pulses.items() if reaches(person, units, led)])
    polls = Q(author=person, kind=Kind.POLL, community__in=read_by(person).values("pk"))
    return theirs | polls | Q(author=person, kind=Kind.VOTE)


def looks_after(person: Person, ask: Ask) -> bool:
    """Whether they remind, withdraw it and stop its schedule."""
    is_theirs = ask.kind != Kind.PULSE or may_still_ask(ask)
    return rules.may_look_after(person, ask.author_id if is_theirs else None, is_poll=ask.kind == Kind.POLL)
