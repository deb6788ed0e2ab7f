"""Looking at people: who is found, by what, and what a viewer may not see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heard.foundation.people import queries
from heard.foundation.people.actions import add_unit, change_profile, end_access, follow, invite
from heard.foundation.people.models import Person
from heard.foundation.people.queries import Filters, finding
from tests.cast import a_person

pytestmark = pytest.mark.django_db


def names(found):
    return [person.name for person in found]


@pytest.fixture
def company(cast):
    """Three units, two of them in the first, and people in each."""
    whole = add_unit("Whole")
    north, south = add_unit("North", parent=whole), add_unit("South", parent=whole)
    for person, unit, place in (
        (cast.member, north, "Leeds"),
        (cast.tender, south, "Łódź"),
        (cast.left, north, "Hull"),
    ):
        change_profile(person, by=cast.administrator, unit=unit, place=place)
    return whole, north, south


def test_the_directory_holds_who_works_here(cast, company):
    found = names(queries.directory(cast.newcomer, Filters()))
    assert cast.left.name not in found
    assert found == sorted(found)


@pytest.mark.parametrize("common", [1, 3000])
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("min", ["Mina Member"]),
        ("MEMBER mina", ["Mina Member"]),
        ("lodz", ["Tom Tender"]),
        ("south", ["Tom Tender"]),
        ("leo", []),
        ("mina tender", []),
        ("zzz", []),
    ],
)
def test_people_are_found_by_the_beginnings_of_words(cast, company, typed, expected, common, monkeypatch):
    monkeypatch.setattr(finding, "COMMON", common)
    assert names(queries.directory(cast.newcomer, Filters(words=typed))) == expected


@pytest.mark.parametrize("common", [1, 3000])
def test_a_unit_means_those_below_it_too(cast, company, common, monkeypatch):
    monkeypatch.setattr(finding, "COMMON", common)
    whole, north, _south = company
    assert names(queries.directory(cast.newcomer, Filters(unit=whole.pk))) == ["Mina Member", "Tom Tender"]
    assert names(queries.directory(cast.newcomer, Filters(unit=north.pk))) == ["Mina Member"]
    assert names(queries.directory(cast.newcomer, Filters(unit=whole.pk, place="Leeds"))) == ["Mina Member"]
    assert names(queries.directory(cast.newcomer, Filters(unit=999))) == []


def test_places_are_those_of_people_who_work_here(cast, company):
    assert queries.places() == ["Leeds", "Łódź"]


def test_pages_follow_one_another_without_gap_or_repeat(cast):
    for _nth in range(5):
        a_person("Same Name", email=None, staff_number=str(_nth))
    everybody = names(queries.directory(cast.member, Filters()))
    seen, after = [], ""
    while True:
        page = queries.page_by_name(queries.directory(cast.member, Filters()), after, limit=2)
        seen += names(page.people)
        after = page.after
        if not after:
            break
    assert seen == everybody


@pytest.mark.parametrize("after", ["nonsense", "|", "a|b", "x|99999999999999999999", "'; --|1"])
def test_a_nonsense_page_is_no_fault(cast, after):
    assert queries.page_by_name(queries.directory(cast.member, Filters()), after).people is not None


def test_the_chart_shows_managers_above_and_reports_below(cast):
    change_profile(cast.tender, by=cast.steward, manager=cast.steward)
    change_profile(cast.member, by=cast.steward, manager=cast.tender)
    change_profile(cast.newcomer, by=cast.steward, manager=cast.member)
    change_profile(cast.outsider, by=cast.steward, manager=cast.member)
    chart = queries.chart_around(cast.member, cast.member)
    assert names(chart.above) == ["Stella Steward", "Tom Tender"]
    assert names(chart.reports) == ["Nina Newcomer", "Otto Outsider"]
    assert queries.chart_around(cast.member, cast.member, limit=1).more == 1
    assert [(top.name, top.report_count) for top in queries.tops(cast.member)] == [("Stella Steward", 1)]
    end_access(cast.outsider, by=cast.steward)
    assert names(queries.chart_around(cast.member, cast.member).reports) == ["Nina Newcomer"]


def test_a_circle_of_managers_ends(cast):
    Person.objects.filter(pk=cast.member.pk).update(manager=cast.tender)
    Person.objects.filter(pk=cast.tender.pk).update(manager=cast.member)
    cast.member.refresh_from_db()
    assert names(queries.chart_around(cast.member, cast.member).above) == ["Tom Tender"]


def test_hidden_contact_is_for_the_person_their_manager_and_stewards(cast):
    change_profile(cast.member, by=cast.administrator, is_contact_hidden=True, telephone="123", manager=cast.tender)
    seen = {name: queries.profile(getattr(cast, name), cast.member) for name in ("member", "tender", "steward")}
    assert {(profile.email, profile.telephone) for profile in seen.values()} == {(cast.member.email, "123")}
    hidden = queries.profile(cast.outsider, cast.member)
    assert (hidden.email, hidden.telephone, hidden.may_change) == ("", "", False)


def test_a_staff_number_is_never_for_everybody(cast):
    change_profile(cast.member, by=cast.administrator, staff_number="4711")
    assert queries.profile(cast.outsider, cast.member).staff_number == ""
    assert queries.profile(cast.steward, cast.member).staff_number == "4711"


def test_somebody_is_meant_by_a_handle_an_address_or_a_name_of_their_own(cast):
    a_person("Same Name", email="same1@example.org")
    a_person("Same Name", email="same2@example.org")
    for typed in ("mina.member", "@Mina.Member", "mina.member@example.org", "Mina Member"):
        assert queries.person_called(cast.steward, typed) == cast.member
    for typed in ("Same Name", "", "Mina"):
        assert queries.person_called(cast.steward, typed) is None


def test_invitations_and_grants_are_nobodys_but_for_whom_they_are(cast):
    invite(by=cast.steward, email="ivy@example.org")
    assert queries.open_invitations(cast.steward).count() == 1
    assert not queries.open_invitations(cast.member).exists()
    assert not queries.grants(cast.steward).exists()
    assert queries.grants(cast.administrator).count() == 2


def test_who_follows_whom(cast):
    follow(cast.tender, by=cast.member)
    assert names(queries.followers_of(cast.tender)) == ["Mina Member"]
    assert names(queries.followed_by(cast.member)) == ["Tom Tender"]


def test_units_stand_in_the_order_of_the_tree(company):
    assert [name for _pk, name in queries.all_units()] == ["Whole", "– North", "– South"]


def test_a_unit_counts_who_works_in_it_and_below_it_and_nobody_who_left(cast, company):
    _whole, north, _south = company
    other = add_unit("Other")
    change_profile(cast.newcomer, by=cast.administrator, unit=north)
    assert [(unit.name, unit.people_count) for unit in queries.units()] == [("Other", 0), ("Whole", 3)]
    assert [(unit.name, unit.people_count) for unit in queries.units(company[0])] == [("North", 2), ("South", 1)]
    assert list(queries.units(other)) == []


def test_managers_above_cost_two_queries_however_many(cast):
    change_profile(cast.newcomer, by=cast.steward, manager=cast.member)
    change_profile(cast.member, by=cast.steward, manager=cast.tender)
    change_profile(cast.tender, by=cast.steward, manager=cast.steward)
    for person in (cast.tender, cast.newcomer):
        person = Person.objects.get(pk=person.pk)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queries.chart_around(cast.member, person)
        assert len(asked) == 3
