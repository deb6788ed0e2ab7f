"""Pages about asks: who sees which, what they say, and what they cost."""

from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.timezone import localtime

from heard.features.asks.rules import Draft
from heard.features.rolls.queries import place_of, roll_of
from heard.foundation.communities.actions import add_member
from heard.foundation.notices.models import Notice, Why
from tests.cast import Cast, browser_of
from tests.features.asks.asking import (
    AGREE,
    CHOICE,
    RECOMMEND,
    WORDS,
    a_poll,
    a_pulse,
    answer,
    clock_at,
    closed,
    now_in,
    text,
    tokens_for,
)
from tests.features.rolls.companies import a_company, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_an_ask_of_one_unit_is_there_for_its_people_and_stewards_alone(cast: Cast):
    company = a_company(Depot=10, Office=12)
    ask = a_pulse(cast.administrator, units=[company["Depot"][0].unit.pk])
    seen = {
        name: browser_of(person).get(f"/asks/{ask.code}/").status_code
        for name, person in {
            "depot": company["Depot"][0],
            "office": company["Office"][0],
            "steward": cast.steward,
            "outsider": cast.outsider,
        }.items()
    }
    assert seen == {"depot": 200, "office": 404, "steward": 200, "outsider": 404}
    with now_in(ask, DAY):
        assert "/speak/#answer" in text(company["Depot"][1], "/asks/")
        assert "/speak/#answer" not in text(cast.steward, "/asks/")
    for page in ("", "group/", "results/", "results/1/"):
        assert browser_of(company["Office"][0]).get(f"/asks/{ask.code}/{page}").status_code == 404
    assert "Autumn pulse" not in text(company["Office"][0], "/asks/")
    assert "Autumn pulse" in text(company["Depot"][0], "/asks/")


def test_a_member_sees_who_is_in_their_group(cast: Cast):
    company = a_company(Depot=10, Office=12)
    ask = a_pulse(cast.administrator)
    page = text(company["Office"][0], f"/asks/{ask.code}/group/")
    assert all(person.name in page for person in company["Office"])
    assert not any(f">{person.name}<" in page for person in company["Depot"])
    assert browser_of(staff(1, name="Later")[0]).get(f"/asks/{ask.code}/group/").status_code == 404


def test_whoever_joined_later_is_told_why_they_are_not_asked(cast: Cast):
    a_company(Depot=10)
    ask = a_pulse(cast.administrator)
    assert "asked the next time" in text(staff(1, name="Later")[0], f"/asks/{ask.code}/")


def test_whoever_came_lately_is_told_why_they_are_not_asked(cast: Cast):
    company = a_company(Depot=10)
    lately = staff(1, company["Depot"][0].unit, name="Lately", here=timedelta(days=29))[0]
    ask = a_pulse(cast.administrator)
    told = text(lately, f"/asks/{ask.code}/")
    assert "less than 30 days before the groups were frozen" in told
    counts_from = date_format(localtime(lately.claimed_at + timedelta(days=30)), "DATETIME_FORMAT")
    assert f"announced from {counts_from} on" in told
    joined = text(staff(1, name="Later")[0], f"/asks/{ask.code}/")
    assert "less than 30 days before the groups were frozen" not in joined


def test_whoever_has_no_script_or_trusts_none_is_given_whole_commands(cast: Cast, settings):
    company = a_company(Depot=10)
    ask = a_pulse(cast.administrator)
    with now_in(ask, DAY):
        page = text(company["Depot"][0], f"/asks/{ask.code}/")
    for command in ("speak take", "speak answer FILE", f"ballots verify {ask.ballot}"):
        assert f"heard {command} --url {settings.HEARD_URL}" in page


def test_issued_counts_are_public_without_a_session_and_name_nobody(cast: Cast):
    company = a_company(Depot=10, Office=12)
    ask = a_pulse(cast.administrator)
    tokens_for(ask, company["Office"][:5])
    for code in (ask.code, ask.ballot):
        said = browser_of(None).get(f"/asks/{code}/issued.json").json()
        assert sorted(said["issued"].values()) == [0, 5]
        assert "Office" not in str(said)
    group = place_of(company["Office"][0], roll_of(ask.ballot)).code
    assert said["issued"][group] == 5
    assert "A token was issued in your name" in text(company["Office"][0], f"/asks/{ask.code}/")
    assert browser_of(None).get(f"/asks/{'0' * 32}/issued.json").status_code == 404


