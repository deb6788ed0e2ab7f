"""Joining and asking to join, letting in and leaving; the count of members is kept with every change."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from heard.foundation.communities import errors, rules
from heard.foundation.communities.actions.tending import address_of, hold, refuse_untended, require_tender
from heard.foundation.communities.models import Community, JoinRequest, Level, Membership
from heard.foundation.communities.queries import membership_of, tenders_of
from heard.foundation.notices.actions import tell
from heard.foundation.notices.models import Why
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened
from heard.plumbing import realtime
from heard.plumbing.later import later

WITHDRAWING = "heard.foundation.conversation.tasks.withdraw_told"


def admit(community: Community, person: Person, *, is_tender: bool = False) -> bool:
    """Makes `person` a member; gives whether they were none before. The first of all looks after it."""
    is_tender = is_tender or not Membership.objects.filter(community=community).exists()
    _row, is_new = Membership.objects.get_or_create(
        community=community,
        person=person,
        defaults={"is_tender": is_tender, "joined_at": timezone.now(), "level": Level.MENTIONS},
    )
    if is_new:
        Community.objects.filter(pk=community.pk).update(member_count=F("member_count") + 1)
        realtime.announce_on_commit(f"person:{person.pk}", "membership")
    return is_new


@transaction.atomic
def join(community: Community, *, by: Person) -> None:
    """`by` joins an open community; joining twice changes nothing."""
    mine = membership_of(by, community)
    if mine is not None:
        return
    if not community.is_open_to_words:
        raise errors.CommunityIsClosed
    if not rules.may_join(community, mine):
        raise errors.JoiningNeedsAsking
    if admit(community, by):
        settle_requests(community, by, by=by)
        happened("community.joined", community, by=by)


def settle_requests(community: Community, person: Person, *, by: Person) -> None:
    """Ends what waits of somebody who became a member another way."""
    waiting = JoinRequest.objects.filter(community=community, person=person, decided_at=None)
    waiting.update(decided_at=timezone.now(), decided_by=by, was_admitted=True)


@transaction.atomic
def ask_to_join(community: Community, *, by: Person, words: str = "") -> None:
    """`by` asks the tenders of a closed community; asking twice changes nothing."""
    if not community.is_open_to_words:
        raise errors.CommunityIsClosed
    if not rules.may_ask_to_join(community, membership_of(by, community)):
        return
    _row, is_new = JoinRequest.objects.get_or_create(
        community=community,
        person=by,
        decided_at=None,
        defaults={"words": words.strip()[:500], "asked_at": timezone.now()},
    )
    if is_new:
        happened("community.asked", community, by=by)
        address = f"{address_of(community)}waiting/"
        tell(tenders_of(community), Why.REQUEST, community, by=by, address=address, words=community.name)


@transaction.atomic
def withdraw_request(community: Community, *, by: Person) -> None:
    """`by` asks no longer; the tenders see nothing of it any more."""
    if JoinRequest.objects.filter(community=community, person=by, decided_at=None).delete()[0]:
        happened("community.asked-no-longer", community, by=by)


@transaction.atomic
def decide_request(request: JoinRequest, *, admitted: bool, by: Person) -> None:
    """A tender lets somebody in, or not; who was let in is told."""
    community = request.community
    require_tender(community, by)
    if admitted:
        refuse_entry(community, request.person)
    decided = JoinRequest.objects.filter(pk=request.pk, decided_at=None)
    if not decided.update(decided_at=timezone.now(), decided_by=by, was_admitted=admitted):
        raise errors.RequestIsSettled
    if admitted and admit(community, request.person):
        tell([request.person_id], Why.ADMITTED, community, by=by, address=address_of(community), words=community.name)
    happened("community.admitted" if admitted else "community.declined", community, by=by, person=request.person_id)


def refuse_entry(community: Community, person: Person) -> None:
    """Raises what stands in the way of anybody's becoming a member."""
    if not community.is_open_to_words:
        raise errors.CommunityIsClosed
    if person.left_at is not None:
        raise errors.HasLeft


@transaction.atomic
def add_member(community: Community, person: Person, *, by: Person) -> None:
    """A tender brings somebody in, which is the only way into a private community."""
    require_tender(community, by)
    refuse_entry(community, person)
    settle_requests(community, person, by=by)
    if admit(community, person):
        tell([person.pk], Why.ADMITTED, community, by=by, address=address_of(community), words=community.name)
        happened("community.added", community, by=by, person=person.pk)


@transaction.atomic
def leave(community: Community, *, by: Person) -> None:
    """`by` leaves; the last tender of a community with other members must first name another."""
    if release(community, by):
        happened("community.left", community, by=by)


@transaction.atomic
def remove_member(community: Community, person: Person, *, by: Person) -> None:
    """A tender ends somebody's membership."""
    require_tender(community, by)
    if release(community, person):
        happened("community.removed", community, by=by, person=person.pk)


def release(community: Community, person: Person) -> bool:
    """Ends a membership, and the person's stream with it; gives whether there was one. Raises LastTender."""
    hold(community)
    mine = membership_of(person, community)
    if mine is None:
        return False
    if mine.is_tender and community.memberships.exclude(pk=mine.pk).exists():
        refuse_untended(community, person)
    mine.delete()
    if community.access not in rules.READ_BY_ALL:
        later(WITHDRAWING, person.pk)
    Community.objects.filter(pk=community.pk).update(member_count=F("member_count") - 1)
    realtime.announce_on_commit(f"person:{person.pk}", "membership")
    return True
