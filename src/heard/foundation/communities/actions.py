"""Everything that is done about communities and those who belong to them."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from heard.foundation.communities import errors, rules
from heard.foundation.communities.models import Access, Community, CommunityWord, JoinRequest, Level, Membership
from heard.foundation.communities.queries import membership_of, tenders_of
from heard.foundation.notices.actions import tell
from heard.foundation.notices.models import Why
from heard.foundation.people.models import Person
from heard.foundation.people.queries import Links
from heard.foundation.record.actions import happened
from heard.plumbing import realtime
from heard.plumbing.text import render
from heard.plumbing.words import missing, slug_from, words_of


def address_of(community: Community) -> str:
    """Where the community is read."""
    return f"/communities/{community.slug}/"


@transaction.atomic
def start_community(*, name: str, by: Person, access: str = Access.OPEN, **fields: Any) -> Community:
    """A new community, tended by `by`; raises NameIsTaken."""
    refuse_taken(name)
    community = Community(
        name=name.strip(),
        slug=slug_from(name, lambda it: Community.objects.filter(slug=it).exists()),
        access=access,
        started_by=by,
        started_at=timezone.now(),
        **fields,
    )
    community.welcome_html = render(community.welcome, link=Links()).html
    community.save()
    index_words(community)
    admit(community, by, is_tender=True)
    happened("community.started", community, by=by)
    return community


def refuse_taken(name: str, but: Community | None = None) -> None:
    """Raises NameIsTaken if another community that everybody can see has this name."""
    same = Community.objects.filter(name__iexact=name.strip(), access__in=rules.SEEN_BY_ALL, closed_at=None)
    if same.exclude(pk=but.pk if but else None).exists():
        raise errors.NameIsTaken


def index_words(community: Community) -> None:
    """Brings the words by which it is found up to date."""
    there = community.words.values_list("word", flat=True)
    added, gone = missing(words_of(community.name, community.description), there)
    if gone:
        community.words.filter(word__in=gone).delete()
    CommunityWord.objects.bulk_create(CommunityWord(community=community, word=word) for word in sorted(added))


def require_tender(community: Community, by: Person) -> None:
    """Raises NotATender."""
    if not rules.may_tend(by, community, membership_of(by, community)):
        raise errors.NotATender


@transaction.atomic
def change_community(community: Community, *, by: Person, **fields: Any) -> None:
    """Sets what a community says of itself and who may see it."""
    require_tender(community, by)
    if "name" in fields:
        refuse_taken(fields["name"], but=community)
    for name, value in fields.items():
        setattr(community, name, value)
    community.welcome_html = render(community.welcome, link=Links()).html
    community.save(update_fields=[*fields, "welcome_html"])
    index_words(community)
    happened("community.changed", community, by=by, fields=sorted(fields))
    realtime.announce_on_commit(f"community:{community.pk}", "membership")


def admit(community: Community, person: Person, *, is_tender: bool = False) -> bool:
    """Makes `person` a member; gives whether they were none before."""
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
        happened("community.joined", community, by=by)


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
        tell(tenders_of(community), Why.REQUEST, community, by=by, address=f"{address_of(community)}waiting/")


@transaction.atomic
def decide_request(request: JoinRequest, *, admitted: bool, by: Person) -> None:
    """A tender lets somebody in, or not; who was let in is told."""
    community = request.community
    require_tender(community, by)
    decided = JoinRequest.objects.filter(pk=request.pk, decided_at=None)
    if not decided.update(decided_at=timezone.now(), decided_by=by, was_admitted=admitted):
        raise errors.RequestIsSettled
    if admitted and admit(community, request.person):
        tell([request.person_id], Why.ADMITTED, community, by=by, address=address_of(community), words=community.name)
    happened("community.admitted" if admitted else "community.declined", community, by=by, person=request.person_id)


@transaction.atomic
def add_member(community: Community, person: Person, *, by: Person) -> None:
    """A tender brings somebody in, which is the only way into a private community."""
    require_tender(community, by)
    if not community.is_open_to_words:
        raise errors.CommunityIsClosed
    JoinRequest.objects.filter(community=community, person=person, decided_at=None).update(
        decided_at=timezone.now(), decided_by=by, was_admitted=True
    )
    if admit(community, person):
        tell([person.pk], Why.ADMITTED, community, by=by, address=address_of(community), words=community.name)
        happened("community.added", community, by=by, person=person.pk)


@transaction.atomic
def leave(community: Community, *, by: Person) -> None:
    """`by` leaves; the last tender of a community with other members must first name another."""
    release(community, by)
    happened("community.left", community, by=by)


@transaction.atomic
def remove_member(community: Community, person: Person, *, by: Person) -> None:
    """A tender ends somebody's membership."""
    require_tender(community, by)
    release(community, person)
    happened("community.removed", community, by=by, person=person.pk)


def release(community: Community, person: Person) -> None:
    """Ends a membership, and the person's stream with it; raises LastTender."""
    mine = membership_of(person, community)
    if mine is None:
        return
    if mine.is_tender and len(tenders_of(community)) == 1 and community.memberships.count() > 1:
        raise errors.LastTender
    mine.delete()
    Community.objects.filter(pk=community.pk).update(member_count=F("member_count") - 1)
    realtime.announce_on_commit(f"person:{person.pk}", "membership")


@transaction.atomic
def make_tender(community: Community, person: Person, *, by: Person) -> None:
    """A member becomes a tender, and is told."""
    require_tender(community, by)
    changed = Membership.objects.filter(community=community, person=person, is_tender=False).update(is_tender=True)
    if not changed and membership_of(person, community) is None:
        raise errors.NotAMember
    if changed:
        tell([person.pk], Why.TENDING, community, by=by, address=address_of(community), words=community.name)
        happened("community.tender", community, by=by, person=person.pk)


@transaction.atomic
def withdraw_tender(community: Community, person: Person, *, by: Person) -> None:
    """A tender becomes an ordinary member again; one must remain."""
    require_tender(community, by)
    if tenders_of(community) == [person.pk]:
        raise errors.LastTender
    Membership.objects.filter(community=community, person=person).update(is_tender=False)
    happened("community.untender", community, by=by, person=person.pk)


def choose_level(community: Community, level: str, *, by: Person) -> None:
    """What `by` wants to be told of this community."""
    if not Membership.objects.filter(community=community, person=by).update(level=Level(level)):
        raise errors.NotAMember


@transaction.atomic
def close_community(community: Community, *, by: Person) -> None:
    """Ends talk in it; everything stays to be read."""
    require_tender(community, by)
    if community.closed_at is None:
        community.closed_at, community.closed_by = timezone.now(), by
        community.save(update_fields=["closed_at", "closed_by"])
        happened("community.closed", community, by=by)


@transaction.atomic
def reopen_community(community: Community, *, by: Person) -> None:
    """Lets talk go on."""
    require_tender(community, by)
    community.closed_at = community.closed_by = None
    community.save(update_fields=["closed_at", "closed_by"])
    happened("community.reopened", community, by=by)


def note_thread(community_id: int, *, at: Any, change: int = 1) -> None:
    """Keeps a community's count of threads and the time of its newest; called by conversation's actions."""
    Community.objects.filter(pk=community_id).update(thread_count=F("thread_count") + change)
    if change > 0:
        Community.objects.filter(pk=community_id).exclude(newest_thread_at__gt=at).update(newest_thread_at=at)
