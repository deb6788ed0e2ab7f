"""The forms for asking: the preview, what bad input gets, and that nothing is lost or asked twice."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from heard.features.asks.actions import announce, write_pulse
from heard.features.asks.models import Ask
from heard.features.rolls.queries import smallest_group
from heard.foundation.communities.actions import join
from heard.foundation.people.actions import grant_role
from heard.foundation.people.models import Person, Role
from tests.cast import Cast, browser_of
from tests.features.asks.asking import AGREE, fields, text
from tests.features.rolls.companies import a_company, hour_in, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_the_preview_shows_what_staff_will_see_and_asks_nothing(cast: Cast):
    a_company(Depot=10, Office=12)
    page = text(cast.administrator, "/asks/new/", **fields())
    for words in ("This is what they will see", "told the truth about it", "Which shift suits you?", "Office", "Early"):
        assert words in page
    assert Ask.objects.count() == 0


def test_the_preview_says_whom_and_when_before_it_offers_to_ask(cast: Cast):
    company = a_company(Depot=10, Office=12)
    office = company["Office"][0].unit
    page = text(cast.administrator, "/asks/new/", **fields(units=[office.pk], every_weeks="4"))
    shown, button = page.index("Office · "), page.index("Ask this")
    assert shown < page.index("Every four weeks", shown) < button < page.index("Change it")
    assert "Everybody · " in text(cast.administrator, "/asks/new/", **fields())


def test_asking_writes_it_down_and_the_worker_announces_it(cast: Cast):
    a_company(Depot=10, Office=12)
    answer = browser_of(cast.administrator).post("/asks/new/", fields(step="ask"))
    ask = Ask.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/asks/{ask.code}/")
    assert "keys made" in text(cast.administrator, answer.url)
    announce(ask.pk)
    ask.refresh_from_db()
    assert ask.ballot
    page = text(Person.objects.get(name="Office 3"), f"/asks/{ask.code}/")
    for words in ("one of 12", "No token was issued in your name so far", "CC0", "Net Promoter", "announced"):
        assert words in page
    assert ask.questions.get(nth=2).is_reversed


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"own": "[what] Hm"}, "is no kind of question"),
        ({"own": "[choose] Only | one"}, "Give 2 to 12 answers"),
        ({"own": "[choose] A | x | X"}, "Two of its answers are the same"),
        ({"own": "When something goes wrong here, we are told the truth about it."}, "asked twice"),
        ({"own": "x" * 301}, "longer than 300 letters"),
        ({"own": "\n".join(f"Question {n}" for n in range(20))}, "Ask 15 at most"),
        ({"own": "", "ready": []}, "Ask something"),
        ({"ready": ["nonsense"]}, "nonsense"),
        ({"opens_on": "2020-01-01"}, "at the earliest"),
        ({"opens_on": "soon"}, "valid date"),
        ({"closes_on": "2020-01-01"}, "before the first one"),
        ({"closes_on": "2999-01-01"}, "60 days at most"),
        ({"opens_on": "9999-12-31", "closes_on": "9999-12-31"}, "within a year"),
        ({"closes_on": "9999-12-31"}, "60 days at most"),
        ({"opens_on": "0001-01-01", "closes_on": "9999-12-31"}, "at the earliest"),
        ({"title": ""}, "required"),
        ({"title": "a\x00b"}, "Null characters"),
        ({"own": "a\x00b"}, "Null characters"),
        ({"own": "x\n" * 3000}, "at most 5000"),
        ({"units": ["9" * 40]}, "not one of the available choices"),
        ({"units": ["404"]}, "404"),
        ({"every_weeks": "3"}, "3"),
        ({"every_weeks": "1", "closes_on": (timezone.localdate() + 20 * DAY).isoformat()}, "next run"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(cast: Cast, changed, said):
    a_company(Depot=10)
    answer = browser_of(cast.administrator).post("/asks/new/", fields(**changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Ask.objects.count() == 0


@pytest.mark.parametrize(
    ("own", "length", "is_long"),
    [
        ("We are told the truth.", "5 seconds", False),
        ("\n".join(f"Statement {n}." for n in range(12)), "60 seconds", False),
        ("\n".join(f"Statement {n}." for n in range(13)), "65 seconds", True),
        ("\n".join(f"[words] Question {n}?" for n in range(15)), "5 minutes", True),
    ],
    ids=["one", "a minute", "more than a minute", "all in words"],
)
def test_whoever_drafts_it_is_told_how_long_it_takes_and_warned_from_a_minute_on(
    cast: Cast, own: str, length: str, is_long: bool
):
    a_company(Depot=10)
    sent = fields(ready=[], own=own)
    page = text(cast.administrator, "/asks/new/", **sent)
    assert f"Takes about {length}" in page
    assert ("so leave something out" in page) == is_long
    assert browser_of(cast.administrator).post("/asks/new/", sent | {"step": "ask"}).status_code == 302
    again = text(cast.administrator, f"/asks/new/?like={Ask.objects.get().code}")
    assert f"Takes about {length}" in again


def test_nothing_is_said_of_how_long_it_takes_where_there_is_nothing_or_it_cannot_be_read(cast: Cast):
    a_company(Depot=10)
    assert "Takes about" not in text(cast.administrator, "/asks/new/")
    assert "Takes about" not in text(cast.administrator, "/asks/new/", **fields(own="[what] Hm"))


def test_too_few_people_are_said_in_the_form(cast: Cast):
    staff(4)
    page = text(cast.administrator, "/asks/new/", **fields())
    assert "nobody can be picked out" in page


def test_a_unit_of_three_is_too_small_to_be_asked_alone(cast: Cast):
    company = a_company(Depot=10, Legal=3)
    sent = fields(units=[company["Legal"][0].unit.pk], step="ask")
    page = text(cast.administrator, "/asks/new/", **sent)
    assert "among those you would ask, 3 have" in page
    assert "all else is kept" in page
    assert Ask.objects.count() == 0


def test_leaders_ask_their_own_units_only(cast: Cast):
    company = a_company(Depot=10, Office=12)
    leader, unit = company["Depot"][0], company["Depot"][0].unit
    grant_role(leader, Role.LEADER, by=cast.administrator, unit=unit)
    page = text(leader, "/asks/new/")
    assert ("– Depot" in page, "– Office" in page) == (True, False)
    assert "Choose at least one part that you lead" in text(leader, "/asks/new/", **fields())
    other = company["Office"][0].unit.pk
    assert browser_of(leader).post("/asks/new/", fields(units=[other])).status_code == 422
    answer = browser_of(leader).post("/asks/new/", fields(units=[unit.pk], step="ask"))
    assert answer.status_code == 302
    assert browser_of(cast.member).get("/asks/new/").status_code == 403
    assert browser_of(cast.member).post("/asks/new/", fields()).status_code in {303, 403}


def test_a_poll_is_asked_by_a_member_and_opens_the_next_morning(cast: Cast):
    for person in staff(8):
        join(cast.community, by=person)
    address = f"/communities/{cast.community.slug}/polls/new/"
    sent = {"question": "Which soup?", "options": "Leek\nPea\n", "days": "3"}
    assert browser_of(cast.outsider).get(address).status_code in {303, 403}
    assert "Give 2 to 12 answers" in text(cast.member, address, **(sent | {"options": "Leek"}))
    with time_machine.travel(datetime(2030, 5, 7, 15, tzinfo=UTC)):
        assert "opens on 8 May 2030" in text(cast.member, address)
        answer = browser_of(cast.member).post(address, sent)
    ask = Ask.objects.get()
    assert answer.url == f"/asks/{ask.code}/"
    assert (ask.opens_at, ask.closes_at) == tuple(datetime(2030, 5, day, 8, tzinfo=UTC) for day in (8, 11))


def test_a_poll_needs_as_many_members_as_the_smallest_group_has(cast: Cast):
    address = f"/communities/{cast.community.slug}/polls/new/"
    sent = {"question": "Which soup?", "options": "Leek\nPea\n", "days": "3"}
    *most, last = staff(smallest_group())
    for person in most:
        join(cast.community, by=person)
    answer = browser_of(cast.member).post(address, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "among those you would ask, 6 have" in page
    assert 'value="Which soup?"' in page
    assert Ask.objects.count() == 0
    join(cast.community, by=last)
    assert browser_of(cast.member).post(address, sent).status_code == 302
    announce(Ask.objects.get().pk)
    assert "one of 7" in text(last, f"/asks/{Ask.objects.get().code}/")


def test_an_ask_that_could_not_be_announced_says_why(cast: Cast):
    staff(7)
    ask = write_pulse(
        by=cast.administrator, title="Autumn", questions=[AGREE], opens_at=hour_in(7), closes_at=hour_in(14)
    )
    Person.objects.filter(name="Colleague 1").update(left_at=timezone.now())
    announce(ask.pk)
    assert "nobody can be picked out" in text(cast.administrator, f"/asks/{ask.code}/")
    assert browser_of(cast.member).get(f"/asks/{ask.code}/").status_code == 404


def test_a_refused_form_comes_back_with_all_that_was_put_in(cast: Cast):
    company = a_company(Depot=10, Office=12)
    unit = company["Depot"][0].unit.pk
    sent = fields(ready=["csps-3", "words-1"], own="[what] Hm", units=[unit], closes_on="31/12/26", every_weeks="4")
    page = text(cast.administrator, "/asks/new/", **sent)
    for kept in (
        'value="Autumn pulse"',
        "We want to know.",
        'value="csps-3" checked',
        'value="words-1" checked',
        "[what] Hm",
        '<option value="4" selected>',
        'value="31/12/26"',
    ):
        assert kept in page, kept
    assert f'value="{unit}" id="id_units_1" checked' in " ".join(page.split())
    opened = [part.split("</summary>")[0] for part in page.split('<details class="fold" open>')[1:]]
    assert [
        name for name in ("Trust", "Civil Service", "own words</strong>") if any(name in one for one in opened)
    ] == [
        "Trust",
        "Civil Service",
        "own words</strong>",
    ]
    assert not any("Federal" in one for one in opened)


def test_asking_twice_by_a_nervous_finger_asks_once(cast: Cast):
    a_company(Depot=10)
    client = browser_of(cast.administrator)
    code = re.search(r'name="code" value="([0-9a-f]{32})"', client.get("/asks/new/").content.decode())[1]
    sent = fields(step="ask", code=code)
    assert {client.post("/asks/new/", sent).url for _nth in range(2)} == {f"/asks/{code}/"}
    assert Ask.objects.count() == 1
    again = client.post("/asks/new/", sent | {"code": "nonsense"})
    assert again.status_code == 302
    assert browser_of(cast.steward).post("/asks/new/", sent).status_code == 404
    assert Ask.objects.count() == 2


def test_a_poll_sent_twice_is_asked_once(cast: Cast):
    for person in staff(8):
        join(cast.community, by=person)
    client, address = browser_of(cast.member), f"/communities/{cast.community.slug}/polls/new/"
    sent = {"question": "Which soup?", "options": "Leek\nPea\n", "days": "3", "code": "a" * 32}
    assert {client.post(address, sent).url for _nth in range(2)} == {f"/asks/{'a' * 32}/"}
    assert Ask.objects.count() == 1


def test_what_was_asked_is_asked_anew_with_everything_that_was_put_in(cast: Cast):
    company = a_company(Depot=10, Office=12)
    unit = company["Depot"][0].unit.pk
    own = "[reversed] It is loud.\n[choose] Which shift? | Early | Late\n[0-10] How well do you sleep?\n[words] Why?"
    browser_of(cast.administrator).post("/asks/new/", fields(step="ask", own=own, units=[unit]))
    page = text(cast.administrator, f"/asks/new/?like={Ask.objects.get().code}")
    for kept in ('value="Autumn pulse"', "We want to know.", 'value="trust-7" checked', own):
        assert kept in page, kept
    assert f'value="{unit}" id="id_units_1" checked' in " ".join(page.split())
    assert 'value="Autumn pulse"' not in text(cast.administrator, "/asks/new/?like=nonsense")
