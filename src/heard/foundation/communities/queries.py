"""Every way to look at communities; what the viewer may not see is not there."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, QuerySet

from heard.foundation.communities import rules
from heard.foundation.communities.models import Community, CommunityWord, JoinRequest, Membership
from heard.foundation.people.models import Person
from heard.foundation.people.queries import matching
from heard.plumbing.words import words_of

PAGE = 30


def visible_to(person: Person) -> QuerySet[Community]:
    """Communities that exist for `person`: all but other people's private ones."""
    return Community.objects.filter(
        Q(access__in=rules.SEEN_BY_ALL) | Q(pk__in=Membership.objects.filter(person=person).values("community"))
    )


def read_by(person: Person) -> QuerySet[Community]:
    """Communities whose threads `person` may read."""
    return Community.objects.filter(
        Q(access__in=rules.READ_BY_ALL) | Q(pk__in=Membership.objects.filter(person=person).values("community"))
    )


def visible_ids(person: Person, ids: set[int]) -> set[int]:
    """Those of `ids` whose threads `person` may read: to them their stream may listen."""
    return set(read_by(person).filter(pk__in=ids).values_list("pk", flat=True))


def ids_joined_by(person: Person) -> list[int]:
    """Every community that `person` belongs to."""
    return list(Membership.objects.filter(person=person).values_list("community_id", flat=True))


def membership_of(person: Person, community: Community) -> Membership | None:
    """How `person` belongs to `community`, if they do."""
    return Membership.objects.filter(person=person, community=community).first()


@dataclass(frozen=True)
class Place:
    """A community as one person stands to it."""

    community: Community
    membership: Membership | None
    may_read: bool
    may_speak: bool
    may_join: bool
    may_ask: bool
    may_tend: bool
    has_asked: bool
    audience: str


def place(person: Person, slug: str) -> Place:
    """The community at `slug` and what `person` may do there; raises Community.DoesNotExist if it is not theirs."""
    return place_of(person, visible_to(person).get(slug=slug))


def place_of(person: Person, community: Community) -> Place:
    """What `person` may do in `community`, which they may see."""
    mine = membership_of(person, community)
    may_ask = rules.may_ask_to_join(community, mine)
    return Place(
        community=community,
        membership=mine,
        may_read=rules.may_read(community, mine),
        may_speak=rules.may_speak(community, mine),
        may_join=rules.may_join(community, mine),
        may_ask=may_ask,
        may_tend=rules.may_tend(person, community, mine),
        has_asked=may_ask and JoinRequest.objects.filter(community=community, person=person, decided_at=None).exists(),
        audience=rules.audience(community),
    )


def beginning_with(prefix: str) -> Q:
    """Words that begin with `prefix`, so that both databases walk an index."""
    if connection.vendor == "sqlite":
        return Q(word__gte=prefix, word__lt=prefix + "\U0010ffff")
    return Q(word__startswith=prefix)


def search(person: Person, words: str) -> QuerySet[Community]:
    """Visible communities all of whose `words` begin a word of their name or description."""
    found = visible_to(person)
    for word in sorted(words_of(words), key=len, reverse=True)[:6]:
        found = found.filter(pk__in=CommunityWord.objects.filter(beginning_with(word)).values("community"))
    return found


def listed(person: Person, *, words: str = "", after: str = "") -> list[Community]:
    """A page of visible communities, the largest first; `after` is the last of the page before (`size|id`).

    Each carries `.mine`, the viewer's membership or None. One more than a page is given where there are more.
    """
    found = search(person, words) if words.strip() else visible_to(person)
    size, _, pk = after.partition("|")
    if size.isdigit() and pk.isdigit():
        found = found.filter(Q(member_count__lt=int(size)) | Q(member_count=int(size), id__gt=int(pk)))
    page = list(found.filter(closed_at=None).order_by("-member_count", "id")[: PAGE + 1])
    mine = {
        row.community_id: row
        for row in Membership.objects.filter(person=person, community__in=[community.pk for community in page])
    }
    for community in page:
        community.mine = mine.get(community.pk)  # type: ignore[attr-defined]
    return page


def joined_by(person: Person, *, limit: int = 50) -> list[Community]:
    """The communities `person` belongs to, the liveliest first."""
    mine = Community.objects.filter(memberships__person=person)
    return list(mine.order_by("-newest_thread_at", "name")[:limit])


def open_to_words_of(person: Person, *, limit: int = 50) -> list[Community]:
    """Where `person` may start a thread, the liveliest first."""
    mine = Community.objects.filter(memberships__person=person, closed_at=None)
    return list(mine.order_by("-newest_thread_at", "name")[:limit])


def suggested_for(person: Person, *, limit: int = 5) -> list[Community]:
    """Open communities not yet joined: first those of people in the same unit, then the largest."""
    joined = set(ids_joined_by(person))
    ids: list[int] = []
    if person.unit_id:
        near = Person.objects.filter(unit=person.unit_id, left_at=None).exclude(pk=person.pk).values("pk")[:100]
        rows = Membership.objects.filter(person__in=list(near.values_list("pk", flat=True)))
        counted = rows.values_list("community_id").annotate(n=Count("id")).order_by("-n")[: limit + len(joined)]
        ids = [pk for pk, _n in counted if pk not in joined]
    open_ones = Community.objects.filter(access="open", closed_at=None)
    found = {community.pk: community for community in open_ones.filter(pk__in=ids)}
    chosen = [found[pk] for pk in ids if pk in found][:limit]
    if len(chosen) < limit:
        largest = open_ones.order_by("-member_count", "id")[: limit * 2 + len(joined)]
        chosen += [community for community in largest if community.pk not in joined and community not in chosen]
    return chosen[:limit]


def members(community: Community, *, words: str = "", after: int = 0, limit: int = 40) -> list[Membership]:
    """A page of members, tenders first, then in the order they joined; one more than a page where there are more."""
    rows = Membership.objects.filter(community=community).select_related("person__unit")
    if words.strip():
        return list(rows.filter(person__in=matching(words).values("pk")).order_by("-is_tender", "id")[:limit])
    if after:
        return list(rows.filter(is_tender=False, id__gt=after).order_by("id")[: limit + 1])
    tenders = list(rows.filter(is_tender=True).order_by("id")[:50])
    return tenders + list(rows.filter(is_tender=False).order_by("id")[: limit + 1])


def member_ids(community_id: int, among: set[int]) -> set[int]:
    """Those of `among` (ids of people) who belong to it."""
    return set(Membership.objects.filter(community=community_id, person__in=among).values_list("person_id", flat=True))


def tenders_of(community: Community) -> list[int]:
    """The ids of the people who tend it."""
    return list(Membership.objects.filter(community=community, is_tender=True).values_list("person_id", flat=True))


def tended_by(person: Person) -> QuerySet[Community]:
    """Communities that `person` tends."""
    return Community.objects.filter(memberships__person=person, memberships__is_tender=True).order_by("name")


def requests_waiting(community: Community) -> QuerySet[JoinRequest]:
    """Who asks to join, the longest waiting first."""
    waiting = JoinRequest.objects.filter(community=community, decided_at=None)
    return waiting.select_related("person__unit").order_by("id")


def in_common(person: Person, other: Person, *, limit: int = 12) -> list[Community]:
    """Communities of `other` that `person` may see."""
    return list(visible_to(person).filter(memberships__person=other).order_by("-member_count", "id")[:limit])
