"""Lists of communities: found by words, joined, suggested, shared with a colleague."""

from django.db import connection
from django.db.models import Count, Q, QuerySet

from heard.foundation.communities.models import Community, CommunityWord, Membership
from heard.foundation.communities.queries.seeing import Place, ids_joined_by, joined, places_of, read_by, visible_to
from heard.foundation.communities.rules import SEEN_BY_ALL
from heard.foundation.people.models import Person
from heard.plumbing.words import words_of

PAGE = 30
NEAR = 200


def beginning_with(prefix: str) -> Q:
    """Words that begin with `prefix`, so that both databases walk an index."""
    if connection.vendor == "sqlite":
        return Q(word__gte=prefix, word__lt=prefix + "\U0010ffff")
    return Q(word__startswith=prefix)


def search(person: Person, words: str) -> QuerySet[Community]:
    """Visible communities all of whose `words` begin a word of their name or description; none if nothing is a word."""
    wanted = sorted(words_of(words), key=len, reverse=True)[:6]
    found = visible_to(person) if wanted else Community.objects.none()
    for word in wanted:
        found = found.filter(pk__in=CommunityWord.objects.filter(beginning_with(word)).values("community"))
    return found


def listed(
    person: Person, *, words: str = "", after: str = "", is_mine: bool = False, limit: int = PAGE
) -> list[Place]:
    """A page of visible communities, the largest first; `after` is the last of the page before (`size|id`).

    One more than a page is given where there are more. Those that are read only are left out, unless they are
    looked for by `words` or `is_mine` narrows the list to what the person joined.
    """
    found = search(person, words) if words.strip() else visible_to(person)
    if is_mine:
        found = found.filter(joined(person))
    elif not words.strip():
        found = found.filter(closed_at=None)
    size, _, pk = after.partition("|")
    if all(part.isascii() and part.isdigit() and len(part) < 19 for part in (size, pk)):
        found = found.filter(Q(member_count__lt=int(size)) | Q(member_count=int(size), id__gt=int(pk)))
    return places_of(person, list(found.order_by("-member_count", "id")[: limit + 1]))


def joined_by(person: Person, *, limit: int = 50) -> list[Community]:
    """The communities `person` belongs to, the liveliest first."""
    mine = Community.objects.filter(memberships__person=person)
    return list(mine.order_by("-newest_thread_at", "name")[:limit])


def open_to_words_of(person: Person, *, limit: int = 50) -> list[Community]:
    """Where `person` may start a thread, the liveliest first."""
    mine = Community.objects.filter(memberships__person=person, closed_at=None)
    return list(mine.order_by("-newest_thread_at", "name")[:limit])


def suggested_for(person: Person, *, limit: int = 5) -> list[Community]:
    """Communities to join or ask to join: first those of people in the same unit, then the largest."""
    mine = set(ids_joined_by(person))
    ids: list[int] = []
    if person.unit_id:
        near = Person.objects.filter(unit=person.unit_id, left_at=None).exclude(pk=person.pk).values("pk")[:NEAR]
        rows = Membership.objects.filter(person__in=list(near.values_list("pk", flat=True)))
        rows = rows.filter(community__access__in=SEEN_BY_ALL, community__closed_at=None)
        counted = rows.values_list("community_id").annotate(n=Count("id")).order_by("-n", "community_id")
        ids = [pk for pk, _n in counted[: limit + len(mine)] if pk not in mine][:limit]
    found = Community.objects.in_bulk(ids)
    chosen = [found[pk] for pk in ids]
    if len(chosen) < limit:
        there = Community.objects.filter(access__in=SEEN_BY_ALL, closed_at=None)
        largest = there.order_by("-member_count", "id")[: limit + len(ids) + len(mine)]
        chosen += [community for community in largest if community.pk not in mine and community.pk not in found]
    return chosen[:limit]


def in_common(person: Person, other: Person, *, limit: int = 12) -> list[Community]:
    """Communities of `other`, as far as `person` may read them: who belongs to the others is not theirs to know."""
    return list(read_by(person).filter(memberships__person=other).order_by("-member_count", "id")[:limit])
