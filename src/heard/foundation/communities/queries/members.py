"""Who belongs to a community, who tends it, and who asks to join."""

from dataclasses import dataclass
from itertools import batched

from django.db.models import QuerySet

from heard.foundation.communities.models import Community, JoinRequest, Membership
from heard.foundation.communities.queries.seeing import Place, place
from heard.foundation.communities.rules import READ_BY_ALL
from heard.foundation.people.models import Person
from heard.foundation.people.queries import completions, matching
from heard.plumbing.rows import IN_ONE_LIST

PAGE = 40


@dataclass(frozen=True)
class Members:
    """A page of members; `after` is where the next begins, or nothing."""

    shown: list[Membership]
    after: int | None


def members(community: Community, *, words: str = "", after: int = 0) -> Members:
    """Members in the order they joined, tenders before them on the first page; ask only for those who may meet them."""
    rows = Membership.objects.filter(community=community).select_related("person__unit")
    if words.strip():
        return Members(
            list(rows.filter(person__in=matching(words).values("pk")).order_by("-is_tender", "id")[:PAGE]), None
        )
    others = list(rows.filter(is_tender=False, id__gt=after).order_by("id")[: PAGE + 1])
    tenders = [] if after else list(rows.filter(is_tender=True).order_by("id"))
    return Members(tenders + others[:PAGE], others[PAGE - 1].pk if len(others) > PAGE else None)


def place_to_meet(viewer: Person, slug: str) -> Place:
    """The community at `slug`; raises Community.DoesNotExist also where the viewer may not see who belongs."""
    found = place(viewer, slug)
    if not found.may_meet:
        raise Community.DoesNotExist
    return found


def member(viewer: Person, slug: str, handle: str) -> Membership:
    """One member of a community; raises DoesNotExist also where the viewer may not see who belongs."""
    found = place_to_meet(viewer, slug)
    return Membership.objects.select_related("person", "community").get(
        community=found.community, person__handle=handle
    )


def member_ids(community_id: int, among: set[int]) -> set[int]:
    """Those of `among` (ids of people) who belong to it."""
    members = Membership.objects.filter(community=community_id).values_list("person_id", flat=True)
    parts = batched(among, IN_ONE_LIST, strict=False)
    return set().union(*(members.filter(person__in=some) for some in parts))


def readers_among(community: Community, among: set[int]) -> set[int]:
    """Those of `among` (ids of people) who may read what is said in it."""
    return among if community.access in READ_BY_ALL else member_ids(community.pk, among)


def tenders_of(community: Community) -> list[int]:
    """The ids of the people who tend it and still work here."""
    tending = Membership.objects.filter(community=community, is_tender=True, person__left_at=None)
    return list(tending.values_list("person_id", flat=True))


def tender_faces(community: Community, *, limit: int = 6) -> list[Person]:
    """The people who tend it, those who have done so longest first."""
    tending = Membership.objects.filter(community=community, is_tender=True, person__left_at=None)
    return [row.person for row in tending.select_related("person").order_by("id")[:limit]]


def tended_by(person: Person) -> QuerySet[Community]:
    """Communities that `person` tends."""
    return Community.objects.filter(memberships__person=person, memberships__is_tender=True).order_by("name")


def who_could_join(viewer: Person, community: Community, typed: str) -> list[Person]:
    """Colleagues whom `typed` may mean and who do not belong yet."""
    found = completions(viewer, typed[:100], limit=16) if typed.strip() else []
    belong = member_ids(community.pk, {person.pk for person in found})
    return [person for person in found if person.pk not in belong][:8]


def requests_waiting(community: Community) -> QuerySet[JoinRequest]:
    """Who asks to join, the longest waiting first."""
    waiting = JoinRequest.objects.filter(community=community, decided_at=None, person__left_at=None)
    return waiting.select_related("person__unit").order_by("id")


def join_request(community: Community, request_id: int) -> JoinRequest:
    """One of them, also when it was answered meanwhile; raises JoinRequest.DoesNotExist."""
    return JoinRequest.objects.select_related("person", "community").get(pk=request_id, community=community)
