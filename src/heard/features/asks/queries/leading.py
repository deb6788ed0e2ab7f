"""Whom a person may ask, and what a form begins with."""

from typing import Any

from django.utils import timezone

from heard.features.asks import rules
from heard.features.asks.models import Ask, Kind
from heard.features.asks.queries.reaching import led_by
from heard.features.asks.queries.seeing import questions_of, visible_to
from heard.foundation.people.models import Person
from heard.foundation.people.queries import all_units


def units_offered(person: Person) -> list[tuple[int, str]]:
    """Units that they may ask, in the order of the tree, each name with dashes before it for each step down."""
    led = led_by(person)
    units = all_units()
    return units if rules.may_ask_all(person, led) else [(pk, name) for pk, name in units if pk in set(led or ())]


def asked_before(person: Person, code: str) -> dict[str, Any]:
    """What a form begins with that asks the same as a pulse of this code; nothing where there is none for `person`."""
    ask = visible_to(person).filter(code=code, kind=Kind.PULSE).first() if code else None
    if ask is None:
        return {}
    drafts = [
        rules.Draft(one.kind, one.text, tuple(one.options), is_reversed=one.is_reversed, ready_set=one.ready_set)
        for one in questions_of(ask)
    ]
    ready, own = rules.as_typed(drafts)
    return {"title": ask.title, "intro": ask.intro, "ready": ready, "own": own, "units": ask.units}


def polls_under_way(person: Person) -> int:
    """How many polls of theirs are announced or open."""
    under_way = Ask.objects.filter(closes_at__gt=timezone.now(), refused="", withdrawn_at=None)
    mine = under_way.filter(author=person, kind=Kind.POLL)
    return mine.count()
