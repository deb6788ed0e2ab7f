"""Who tends a community, what members want to be told, and the counts that pages show."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

from heard.foundation.communities import errors, rules
from heard.foundation.communities.models import Community, Level, Membership
from heard.foundation.communities.queries import membership_of, tenders_of
from heard.foundation.notices.actions import tell
from heard.foundation.notices.models import Why
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened
from heard.plumbing import realtime


def address_of(community: Community) -> str:
    """Where the community is read."""
    return f"/communities/{community.slug}/"


def require_tender(community: Community, by: Person) -> None:
    """Raises NotATender."""
    if not rules.may_tend(by, community, membership_of(by, community)):
        raise errors.NotATender


def hold(community: Community) -> Community:
    """The community as it is now, held until the transaction ends, so that two deeds on it follow each other."""
    return Community.objects.select_for_update().get(pk=community.pk)


def refuse_untended(community: Community, person: Person) -> None:
    """Raises LastTender if nobody would look after it without `person`."""
    if not set(tenders_of(community)) - {person.pk}:
        raise errors.LastTender


@transaction.atomic
def make_tender(community: Community, person: Person, *, by: Person) -> None:
    """A member becomes a tender, and is told."""
    require_tender(community, by)
    if person.left_at is not None:
        raise errors.HasLeft
    changed = Membership.objects.filter(community=community, person=person, is_tender=False).update(is_tender=True)
    if not changed and membership_of(person, community) is None:
        raise errors.BelongsNot
    if changed:
        tell([person.pk], Why.TENDING, community, by=by, address=address_of(community), words=community.name)
        happened("community.tender", community, by=by, person=person.pk)


@transaction.atomic
def withdraw_tender(community: Community, person: Person, *, by: Person) -> None:
    """A tender becomes an ordinary member again; one must remain. Twice changes nothing."""
    require_tender(community, by)
    hold(community)
    tending = Membership.objects.filter(community=community, person=person, is_tender=True)
    if tending.exists():
        refuse_untended(community, person)
        tending.update(is_tender=False)
        happened("community.untender", community, by=by, person=person.pk)


@transaction.atomic
def take_over(community: Community, *, by: Person) -> None:
    """A member looks after a community that nobody tends any more; raises SomebodyTends or NotAMember."""
    hold(community)
    mine = membership_of(by, community)
    if mine is None:
        raise errors.NotAMember
    if tenders_of(community):
        raise errors.SomebodyTends
    Membership.objects.filter(pk=mine.pk).update(is_tender=True)
    happened("community.tender", community, by=by, person=by.pk)


def choose_level(community: Community, level: str, *, by: Person) -> None:
    """What `by` wants to be told of this community; raises NoSuchLevel or NotAMember."""
    if level not in Level.values:
        raise errors.NoSuchLevel
    if not Membership.objects.filter(community=community, person=by).update(level=level):
        raise errors.NotAMember
    realtime.announce_on_commit(f"person:{by.pk}", "membership")


def note_thread(community_id: int, *, at: datetime, change: int = 1) -> None:
    """Keeps a community's count of threads and the time of its newest; called by conversation's actions."""
    newest = {"newest_thread_at": Greatest(Coalesce("newest_thread_at", at), at)} if change > 0 else {}
    Community.objects.filter(pk=community_id).update(thread_count=F("thread_count") + change, **newest)
