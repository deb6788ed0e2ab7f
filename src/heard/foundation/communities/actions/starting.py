"""Starting a community, and changing what it says of itself and who may see it."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from heard.foundation.communities import errors, rules
from heard.foundation.communities.actions.joining import admit
from heard.foundation.communities.actions.tending import hold, require_tender
from heard.foundation.communities.models import Access, Community, CommunityWord
from heard.foundation.people.models import Person
from heard.foundation.people.queries import Links
from heard.foundation.record.actions import happened
from heard.plumbing import realtime
from heard.plumbing.text import one_line, render
from heard.plumbing.words import missing, slug_from, words_of

NOT_A_SLUG = frozenset({"new"})
CODE = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def start_community(*, name: str, by: Person, access: str = Access.OPEN, **fields: Any) -> Community:
    """A new community, tended by `by`; raises NameIsTaken or NameIsEmpty."""
    name = in_one_line(name)
    refuse_taken(name)
    community = Community(
        name=name,
        slug=slug_for(name, access),
        access=Access(access),
        started_by=by,
        started_at=timezone.now(),
        **fields,
    )
    community.welcome_html = render(community.welcome, link=Links()).html
    try:
        with transaction.atomic():
            community.save()
    except IntegrityError as error:
        raise errors.NameIsTaken from error
    index_words(community)
    admit(community, by, is_tender=True)
    happened("community.started", community, by=by)
    return community


def in_one_line(name: str) -> str:
    """A name without stray blanks; raises NameIsEmpty."""
    name = one_line(name)
    if not name:
        raise errors.NameIsEmpty
    return name


def slug_for(name: str, access: str, *, taken: Collection[str] = ()) -> str:
    """An address that is free, and none of those `taken` meanwhile.

    A private community's cannot be guessed, nor felt by giving another its name.
    """
    if access == Access.PRIVATE:
        name = f"{name[:60]} {get_random_string(8, CODE)}"
    return slug_from(
        name, lambda slug: slug in NOT_A_SLUG or slug in taken or Community.objects.filter(slug=slug).exists()
    )


def refuse_taken(name: str, but: Community | None = None) -> None:
    """Raises NameIsTaken if another community that everybody can see has this name."""
    same = Community.objects.filter(name__iexact=name, access__in=rules.SEEN_BY_ALL, closed_at=None)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise errors.NameIsTaken


def index_words(community: Community) -> None:
    """Brings the words by which it is found up to date."""
    there = community.words.values_list("word", flat=True)
    added, gone = missing(words_of(community.name, community.description), there)
    if gone:
        community.words.filter(word__in=gone).delete()
    CommunityWord.objects.bulk_create(CommunityWord(community=community, word=word) for word in sorted(added))


@transaction.atomic
def change_community(community: Community, *, by: Person, **fields: Any) -> None:
    """Sets what a community says of itself and who may see it.

    Raises SaidAmongMembers where more people could then read, or learn of, what was said to fewer.
    """
    require_tender(community, by)
    now = hold(community)
    if not rules.may_become(now, fields.get("access", now.access)):
        raise errors.SaidAmongMembers
    if "name" in fields:
        fields["name"] = in_one_line(fields["name"])
    if {"name", "access"} & fields.keys():
        refuse_taken(fields.get("name", now.name), but=community)
    for name, value in fields.items():
        setattr(community, name, value)
    community.welcome_html = render(community.welcome, link=Links()).html
    community.save(update_fields=[*fields, "welcome_html"])
    index_words(community)
    happened("community.changed", community, by=by, fields=sorted(fields))
    realtime.announce_on_commit(f"community:{community.pk}", "membership")


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
    """Lets talk go on; raises NameIsTaken if another community took its name meanwhile."""
    require_tender(community, by)
    if community.closed_at is not None:
        refuse_taken(community.name, but=community)
        community.closed_at = community.closed_by = None
        community.save(update_fields=["closed_at", "closed_by"])
        happened("community.reopened", community, by=by)
