"""What lies on the desk, and what listeners do with it; who did what is known there alone."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from heard.features.desk import actions, queries
from heard.features.desk.models import Handling, Listener
from heard.features.desk.rules import clock_of, months_later
from heard.features.voice.actions.speaking import commitment
from heard.features.voice.models import Message, Thread
from heard.features.voice.queries import Because, numbers
from heard.features.voice.rules import monday
from heard.foundation.people.models import Unit
from heard.foundation.record.models import Event
from tests.cast import a_person, browser_of
from tests.features.desk.desks import a_listening, grant_listening
from tests.features.voice.conversing import answered, written

pytestmark = pytest.mark.django_db
CONCERN = "The new rota came out four days before it started."


@pytest.fixture
def writer(desk):
    return desk.writer(desk.company["Operations"][0], CONCERN)


def sent(writer, text, *, by="listener", way="replies", person, **more):
    readers = writer.readers() if by == "listener" else writer.audience.addresses()
    said = {"message": written(writer.thread, by, {"text": text}, readers), **more}
    address = f"/desk/{writer.thread}/{way}/"
    return browser_of(person, accept="application/json").post(
        address, json.dumps(said), content_type="application/json"
    )


def test_it_lies_there_with_group_and_week_and_without_a_word_of_it(desk, writer):
    page = browser_of(desk.first).get("/desk/").content.decode()
    assert "A member of Operations, one of 10" in page
    assert "Concern" in page
    assert CONCERN not in page
    inside = browser_of(desk.second).get(f"/desk/{writer.thread}/").content.decode()
    assert "one of 10" in inside


def test_a_reply_reaches_the_writer_and_is_noted_at_the_desk_alone(desk, writer):
    assert sent(writer, "You are right.", person=desk.first).status_code == 204
    assert writer.words() == [CONCERN, "You are right."]
    assert Thread.objects.get().state == "answered"
    assert list(Handling.objects.values_list("person", "what", "week")) == [
        (desk.first.pk, "replied", monday(timezone.now().date()))
    ]
    assert "listener" not in writer.reads() or writer.reads().get("name") is None
    assert not Event.objects.filter(what__startswith="voice").exists()


def test_opening_it_is_seen_by_the_writer(desk, writer):
    assert browser_of(desk.first).post(f"/desk/{writer.thread}/seen/").status_code == 204
    assert writer.reads()["state"] == "seen"


def test_what_the_script_is_given_is_what_these_keys_open(desk, writer):
    said = browser_of(desk.first).get(f"/desk/{writer.thread}/letters.json").json()
    assert [list(one["boxes"]) for one in said["messages"]] == [[desk.keys[desk.first.pk].code]]
    assert [one["code"] for one in said["keys"]] == [desk.keys[desk.first.pk].code]
    assert CONCERN not in json.dumps(said)


def test_decided_done_and_open_again(desk, writer):
    page = browser_of(desk.first)
    for state, shown in (("decided", "decided"), ("done", "done"), ("open", "seen")):
        assert page.post(f"/desk/{writer.thread}/state/{state}/").status_code == 302
        assert Thread.objects.get().state == shown
    assert page.post(f"/desk/{writer.thread}/state/lost/").status_code == 404


def test_hiding_needs_a_reason_and_the_number_is_public(desk, writer):
    page, member = browser_of(desk.first), desk.company["Sales"][0]
    assert page.post(f"/desk/{writer.thread}/hiding/").status_code in {303, 422}
    assert Thread.objects.get().state == "sent"
    page.post(f"/desk/{writer.thread}/hiding/", {"because": "repeated"})
    assert (writer.reads()["state"], writer.reads()["because"]) == ("hidden", "repeated")
    assert numbers(monday(timezone.now().date()) + timedelta(weeks=1)).hidden == 1
    with time_machine.travel(timezone.now() + timedelta(weeks=1)):
        shown = browser_of(member).get("/listening/").content.decode()
    assert "<dt>Hidden by listeners</dt><dd>1</dd>" in shown
    page.post(f"/desk/{writer.thread}/hiding/withdrawal/")
    assert Thread.objects.get().state == "seen"


def test_what_is_hidden_or_taken_back_within_a_week_is_counted_from_monday_on(desk, writer):
    counts, this_monday = [], monday(timezone.now().date())

    def at(weeks, *deeds):
        with time_machine.travel(datetime.combine(this_monday + timedelta(weeks=weeks), time(9), UTC)):
            for deed in deeds:
                answer = browser_of(desk.first).post(f"/desk/{writer.thread}/hiding/{deed}", {"because": "abuse"})
                assert answer.status_code == 302
            shown = browser_of(desk.company["Sales"][0]).get("/listening/").content.decode()
            counts.append(int(re.search(r"Hidden by listeners</dt><dd>(\d+)", shown)[1]))

    at(1, "")
    at(2)
    at(2, "withdrawal/")
    at(3)
    at(3, "", "withdrawal/")
    at(4, "")
    at(5, "withdrawal/", "")
    at(6)
    assert counts == [0, 1, 1, 0, 0, 0, 1, 1]


def test_what_is_hidden_goes_no_further_before_it_is_taken_back(desk, writer):
    page = browser_of(desk.first)
    page.post(f"/desk/{writer.thread}/hiding/", {"because": "abuse"})
    for state in ("decided", "done", "open"):
        page.post(f"/desk/{writer.thread}/state/{state}/")
        assert Thread.objects.get().state == "hidden"
    assert list(Handling.objects.values_list("what", flat=True)) == ["hid"]


def test_a_listener_is_told_beside_the_way_to_the_desk_how_many_wait(desk, writer):
    browser_of(desk.second).post(f"/desk/{writer.thread}/seen/")
    assert "The desk · 1 waits" in browser_of(desk.first).get("/listening/").content.decode()
    sent(writer, "You are right.", person=desk.second)
    assert "The desk ·" not in browser_of(desk.first).get("/listening/").content.decode()
    assert "The desk" not in browser_of(desk.administrator).get("/listening/").content.decode()


def test_numbers_move_on_mondays_only(desk):
    member = browser_of(desk.company["Sales"][0])
    before = member.get("/listening/").content
    desk.writer(desk.company["Operations"][1], CONCERN)
    assert member.get("/listening/").content == before


def test_who_is_named_for_a_unit_takes_no_conversation_off_the_desk_of_whoever_has_read_it(desk, writer):
    unit = Unit.objects.get(name="Operations")
    named = [a_listening(name, by=desk.administrator, unit=unit)[0] for name in ("Olga Ear", "Omar Ear")]
    other = desk.writer(desk.company["Sales"][0], CONCERN)
    for person, lies in ((desk.first, {writer.thread, other.thread}), (named[0], {writer.thread})):
        page = browser_of(person)
        assert {one.thread.code for one in queries.piles(person)["open"]} == lies
        assert page.get(f"/desk/{writer.thread}/").status_code == 200
        assert page.get(f"/desk/{other.thread}/").status_code == (200 if other.thread in lies else 404)
        assert queries.waiting(person) == len(lies)


def test_it_leaves_the_desk_of_whoever_is_named_for_nothing_any_more(desk, writer):
    a_listening("Olga Ear", by=desk.administrator)
    actions.withdraw_listener(Listener.objects.get(person=desk.first), by=desk.administrator)
    assert queries.piles(desk.first)["open"] == []
    assert browser_of(desk.first).get(f"/desk/{writer.thread}/").status_code == 404
    assert len(queries.piles(desk.second)["open"]) == 1


def test_an_offered_text_is_opened_only_by_its_writer(desk, writer):
    text, salt = "Rotas should come out two weeks before.", bytes(32)
    answer = sent(writer, "", way="offer", person=desk.first, commitment=commitment(text, salt))
    assert answer.status_code == 204
    assert writer.agrees(text, salt).status_code == 204
    assert sent(writer, "", way="offer", person=desk.first, commitment="x").status_code == 400


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"message": {}}', b'{"message": {"code": 1}}', b"\xff", b"[" * 9_000]
)
def test_what_is_no_message_is_refused_in_one_sentence(desk, writer, body):
    page = browser_of(desk.first, accept="application/json")
    for way in ("replies", "notes", "offer"):
        answer = page.post(f"/desk/{writer.thread}/{way}/", body, content_type="application/json")
        assert (answer.status_code, answer.json()["error"][:14]) == (400, "This cannot be")


def test_whoever_does_not_hear_a_group_sees_nothing_of_it(desk, writer):
    sales, _key = a_listening("Sara Ear", by=desk.administrator, unit=Unit.objects.get(name="Sales"))
    bystander = a_person("Bea Bystander")
    grant_listening(bystander)
    for person in (sales, bystander):
        page = browser_of(person)
        assert writer.thread not in page.get("/desk/").content.decode()
        for way in ("", "letters.json"):
            assert page.get(f"/desk/{writer.thread}/{way}").status_code == 404
        for way in ("seen/", "state/done/", "hiding/", "hiding/withdrawal/"):
            assert page.post(f"/desk/{writer.thread}/{way}").status_code == 404
        assert sent(writer, "Who are you?", person=person).status_code == 404
    assert browser_of(desk.administrator).get(f"/desk/{writer.thread}/").status_code == 404
    assert browser_of(desk.administrator).get("/desk/").status_code == 404
    assert Message.objects.count() == 1


def test_a_report_is_late_when_the_directive_says_so():
    week = date(2026, 3, 2)

    def missed(today, *, is_acknowledged):
        clock = clock_of(week, is_acknowledged=is_acknowledged, is_answered=False, today=today)
        said = (clock.is_acknowledgement_missed, clock.is_answer_missed)
        assert clock.is_late is any(said)
        return said

    assert missed(week + timedelta(days=7), is_acknowledged=False) == (False, False)
    assert missed(week + timedelta(days=8), is_acknowledged=False) == (True, False)
    assert missed(date(2026, 6, 3), is_acknowledged=False) == (True, True)
    assert missed(date(2026, 6, 2), is_acknowledged=True) == (False, False)
    assert missed(date(2026, 6, 3), is_acknowledged=True) == (False, True)
    assert clock_of(week, is_acknowledged=True, is_answered=True, today=date(2027, 1, 1)) is None
    assert [months_later(date(2026, 11, 30), 3), months_later(date(2027, 1, 31), 3)] == [
        date(2027, 2, 28),
        date(2027, 4, 30),
    ]


def test_the_clock_of_a_report_is_shown(desk):
    desk.writer(desk.company["Operations"][2], "Bills are paid twice.", kind="report")
    page = browser_of(desk.first)
    assert "acknowledge by" in page.get("/desk/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(weeks=2)):
        late = page.get("/desk/").content.decode()
    assert "Late: acknowledgement." in late
    assert "waits for 2 weeks" in late


def test_a_desk_of_three_costs_as_many_queries_as_a_desk_of_one(desk, django_assert_num_queries):
    page = browser_of(desk.first)
    desk.writer(desk.company["Operations"][0], CONCERN)
    with django_assert_num_queries(11):
        page.get("/desk/")
    for nth in (1, 2):
        desk.writer(desk.company["Operations"][nth], CONCERN)
    with django_assert_num_queries(11):
        page.get("/desk/")


def test_a_conversation_leads_to_the_next_that_waits_and_from_the_last_to_the_first(desk):
    writers = [desk.writer(desk.company["Operations"][nth], CONCERN) for nth in range(3)]
    one, two, three = (Thread.objects.get(pk=code) for code in sorted(writer.thread for writer in writers))
    follow = {thread.pk: queries.next_waiting(desk.first, thread) for thread in (one, two, three)}
    assert follow == {one.pk: two.pk, two.pk: three.pk, three.pk: one.pk}
    assert f'href="/desk/{two.pk}/">Next that waits' in browser_of(desk.first).get(f"/desk/{one.pk}/").content.decode()
    answered = next(writer for writer in writers if writer.thread == two.pk)
    sent(answered, "You are right.", person=desk.first)
    assert queries.next_waiting(desk.first, one) == three.pk
    actions.hide(queries.conversation(desk.first, three.pk), Because.ABUSE, by=desk.first)
    assert queries.next_waiting(desk.first, one) == ""
    assert "Next that waits" not in browser_of(desk.first).get(f"/desk/{one.pk}/").content.decode()


def test_what_others_hear_is_never_the_next(desk, writer):
    mine = desk.writer(desk.company["Sales"][0], CONCERN)
    sales, _key = a_listening("Sara Ear", by=desk.administrator, unit=Unit.objects.get(name="Sales"))
    assert [one.thread.code for one in queries.piles(sales)["open"]] == [mine.thread]
    assert queries.next_waiting(sales, Thread.objects.get(pk=mine.thread)) == ""
    assert queries.next_waiting(desk.first, Thread.objects.get(pk=mine.thread)) == writer.thread


def test_the_desk_is_not_told_what_would_say_that_the_writer_agreed_before_all_are(desk, writer):
    page, text, salt = browser_of(desk.first), "Rotas should come out two weeks before.", bytes(32)
    sent(writer, "", way="offer", person=desk.first, commitment=commitment(text, salt))
    addresses = ("/desk/", f"/desk/{writer.thread}/", f"/desk/{writer.thread}/letters.json")
    before = [page.get(address).content for address in addresses]
    assert writer.agrees(text, salt).status_code == 204
    assert [page.get(address).content for address in addresses] == before


def test_what_was_done_twice_in_a_week_is_noted_once(desk, writer):
    found = queries.conversation(desk.first, writer.thread)
    actions.see(found, by=desk.first)
    actions.see(found, by=desk.first)
    actions.hide(found, Because.ABUSE, by=desk.second)
    assert sorted(Handling.objects.values_list("what", flat=True)) == ["hid", "seen"]


def test_a_median_of_one_week_is_said_as_one(desk):
    writer = desk.writer(desk.company["Operations"][0], "The rota came late.")
    week = Thread.objects.get().week
    with time_machine.travel(week + timedelta(weeks=1, days=2)):
        answered(writer, "You are right.")
    with time_machine.travel(week + timedelta(weeks=2, days=2)):
        assert "<dd>1 week</dd>" in browser_of(desk.second).get("/listening/").content.decode()
