"""Brings the demo company's communities to life: who belongs, who tends them, who asks to come in."""

import random
from datetime import datetime, timedelta

from django.db.models import Q

from heard.demo.communities import Gathering
from heard.demo.company import is_within
from heard.demo.said import Thread
from heard.foundation.communities.models import Community, CommunityWord, JoinRequest, Level, Membership
from heard.foundation.people.models import Person
from heard.foundation.people.queries import Links
from heard.plumbing.text import render
from heard.plumbing.words import slug_from, words_of

LEVELS = (Level.MENTIONS,) * 7 + (Level.DIGEST,) * 2 + (Level.MUTE,)
ASKING = (
    ("night-shift", "maya", "I plan the 04:10 to Leith and would like to hear what it does to you.", 1),
    ("night-shift", "noor", "From January I plan the night trunks. I would like to know whom I wake.", 3),
    ("works-council", "magda", "We Wrocławiu pytają mnie, co robi rada. Chciałabym czytać sama.", 2),
)
"""Who waits to be let in where, in their words, since how many days."""

LEFT_AGAIN = frozenset({("better-bids", "maya"), ("new-starters", "maya")})
"""Who spoke where and does not belong any more, so that something is left to be suggested to the ordinary member."""


def build_community(
    gathering: Gathering, threads: list[Thread], cast: dict[str, Person], *, now: datetime
) -> Community:
    """The community as it stands; its members come with `build_memberships`."""
    alike = Q(name__iexact=gathering.name, closed_at=None)
    name = f"{gathering.name} (Calder)" if Community.objects.filter(alike).exists() else gathering.name
    community = Community.objects.create(
        name=name,
        slug=slug_from(name, lambda it: Community.objects.filter(slug=it).exists()),
        description=gathering.description,
        welcome=gathering.welcome,
        welcome_html=render(gathering.welcome, link=Links()).html,
        access=gathering.access,
        started_by=cast[gathering.tenders[0]],
        started_at=now - timedelta(days=max(thread.days for thread in threads) + 30),
    )
    words = words_of(community.name, community.description)
    CommunityWord.objects.bulk_create(CommunityWord(community=community, word=word) for word in sorted(words))
    return community


def build_memberships(
    community: Community,
    gathering: Gathering,
    threads: list[Thread],
    people: list[Person],
    codes: dict[int, str],
    cast: dict[str, Person],
    *,
    now: datetime,
    chance: random.Random,
) -> list[Membership]:
    """Everybody whose unit is drawn to it, whoever speaks there, and the tenders, but for those who left again.

    `codes` are unit codes by id.
    """
    speakers = {cast[handle].pk for thread in threads for handle in voices(thread)}
    tenders = [cast[handle].pk for handle in gathering.tenders]
    waiting = {cast[handle].pk for slug, handle, _words, _days in ASKING if slug == gathering.slug}
    gone = {cast[handle].pk for slug, handle in LEFT_AGAIN if slug == gathering.slug}
    since = (now - community.started_at).days
    memberships = []
    for person in people:
        drawn = share_of(codes[person.unit_id or 0], gathering.audience)
        comes, days, level = chance.random() < drawn, chance.randint(1, since), chance.choice(LEVELS)
        if person.pk in waiting | gone or not (person.pk in speakers or person.pk in tenders or comes):
            continue
        is_early = person.pk in speakers or person.pk in tenders
        memberships.append(
            Membership(
                community=community,
                person=person,
                is_tender=person.pk in tenders,
                level=Level.EVERYTHING if person.pk in tenders else Level.MENTIONS if is_early else level,
                joined_at=max(person.joined_at, community.started_at if is_early else now - timedelta(days=days)),
            )
        )
    Membership.objects.bulk_create(memberships, batch_size=200)
    return memberships


def share_of(code: str, audience: dict[str, float]) -> float:
    """Which share of the people in the unit `code` belongs to this audience."""
    return max((share for unit, share in audience.items() if is_within(code, unit)), default=0.0)


def voices(thread: Thread) -> set[str]:
    """The handles of all who speak in a thread."""
    replies = [*thread.replies, *(answer for reply in thread.replies for answer in reply.answers)]
    return {thread.by, *(reply.by for reply in replies)}


def build_requests(communities: dict[str, Community], cast: dict[str, Person], *, now: datetime) -> list[JoinRequest]:
    """Those who ask to come in."""
    return [
        JoinRequest.objects.create(
            community=communities[slug],
            person=cast[handle],
            words=words,
            asked_at=now - timedelta(days=days, hours=2),
        )
        for slug, handle, words, days in ASKING
    ]
