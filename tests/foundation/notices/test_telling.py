"""Telling people things: each once, never the one who caused it, and seen when they say so."""

from django.utils import timezone

from heard.foundation.communities.models import Community, Membership
from heard.foundation.communities.queries import readers_among
from heard.foundation.communities.rules import READ_BY_ALL
from heard.foundation.notices.actions import see_notice, see_notices, tell
from heard.foundation.notices.models import Notice, Switch, Way, Why
from heard.foundation.notices.queries import PAGE, notice_of, notices_of, page_of, unseen_count
from heard.foundation.notices.queries.wanting import wanted_by


def told(cast, *people, why=Why.FOLLOW, by=None):
    tell([person.pk for person in people], why, cast.tender, by=by or cast.tender, address="/people/tom.tender/")


def test_each_is_told_once_and_whoever_caused_it_is_not(cast):
    told(cast, cast.member, cast.member, cast.tender, cast.newcomer)
    assert {notice.person_id for notice in Notice.objects.all()} == {cast.member.pk, cast.newcomer.pk}
    assert Notice.objects.count() == 2


def test_telling_nobody_tells_nobody(cast):
    told(cast)
    assert not Notice.objects.exists()


def test_the_newest_stand_first_and_pages_follow(cast):
    for nth in range(PAGE + 2):
        about = Community(pk=nth + 1)
        tell([cast.member.pk], Why.REQUEST, about, by=cast.tender, address="/communities/canteen/members/")
    page = page_of(cast.member, seen=ids_of)
    first = [fold.notice.pk for fold in page.folds]
    following = page_of(cast.member, before=page.older, seen=ids_of)
    assert (page.newest, page.older) == (first[0], first[-1])
    assert len(first) == PAGE
    assert first == sorted(first, reverse=True)
    assert len(following.folds) == 2
    assert following.older == 0


def ids_of(notices):
    """All of them may be shown."""
    return {one.pk for one in notices}


def test_nobody_reads_what_another_was_told(cast):
    told(cast, cast.member)
    notice = Notice.objects.get()
    assert notice_of(cast.member, notice.pk) == notice
    assert not notices_of(cast.outsider).exists()
    see_notice(cast.outsider, notice)
    see_notices(cast.outsider)
    assert unseen_count(cast.member) == 1


def test_seeing_twice_is_seeing_once(cast):
    told(cast, cast.member)
    assert see_notices(cast.member).how_many == 1
    gesture = Notice.objects.get().seen_with
    assert see_notices(cast.member).how_many == 0
    see_notice(cast.member, Notice.objects.get())
    assert Notice.objects.get().seen_with == gesture


def test_what_came_after_a_page_was_shown_stays_new(cast):
    told(cast, cast.member)
    shown = Notice.objects.get()
    told(cast, cast.member, by=cast.newcomer)
    see_notices(cast.member, up_to=shown.pk)
    assert unseen_count(cast.member) == 1


def test_words_and_addresses_that_are_too_long_are_cut(cast):
    tell([cast.member.pk], Why.REPLY, cast.tender, by=None, address="/" + "a" * 400, words="w" * 400)
    notice = Notice.objects.get()
    assert (len(notice.address), len(notice.words)) == (300, 300)


def test_a_hundred_thousand_are_asked_how_they_want_to_be_told(cast):
    Switch.objects.create(person=cast.member, why=Why.ASK, way=Way.APP, is_on=False, set_at=timezone.now())
    ways, _reachable = wanted_by(range(100_000), Why.ASK, None)
    assert len(ways) == 100_000
    assert Way.APP not in ways[cast.member.pk]
    assert Way.APP in ways[cast.newcomer.pk]


def test_of_a_hundred_thousand_those_who_may_read_a_closed_community_are_found(cast):
    assert cast.council.access not in READ_BY_ALL
    belonging = set(Membership.objects.filter(community=cast.council).values_list("person_id", flat=True))
    assert belonging
    assert readers_among(cast.council, set(range(100_000))) == belonging
