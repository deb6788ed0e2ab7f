"""Who may see, join, speak in and tend a community: pure predicates, asked with the viewer's membership or None.

`audience` puts the rule of who may see into words, so that every composer can say it and never drift from it.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heard.foundation.communities.models import Access, Community, Level, Membership
from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_steward

SEEN_BY_ALL = frozenset({Access.OPEN, Access.CLOSED})
READ_BY_ALL = frozenset({Access.OPEN})
WIDTH = {Access.PRIVATE: 0, Access.CLOSED: 1, Access.OPEN: 2}
NEW_FOR = timedelta(days=14)


def may_see(community: Community, membership: Membership | None) -> bool:
    """Whether it exists for them at all."""
    return membership is not None or community.access in SEEN_BY_ALL


def may_read(community: Community, membership: Membership | None) -> bool:
    """Whether they may read what is said in it."""
    return membership is not None or community.access in READ_BY_ALL


def may_speak(community: Community, membership: Membership | None) -> bool:
    """Whether they may write in it: members may, while it is not closed for good."""
    return membership is not None and community.is_open_to_words


def may_join(community: Community, membership: Membership | None) -> bool:
    """Whether one gesture makes them a member."""
    return membership is None and community.access == Access.OPEN and community.is_open_to_words


def may_ask_to_join(community: Community, membership: Membership | None) -> bool:
    """Whether they may ask the tenders."""
    return membership is None and community.access == Access.CLOSED and community.is_open_to_words


def may_tend(person: Person, community: Community, membership: Membership | None) -> bool:
    """Its tenders may; stewards may too where everybody can see it, never behind a private door."""
    if membership is not None and membership.is_tender:
        return True
    return is_steward(person) and may_see(community, membership)


def may_meet(person: Person, community: Community, membership: Membership | None) -> bool:
    """Whether they may see who belongs: whoever may read what is said, and whoever looks after it."""
    return may_read(community, membership) or may_tend(person, community, membership)


def may_become(community: Community, access: str) -> bool:
    """Whether it may be opened or closed so far: to more people only while nothing was ever said in it."""
    return community.newest_thread_at is None or not is_wider(access, than=community.access)


def narrowing(community: Community, access: str) -> str:
    """What a change of who may see it takes away for good, in words; nothing where it can be taken back."""
    if community.newest_thread_at is None or not is_wider(community.access, than=access):
        return ""
    now = {
        Access.CLOSED: ngettext(
            "From now on only its %(count)s member will read it; others must ask to join.",
            "From now on only its %(count)s members will read it; others must ask to join.",
            community.member_count,
        ),
        Access.PRIVATE: ngettext(
            "From now on only its %(count)s member will know that it is there.",
            "From now on only its %(count)s members will know that it is there.",
            community.member_count,
        ),
    }[Access(access)] % {"count": number_format(community.member_count, force_grouping=True)}
    return f"{now} {_('Since something was said in it, this cannot be taken back.')}"


def is_wider(access: str, *, than: str) -> bool:
    """Whether more people may see a community of this access than of the other; nothing is wider than no access."""
    return than in WIDTH and WIDTH[Access(access)] > WIDTH[Access(than)]


def is_new(membership: Membership) -> bool:
    """Whether somebody joined lately enough to be welcomed."""
    return timezone.now() - membership.joined_at < NEW_FOR


def audience(community: Community) -> str:
    """Who will be able to read what is said here, in one sentence."""
    if community.access in READ_BY_ALL:
        return _("Everybody here can read this; members of %(name)s are shown it.") % {"name": community.name}
    return ngettext(
        "Only the %(count)s member of %(name)s can read this, and whoever joins later.",
        "Only the %(count)s members of %(name)s can read this, and whoever joins later.",
        community.member_count,
    ) % {"count": number_format(community.member_count, force_grouping=True), "name": community.name}


def accesses() -> list[tuple[str, str, str]]:
    """What a community may be: value, name, and what it means for who may see, read and join."""
    return [
        (Access.OPEN.value, _("Open"), _("Everybody here can read it and join.")),
        (
            Access.CLOSED.value,
            _("By request"),
            _("Everybody sees that it is there. Only members read it; others ask to join."),
        ),
        (Access.PRIVATE.value, _("Private"), _("Nobody else sees that it is there. Tenders bring members in.")),
    ]


def levels() -> list[tuple[str, str, str]]:
    """What a member may be told of: value, name, and what it means."""
    return [
        (Level.EVERYTHING.value, _("Everything"), _("Every new thread, mentions and replies.")),
        (Level.MENTIONS.value, _("Mentions"), _("When somebody names you or replies to you.")),
        (Level.DIGEST.value, _("Digest"), _("The same, and what else was said goes into your digest.")),
        (Level.MUTE.value, _("Nothing"), _("No notices, and nothing of it on your home page.")),
    ]