def test_results_lead_along_the_tree(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    company = a_company(Depot=10, Office=12, Legal=8)
    ask = a_pulse(cast.administrator, AGREE, RECOMMEND, CHOICE, WORDS)
    people = [*company["Depot"], *company["Office"], *company["Legal"][:4]]
    sheets = [{"q1": 1 + nth % 5, "q2": nth % 11, "q3": nth % 3, "q4": f"Words {nth}."} for nth in range(26)]
    answer(ask, tokens_for(ask, people), *sheets)
    with now_in(ask, DAY):
        assert "Nothing is shown so far" in text(people[0], f"/asks/{ask.code}/results/")
    closed(ask)
    with now_in(ask, 8 * DAY):
        whole = text(cast.member, f"/asks/{ask.code}/results/")
        assert "26 answers" in whole
        assert "Words 3." in whole
        place = place_of(company["Office"][0], roll_of(ask.ballot))
        office = text(cast.member, f"/asks/{ask.code}/results/?group={place.code}")
        assert "12 answers" not in office
        assert "three quarters or more" in office
        assert ("Words 12." in office, "Words 3." in office) == (True, False)
        each = text(cast.member, f"/asks/{ask.code}/results/1/")
        assert each.count("not shown") >= 2
        assert browser_of(cast.member).get(f"/asks/{ask.code}/results/?group=nonsense").status_code == 404
        assert browser_of(cast.member).get(f"/asks/{ask.code}/results/9/").status_code == 404
        page = text(cast.member, f"/asks/{ask.code}/")
        assert "26 of" in page
        assert "26 tokens were used of 26 that were issued" in page
        public = Client().get(f"/asks/{ask.code}/check/").content.decode()
        assert "26 used of 26" in public
        assert "✗" not in public
        monkeypatch.setattr("heard.features.asks.queries.checking.MOST", 25)
        assert "There are too many answers" in Client().get(f"/asks/{ask.code}/check/").content.decode()
        assert all(name not in public for name in ("Depot", "Office", people[0].name, ask.title))


def test_pages_cost_the_same_for_one_ask_and_for_three(cast: Cast, django_assert_num_queries):
    a_company(Depot=10)
    a_pulse(cast.administrator)
    client = browser_of(cast.member)
    client.get("/asks/")
    with django_assert_num_queries(6):
        client.get("/asks/")
    a_pulse(cast.administrator), a_pulse(cast.administrator)
    with django_assert_num_queries(6):
        client.get("/asks/")


def test_a_poll_in_a_private_community_is_there_for_its_members_alone(cast: Cast):
    for person in staff(8):
        add_member(cast.council, person, by=cast.tender)
    ask = a_poll(cast.council, cast.member)
    assert browser_of(cast.tender).get(f"/asks/{ask.code}/").status_code == 200
    assert browser_of(cast.steward).get(f"/asks/{ask.code}/").status_code == 404
    assert "Which shift" not in text(cast.steward, "/asks/")
    assert f"/asks/{ask.code}/" in browser_of(cast.tender).get(f"/communities/{cast.council.slug}/").content.decode()


def test_everybody_is_reminded_and_not_twice_in_two_days(cast: Cast):
    company = a_company(Depot=10, Office=12)
    staff(3, name="Later", here=DAY)
    ask = a_pulse(cast.administrator)
    answer(ask, tokens_for(ask, [*company["Depot"][:6], *company["Office"][:2]]), {"q1": 4}, {"q1": 2})
    clock_at(ask, timedelta(hours=1))
    address = f"/asks/{ask.code}/reminder/"
    told = Notice.objects.filter(why=Why.ASK, about_id=ask.pk)
    before = Counter(told.values_list("person", flat=True))
    with now_in(ask, 3 * DAY):
        assert browser_of(cast.member).post(address).status_code in {303, 403}
        assert Counter(told.values_list("person", flat=True)) == before
        assert browser_of(cast.steward).post(address).status_code == 302
        after = Counter(told.values_list("person", flat=True))
        everybody = {person.pk for person in (*company["Depot"], *company["Office"])}
        assert after - before == dict.fromkeys(everybody, 1), "who answered as well as who did not, and nobody else"
        assert "once in two days" in browser_of(cast.steward).post(address, follow=True).content.decode()
        assert Counter(told.values_list("person", flat=True)) == after


def test_an_open_pulse_stands_beside_home_for_those_who_are_asked(cast: Cast):
    company = a_company(Depot=10, Office=12)
    ask = a_pulse(cast.administrator, units=[company["Depot"][0].unit.pk])
    assert "You are asked" not in text(company["Depot"][0], "/rail/")
    with now_in(ask, DAY):
        beside = browser_of(company["Depot"][0]).get("/rail/").content.decode()
        assert f"/speak/#answer={ask.ballot}" in beside
        assert 'id="asked" hx-swap-oob="true"' in beside, "where nothing stands beside home, it stands above"
        assert 'id="asked"' in browser_of(company["Depot"][0]).get("/").content.decode()
        assert "You are asked" not in text(company["Office"][0], "/rail/")


def test_home_says_how_many_questions_are_open_where_there_are_several(cast: Cast):
    company = a_company(Depot=10, Office=12)
    asks = [a_pulse(cast.administrator), a_pulse(cast.administrator)]
    with now_in(asks[0], DAY):
        beside = browser_of(company["Depot"][0]).get("/rail/").content.decode()
        assert "2 questions are open" in beside
        assert [f"/asks/{ask.code}/" in beside for ask in asks] == [True, True]
        assert "/speak/#answer=" not in beside


def test_results_cost_the_same_for_one_question_and_for_three(cast: Cast, django_assert_num_queries):
    company = a_company(Depot=10, Office=12)
    more = [Draft("comment", "What should stay?"), Draft("comment", "What else?"), Draft("agree", "All is well.")]
    asks = [a_pulse(cast.administrator, AGREE, WORDS), a_pulse(cast.administrator, AGREE, WORDS, *more)]
    client = browser_of(cast.member)
    for ask in asks:
        sheet = {question.code: "Words." if question.kind == "comment" else 4 for question in ask.questions.all()}
        answer(ask, tokens_for(ask, [*company["Depot"], *company["Office"]]), sheet)
    assert all(closed(ask).closed_at for ask in asks)
    client.get("/asks/")
    with now_in(asks[0], 8 * DAY):
        for ask in asks:
            with django_assert_num_queries(16):
                client.get(f"/asks/{ask.code}/results/")
            with django_assert_num_queries(9):
                client.get(f"/asks/{ask.code}/results/1/")
