"""Lists of communities: pages, words, suggestions, and what they cost."""

import pytest

from heard.foundation.communities import queries
from heard.foundation.communities.actions import close_community, join
from heard.foundation.communities.models import Access
from heard.foundation.people.actions import add_unit, change_profile
from tests.foundation.communities.gatherings import a_community, some_people


def names(places):
    return [one.community.name for one in places]


def test_the_largest_stand_first(cast):
    small = a_community("Small", cast.tender)
    assert names(queries.listed(cast.outsider)) == ["Canteen", "Small"]
    for person in some_people(4):
        join(small, by=person)
    assert names(queries.listed(cast.outsider)) == ["Small", "Canteen"]


def test_pages_follow_one_another_without_gap_or_repetition(cast):
    for nth in range(queries.PAGE * 2):
        a_community(f"Number {nth:02}", cast.tender)
    seen: list[str] = []
    after = ""
    for _page in range(3):
        found = queries.listed(cast.outsider, after=after)
        seen += names(found[: queries.PAGE])
        last = found[: queries.PAGE][-1].community
        after = f"{last.member_count}|{last.pk}"
    assert len(seen) == len(set(seen)) == queries.PAGE * 2 + 1
    assert len(found) == 1


@pytest.mark.parametrize("nonsense", ["x|y", "|", "1", "²|3", "9" * 30 + "|1", "1|" + "9" * 30])
def test_a_page_after_nonsense_is_the_first(cast, nonsense):
    assert names(queries.listed(cast.outsider, after=nonsense)) == ["Canteen"]


def test_every_word_must_begin_a_word_of_the_name_or_description(cast):
    a_community("Crèche and children", cast.tender, description="For parents in Leith")
    assert names(queries.listed(cast.outsider, words="CRECHE leith")) == ["Crèche and children"]
    assert names(queries.listed(cast.outsider, words="crèche london")) == []
    assert names(queries.listed(cast.outsider, words="hildren")) == []
    assert names(queries.listed(cast.outsider, words="…?!")) == []


def test_what_is_read_only_is_found_by_words_and_by_its_members_but_not_listed(cast):
    close_community(cast.community, by=cast.tender)
    assert names(queries.listed(cast.outsider)) == []
    assert names(queries.listed(cast.outsider, words="canteen")) == ["Canteen"]
    assert "Canteen" in names(queries.listed(cast.member, is_mine=True))
    assert cast.community not in queries.suggested_for(cast.outsider)
    assert cast.community not in queries.open_to_words_of(cast.member)


def test_mine_are_those_i_joined(cast):
    a_community("Elsewhere", cast.tender)
    assert names(queries.listed(cast.member, is_mine=True)) == ["Canteen", "Works council"]
    assert queries.listed(cast.outsider, is_mine=True) == []


def test_suggestions_begin_with_what_the_unit_joined_and_never_name_what_is_joined_or_cannot_be(cast):
    unit = add_unit("Workshop")
    others = some_people(3)
    for person in (cast.outsider, *others):
        change_profile(person, by=cast.steward, unit=unit)
    close_by = a_community("Lathes", cast.tender, *others[:2])
    a_community("Secret lathes", cast.tender, *others, access=Access.PRIVATE)
    asked = a_community("Lathes by request", cast.tender, others[0], access=Access.CLOSED)
    far = a_community("Night shift", cast.tender, access=Access.CLOSED)
    assert queries.suggested_for(cast.outsider) == [close_by, asked, cast.community, far]
    join(close_by, by=cast.outsider)
    assert queries.suggested_for(cast.outsider) == [asked, cast.community, far]
    assert queries.suggested_for(cast.outsider, limit=0) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_three_queries_however_long(cast, count, django_assert_num_queries):
    for nth in range(count):
        a_community(f"Club {nth}", cast.tender, access=Access.CLOSED)
    with django_assert_num_queries(3):
        assert len(queries.listed(cast.outsider)) == count + 1


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_cost_the_same_however_many(cast, count, django_assert_num_queries):
    unit = add_unit("Workshop")
    mates = some_people(2)
    for person in (cast.outsider, *mates):
        change_profile(person, by=cast.steward, unit=unit)
    for nth in range(count):
        a_community(f"Club {nth}", cast.tender, *mates)
    with django_assert_num_queries(5):
        assert len(queries.suggested_for(cast.outsider)) == count + 1


def test_in_common_costs_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        shared = queries.in_common(cast.member, cast.tender)
    assert shared == [cast.community, cast.council]
