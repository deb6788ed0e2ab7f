"""Which communities exist for a person, which they may read, and what they may do in one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from heard.foundation.communities import rules
from heard.foundation.communities.models import Community, JoinRequest, Membership
from heard.foundation.people.models import Person


def joined(person: Person) -> Q:
    """Those that `person` belongs to."""
    return Q(pk__in=Membership.objects.filter(person=person).values("community"))


def visible_to(person: Person) -> QuerySet[Community]:
    """Communities that exist for `person`: all but other people's private ones."""
    return Community.objects.filter(Q(access__in=rules.SEEN_BY_ALL) | joined(person))


def read_by(person: Person) -> QuerySet[Community]:
    """Communities whose threads `person` may read."""
    return Community.objects.filter(Q(access__in=rules.READ_BY_ALL) | joined(person))


def visible_ids(person: Person, ids: set[int]) -> set[int]:
    """Those of `ids` whose threads `person` may read: to them their stream may listen."""
    return set(read_by(person).filter(pk__in=ids).values_list("pk", flat=True))


def ids_joined_by(person: Person) -> list[int]:
    """Every community that `person` belongs to."""
    return list(Membership.objects.filter(person=person).values_list("community_id", flat=True))


def membership_of(person: Person, community: Community) -> Membership | None:
    """How `person` belongs to `community`, if they do."""
    return Membership.objects.filter(person=person, community=community).first()


def community_at(person: Person, slug: str) -> Community:
    """The community at `slug`; raises Community.DoesNotExist if it is not theirs to see."""
    return visible_to(person).get(slug=slug)


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
    may_meet: bool
    has_asked: bool
    audience: str


def place(person: Person, slug: str) -> Place:
    """The community at `slug` and what `person` may do there; raises Community.DoesNotExist if it is not theirs."""
    return place_of(person, community_at(person, slug))


def place_of(person: Person, community: Community) -> Place:
    """What `person` may do in `community`, which they may see."""
    mine = membership_of(person, community)
    asks = rules.may_ask_to_join(community, mine)
    return standing(person, community, mine, has_asked=asks and has_asked(person, community))


def places_of(person: Person, communities: Sequence[Community]) -> list[Place]:
    """The same for many, in their order, in two queries."""
    ids = [community.pk for community in communities]
    mine = {row.community_id: row for row in Membership.objects.filter(person=person, community__in=ids)}
    waiting = JoinRequest.objects.filter(person=person, community__in=ids, decided_at=None)
    asked = set(waiting.values_list("community_id", flat=True))
    return [standing(person, one, mine.get(one.pk), has_asked=one.pk in asked) for one in communities]


def standing(person: Person, community: Community, mine: Membership | None, *, has_asked: bool) -> Place:
    """What follows from the rules for somebody with this membership."""
    may_ask = rules.may_ask_to_join(community, mine)
    return Place(
        community=community,
        membership=mine,
        may_read=rules.may_read(community, mine),
        may_speak=rules.may_speak(community, mine),
        may_join=rules.may_join(community, mine),
        may_ask=may_ask,
        may_tend=rules.may_tend(person, community, mine),
        may_meet=rules.may_meet(person, community, mine),
        has_asked=may_ask and has_asked,
        audience=rules.audience(community),
    )


def has_asked(person: Person, community: Community) -> bool:
    """Whether they wait to be let in."""
    return JoinRequest.objects.filter(community=community, person=person, decided_at=None).exists()
