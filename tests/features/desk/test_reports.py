"""Reports of wrongdoing: also from outside, with the clock of the law; and a listener whose passphrase is lost."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils.formats import date_format

from heard.features.desk import actions, queries
from heard.features.voice.actions import settle
from heard.features.voice.models import Thread
from heard.foundation.people.models import Unit
from heard.plumbing.base64url import encode
from heard.plumbing.sealing import new_key, public_bytes
from tests.cast import a_person, browser_of
from tests.features.desk.desks import WRAPPED, a_desk, a_listening, grant_listening
from tests.features.voice.conversing import Audience, Listener, Writer, answered

pytestmark = pytest.mark.django_db
WEEK = date(2026, 3, 2)


@pytest.fixture
def desk(db):
    with at(2):
        yield a_desk()


def at(days):
    """Noon, so many days after the Monday of the week in which the report comes."""
    return time_machine.travel(datetime.combine(WEEK + timedelta(days=days), time(12), UTC))


def a_report(desk):
    with at(3):
        return desk.writer(desk.company["Operations"][0], "Bills are paid twice.", kind="report")


def shown(desk, days, pile="open", *, writer=None):
    """The desk, or a conversation on it."""
    address = f"/desk/{writer.thread}/" if writer else f"/desk/?pile={pile}"
    with at(days):
        return browser_of(desk.first).get(address).content.decode()


def has_no_clock(page):
    assert "sheet on-desk" in page
    return not any(words in page for words in ("Late:", "acknowledge by", "answer by"))


def decides(desk, writer):
    actions.decide(queries.conversation(desk.first, writer.thread), by=desk.first)


def posts(desk, writer, way):
    answer = browser_of(desk.first).post(f"/desk/{writer.thread}/{way}", {"because": "elsewhere"})
    assert answer.status_code == 302


def test_seven_days_to_acknowledge_and_three_months_to_answer_are_shown_from_the_monday_on(desk):
    a_report(desk)
    page = shown(desk, 7)
    assert f"acknowledge by {date_format(date(2026, 3, 9))}, answer by {date_format(date(2026, 6, 2))}" in page
    assert "Late:" not in page
    assert "Late: acknowledgement. acknowledge by" in shown(desk, 8)
    assert "Late: acknowledgement and answer. acknowledge by" in shown(desk, 93)


def test_a_reply_acknowledges_and_a_decision_that_the_writer_is_told_answers(desk):
    writer = a_report(desk)
    with at(4):
        answered(writer, "We look into it.")
    page = shown(desk, 8)
    assert "Late:" not in page
    assert "acknowledge by" not in page
    assert f"answer by {date_format(date(2026, 6, 2))}" in page
    assert "Late: answer. answer by" in shown(desk, 93)
    with at(84):
        decides(desk, writer)
    assert "answer by" in shown(desk, 90)
    with at(91):
        answered(writer, "The money came back.")
    assert has_no_clock(shown(desk, 93))


def test_what_was_told_in_the_week_in_which_it_is_decided_is_answered(desk):
    writer = a_report(desk)
    with at(28):
        answered(writer, "The money came back.")
    assert "answer by" in shown(desk, 28)
    with at(34):
        decides(desk, writer)
    assert has_no_clock(shown(desk, 34))


@pytest.mark.parametrize("way", ["state/done/", "state/decided/", "hiding/"])
@pytest.mark.parametrize("is_acknowledged", [False, True])
def test_neither_hiding_nor_done_without_a_word_stops_the_clock(desk, way, is_acknowledged):
    writer, pile = a_report(desk), {"state/done/": "done", "state/decided/": "open", "hiding/": "hidden"}[way]
    with at(4):
        if is_acknowledged:
            answered(writer, "We look into it.")
    with at(14):
        posts(desk, writer, way)
    missed = "answer" if is_acknowledged else "acknowledgement and answer"
    for page in (shown(desk, 93, pile), shown(desk, 93, writer=writer)):
        assert f"Late: {missed}. a" in page
    assert ("1 report is done or hidden" in shown(desk, 93)) is (pile != "open")


def test_a_hidden_report_has_no_clock_once_its_writer_was_answered(desk):
    writer = a_report(desk)
    with at(14):
        answered(writer, "The auditors have it.")
        posts(desk, writer, "state/done/")
    with at(28):
        posts(desk, writer, "hiding/")
    assert has_no_clock(shown(desk, 93, "hidden"))
    assert "done or hidden" not in shown(desk, 93)
    with at(35):
        posts(desk, writer, "hiding/withdrawal/")
    assert has_no_clock(shown(desk, 93))
    assert Thread.objects.get().state == "decided"


def test_what_is_not_done_after_all_is_not_answered(desk):
    writer = a_report(desk)
    with at(14):
        answered(writer, "The money came back.")
        posts(desk, writer, "state/done/")
    with at(28):
        posts(desk, writer, "state/open/")
    assert "answer by" in shown(desk, 28)
    with at(35):
        posts(desk, writer, "state/done/")
    assert "answer by" in shown(desk, 35, "done")


def test_a_report_that_was_answered_stays_so_when_its_writer_adds_something(desk):
    writer = a_report(desk)
    with at(14):
        answered(writer, "The money came back.")
        posts(desk, writer, "state/done/")
    with at(28):
        assert writer.says("Thank you.").status_code == 204
        settle()
    page = shown(desk, 28)
    assert "written again this week" in page
    assert has_no_clock(page)


def test_done_without_a_word_and_added_to_is_not_decided_any_more(desk):
    writer = a_report(desk)
    with at(4):
        answered(writer, "We look into it.")
    with at(28):
        posts(desk, writer, "state/done/")
    with at(35):
        writer.says("And now?")
        settle()
        answered(writer, "We still look.")
    assert "answer by" in shown(desk, 35)


def test_reports_that_are_owed_an_answer_lie_before_what_was_done_later(desk):
    writer = a_report(desk)
    with at(4):
        posts(desk, writer, "state/done/")
    with at(15):
        other = desk.writer(desk.company["Operations"][1], "A concern.", kind="concern")
        posts(desk, other, "state/done/")
        assert [one.thread.code for one in queries.piles(desk.first)["done"]] == [writer.thread, other.thread]


def test_no_clock_runs_for_what_is_no_report(desk):
    with at(3):
        desk.writer(desk.company["Operations"][1], "A concern.", kind="concern")
    assert has_no_clock(shown(desk, 8))


def test_a_report_from_outside_lies_with_those_who_hear_everybody_and_with_nobody_else(desk, settings):
    settings.HEARD_REPORTS_FROM_OUTSIDE = True
    unit = Unit.objects.get(name="Operations")
    of_a_unit = [a_listening(name, by=desk.administrator, unit=unit)[0] for name in ("Olga Ear", "Omar Ear")]
    writer = Writer(Audience(listeners=list(desk.keys.values())))
    assert writer.begins("Waste goes into the river.", kind="report", token=None).status_code == 204
    settle()
    page = browser_of(desk.first).get("/desk/").content.decode()
    assert "Somebody without a token" in page
    assert "acknowledge by" in page
    for person in of_a_unit:
        assert writer.thread not in browser_of(person).get("/desk/").content.decode()
        assert browser_of(person).get(f"/desk/{writer.thread}/").status_code == 404
    assert desk.keys[desk.first.pk].reads(Thread.objects.get()) == ["Waste goes into the river."]


def test_the_desk_is_there_for_listeners_alone(desk):
    bystander = a_person("Bea Bystander")
    for person in (desk.administrator, bystander):
        page = browser_of(person)
        assert [page.get(address).status_code for address in ("/desk/", "/desk/key/")] == [404, 404]
        assert [page.post(f"/desk/key/{way}").status_code for way in ("", "passphrase/")] == [404, 404]
        assert 'href="/desk/"' not in page.get("/listening/").content.decode()
    assert 'href="/desk/"' in browser_of(desk.first).get("/listening/").content.decode()
    grant_listening(bystander)
    page = browser_of(bystander).get("/desk/").content.decode()
    assert "Nothing can be written to you yet." in page


def test_whoever_lost_the_passphrase_has_a_new_key_that_opens_what_comes_after_it(desk):
    writer, key = a_report(desk), new_key()
    with at(7):
        former = desk.keys[desk.first.pk]
        actions.keep_key(by=desk.first, public=encode(public_bytes(key)), wrapped=WRAPPED)
        new = Listener(queries.keys_of(desk.first)[0], key)
        writer.audience.listeners = [new, desk.keys[desk.second.pk]]
        assert writer.says("And again in May.").status_code == 204
        settle()
        thread = Thread.objects.get()
        assert new.reads(thread) == ["And again in May."]
        assert former.reads(thread) == ["Bills are paid twice."]
        assert desk.keys[desk.second.pk].reads(thread) == ["Bills are paid twice.", "And again in May."]
        said = browser_of(desk.first).get(f"/desk/{writer.thread}/letters.json").json()
    assert [one["code"] for one in said["keys"]] == [new.code, former.code]
    assert [list(one["boxes"]) for one in said["messages"]] == [[former.code], [new.code]]


def test_a_conversation_older_than_a_listener_s_key_says_why_it_stays_closed(desk):
    writer = a_report(desk)
    with at(4):
        late, _key = a_listening("Lea Late", by=desk.administrator)
        assert browser_of(late).get(f"/desk/{writer.thread}/letters.json").json()["messages"][0]["boxes"] == {}
        page = browser_of(late).get(f"/desk/{writer.thread}/").content.decode()
    assert "This was sealed before your key was there" in page
    assert "You have no key yet" not in page
