"""Moves the demo company in: the same company every time, as fresh as the moment it is built."""

import random
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from heard.demo import conversing, correcting, gathering, population, telling
from heard.demo.cast import CAST
from heard.demo.communities import COMMUNITIES
from heard.demo.company import DOMAIN
from heard.demo.errors import SomebodyElseIsHere
from heard.demo.said import Thread, read_script
from heard.foundation.people.models import Person, Unit
from heard.foundation.record.actions import happened

TALK = Path(__file__).parent / "talk"
SIGN_INS = {
    "member": "maya",
    "tender": "amira",
    "leader": "erin",
    "listener": "ayse",
    "steward": "ravi",
    "administrator": "sanjay",
}
"""Whom a visitor may sign in as, by role."""
SEED = 1871
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Built:
    """How much moved in; all zero where the company was here already."""

    people: int = 0
    communities: int = 0
    threads: int = 0
    replies: int = 0
    reactions: int = 0


def scripts() -> dict[str, list[Thread]]:
    """Every conversation, by the slug of its community."""
    return {
        one.slug: [thread for path in sorted(TALK.glob(f"{one.slug}*.txt")) for thread in read_script(path)]
        for one in COMMUNITIES
    }


def is_here() -> bool:
    """Whether the company has moved in."""
    return Unit.objects.filter(reference="demo:calder").exists()


def somebody_else_is_here() -> bool:
    """Whether anybody in this database is not of the demo company."""
    its_own = Q(unit__reference__startswith="demo:") | Q(email__endswith=f"@{DOMAIN}")
    return Person.objects.exclude(its_own).exists()


@transaction.atomic
def build_company(*, now: datetime | None = None, beside: bool = False) -> Built:
    """Moves the company in as of `now`; twice changes nothing.

    Raises SomebodyElseIsHere where people are who are not its own, unless it may live `beside` them.
    """
    if is_here():
        return Built()
    if not beside and somebody_else_is_here():
        raise SomebodyElseIsHere
    now, chance = now or timezone.now(), random.Random(SEED)
    units = population.build_units()
    people = population.build_people(units, _passwords(), now=now, chance=chance)
    cast = {speaker.handle: person for speaker, person in zip(CAST, people, strict=False)}
    population.grant_roles(cast, units, now=now)
    population.build_follows(cast, now=now, chance=chance)
    said, communities = _talk(people, cast, {unit.pk: code for code, unit in units.items()}, now=now, chance=chance)
    happened("demo.built", units["calder"], by=None)
    return Built(len(people), communities, len(said.threads), len(said.replies), len(said.reactions))


def _talk(
    people: list[Person], cast: dict[str, Person], codes: dict[int, str], *, now: datetime, chance: random.Random
) -> tuple[conversing.Said, int]:
    """Communities, members, and six months of what they said to each other."""
    here = [person for person in people if person.left_at is None and person.claimed_at is not None]
    scribe = conversing.Scribe(cast, codes, now=now, chance=chance)
    memberships, communities, talk = [], {}, scripts()
    for one in COMMUNITIES:
        threads = talk[one.slug]
        community = communities[one.slug] = gathering.build_community(one, threads, cast, now=now)
        members = gathering.build_memberships(community, one, threads, people, codes, cast, now=now, chance=chance)
        memberships += members
        joined = {row.person_id for row in members}
        readers = [person for person in here if person.pk in joined]
        started = [scribe.write_down(thread, community, readers) for thread in threads]
        community.member_count, community.thread_count = len(members), len(started)
        community.newest_thread_at = max(thread.created_at for thread in started)
        community.save(update_fields=["member_count", "thread_count", "newest_thread_at"])
    scribe.said.write()
    correcting.correct_words(scribe.said)
    herald = telling.Herald(memberships, now=now)
    herald.tell_of_words(scribe.said)
    telling.tell_of_requests(herald, gathering.build_requests(communities, cast, now=now), memberships)
    telling.tell_of_follows(herald)
    telling.report_something(herald, scribe.said, cast, memberships)
    herald.write()
    telling.keep_and_read(scribe.said, cast, now=now)
    return scribe.said, len(communities)


def sign_ins() -> list[dict[str, str]]:
    """Role, e-mail and password of those whom a visitor may sign in as; empty where the company never moved in."""
    if not is_here():
        return []
    names = {speaker.handle: speaker.name for speaker in CAST}
    found = Person.objects.filter(email__endswith=f"@{DOMAIN}", left_at=None).order_by("-id")
    emails = {person.name: person.email or "" for person in found}
    return [
        {"role": role, "email": emails[names[handle]], "password": password_of(handle)}
        for role, handle in SIGN_INS.items()
        if emails.get(names[handle])
    ]


def _passwords() -> dict[str, str]:
    return {handle: password_of(handle) for handle in SIGN_INS.values()}


def password_of(handle: str) -> str:
    """Known to this installation alone, and the same each time it is asked for."""
    digest = salted_hmac("heard.demo", handle, algorithm="sha256").digest()
    letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:12])
    return "-".join(letters[start : start + 4] for start in range(0, 12, 4))
