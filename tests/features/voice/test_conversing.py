"""A conversation from both sides: begun with a token or without, read by its receipt, answered, opened."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from heard.features.ballots.models import Used
from heard.features.voice import actions, queries, views
from heard.features.voice.actions.speaking import commitment
from heard.features.voice.models import Message, Opened, Thread
from heard.features.voice.rules import BODY, BODY_WITH_PICTURES, LOOKUP, monday
from heard.features.voice.rules import padded as filled_up
from heard.plumbing.base64url import encode
from tests.features.ballots.speaking import a_ballot, a_token, forged, new_group
from tests.features.voice.conversing import Writer, a_listener, an_audience, answered, new_code, padded, post

pytestmark = pytest.mark.django_db
CONCERN = "The new rota came out four days before it started."


def test_what_is_said_is_read_by_both_listeners_and_by_whoever_has_the_receipt():
    audience = an_audience()
    writer = Writer(audience)
    assert writer.begins(CONCERN).status_code == 204
    assert writer.words() == [CONCERN]
    actions.settle()
    thread = Thread.objects.get()
    assert [listener.reads(thread) for listener in audience.listeners] == [[CONCERN], [CONCERN]]


def test_the_same_receipt_on_another_device_opens_what_was_answered():
    writer = Writer(an_audience())
    writer.begins(CONCERN)
    answered(writer, "You are right.")
    elsewhere = Writer(writer.audience, writer.digits)
    assert elsewhere.words() == [CONCERN, "You are right."]
    assert elsewhere.reads()["state"] == "answered"


def test_a_note_among_listeners_never_reaches_the_writer():
    writer = Writer(an_audience())
    writer.begins(CONCERN)
    answered(writer, "I know who runs that rota.", by="note")
    assert writer.words() == [CONCERN]
    thread = Thread.objects.get()
    actions.settle()
    assert writer.audience.listeners[0].reads(thread) == [CONCERN, "I know who runs that rota."]


def test_the_desk_sees_nothing_before_the_clock_hands_it_over():
    writer = Writer(an_audience())
    writer.begins(CONCERN)
    assert list(queries.delivered()) == []
    actions.settle()
    assert [one.code for one in queries.delivered()] == [writer.thread]
    writer.says("And again.")
    assert len(queries.boxes(Thread.objects.get())) == 1
    actions.settle()
    assert len(queries.boxes(Thread.objects.get())) == 2


def test_sent_again_nothing_is_said_twice_and_no_second_token_is_spent():
    writer = Writer(an_audience())
    body = padded(writer.beginning(CONCERN, token=writer.audience.token()))
    assert [post("/voice/", body).status_code for _ in range(2)] == [204, 204]
    assert (Thread.objects.count(), Message.objects.count(), Used.objects.count()) == (1, 1, 1)


def test_a_token_is_good_for_one_conversation():
    audience = an_audience()
    token = audience.token()
    assert Writer(audience).begins(CONCERN, token=token).status_code == 204
    second = Writer(audience).begins(CONCERN, token=token)
    assert second.status_code == 409
    assert Thread.objects.count() == 1


def test_a_forged_token_or_one_of_another_ask_or_group_is_refused_in_the_same_words():
    audience, other = an_audience(), an_audience()
    pulse_group = new_group()
    pulse = a_token(a_ballot(pulse_group), pulse_group)
    token = audience.token()
    elsewhere = Writer(audience).beginning(CONCERN, token=other.token(), ballot=audience.ballot, group=audience.group)
    said = {
        Writer(audience).begins(CONCERN, token=forged(token)).content,
        post("/voice/", padded(elsewhere)).content,
    }
    assert len(said) == 1
    assert Writer(audience).begins(CONCERN, token=pulse).status_code == 409
    assert Thread.objects.count() == 0


def test_without_a_token_only_a_report_is_heard_and_only_where_outsiders_are(settings):
    audience = an_audience(strangers=True)
    assert Writer(audience).begins(CONCERN, kind="report", token=None).status_code == 409
    settings.HEARD_REPORTS_FROM_OUTSIDE = True
    assert Writer(audience).begins(CONCERN, kind="concern", token=None).status_code == 409
    assert Writer(audience).begins(CONCERN, kind="report", token=None).status_code == 204
    assert Thread.objects.get().group == ""


def test_a_message_is_for_all_who_listen_and_for_nobody_else():
    audience = an_audience()
    stranger = a_listener("Eve")
    for readers in (["writer"], [*audience.addresses()], ["writer", audience.listeners[0].code], "more"):
        writer = Writer(audience)
        body = writer.beginning(CONCERN, token=audience.token())
        box = body["message"]["boxes"]["writer"]
        wanted = {**body["message"]["boxes"], stranger.code: box} if readers == "more" else dict.fromkeys(readers, box)
        body["message"]["boxes"] = wanted
        assert post("/voice/", padded(body)).status_code == 409
    assert Thread.objects.count() == 0


def test_where_fewer_than_two_listen_nobody_can_begin():
    audience = an_audience()
    actions.retire([audience.listeners[0].code])
    assert Writer(audience).begins(CONCERN).status_code == 409
    assert json.loads(Client().get("/voice/listeners.json").content)["groups"] == []


def test_a_wrong_receipt_gets_an_answer_as_long_as_a_right_one():
    writer = Writer(an_audience())
    writer.begins(CONCERN)
    right, wrong = writer.asks(), Writer(writer.audience).asks()
    assert (right.status_code, wrong.status_code) == (200, 404)
    assert len(right.content) == len(wrong.content)
    assert "No conversation opens with this receipt" in json.loads(wrong.content)["refused"]


def test_a_listener_who_is_new_is_written_to_and_cannot_read_what_was():
    audience = an_audience()
    writer = Writer(audience)
    writer.begins(CONCERN)
    third = a_listener("Lea")
    audience.listeners.append(third)
    actions.hear({(audience.ballot, audience.group): [one.code for one in audience.listeners]})
    assert writer.says("Still there?").status_code == 204
    actions.settle()
    assert third.reads(Thread.objects.get()) == ["Still there?"]
    assert audience.listeners[0].reads(Thread.objects.get()) == [CONCERN, "Still there?"]


def test_the_writer_opens_exactly_what_a_listener_has_read_once():
    writer, salt, text = Writer(an_audience()), bytes(32), "Rotas should come out two weeks before."
    writer.begins(CONCERN)
    assert writer.agrees(text, salt).status_code == 409
    actions.offer_to_open(Thread.objects.get(), commitment(text, salt))
    assert writer.reads()["offered"] == commitment(text, salt)
    assert writer.agrees(text + " ", salt).status_code == 409
    assert writer.agrees(text, bytes(31) + b"1").status_code == 409
    assert Opened.objects.count() == 0
    assert writer.agrees(text, salt).status_code == 204
    assert writer.agrees(text, salt).status_code == 204
    opened = Opened.objects.get()
    assert (opened.text, opened.group) == (text, writer.audience.group)


def test_what_is_opened_need_not_say_of_which_group():
    writer, salt = Writer(an_audience()), bytes(32)
    writer.begins(CONCERN)
    actions.offer_to_open(Thread.objects.get(), commitment("This", salt))
    assert writer.agrees("This", salt, group=False).status_code == 204
    assert Opened.objects.get().group == ""


def test_to_what_is_hidden_nothing_is_added_and_the_writer_sees_why():
    writer = Writer(an_audience())
    writer.begins(CONCERN)
    actions.hide(Thread.objects.get(), queries.Because.REPEATED)
    assert writer.says("But").status_code == 409
    assert (writer.reads()["state"], writer.reads()["because"]) == ("hidden", "repeated")
    actions.show_again(Thread.objects.get())
    assert writer.says("But").status_code == 204


def test_after_its_last_day_a_conversation_is_gone():
    writer = Writer(an_audience())
    writer.begins(CONCERN)
    expires = date.fromisoformat(writer.reads()["expires"])
    assert expires == monday(expires) == Thread.objects.get().week + timedelta(weeks=52)
    with time_machine.travel(expires - timedelta(days=1)):
        actions.settle()
        assert Thread.objects.count() == 1
    with time_machine.travel(expires):
        actions.settle()
    assert (Thread.objects.count(), Message.objects.count()) == (0, 0)
    assert writer.asks().status_code == 404


def test_every_body_that_our_page_does_not_make_is_refused_in_one_sentence():
    writer = Writer(an_audience())
    good = writer.beginning(CONCERN, token=writer.audience.token())
    message = good["message"]
    wrong = [
        {**good, "thread": "x"},
        {**good, "kind": "rumour"},
        {**good, "group": None},
        {**good, "public": good["public"][:-4] + "AAAA"},
        {**good, "wrapped": "AAAA"},
        {**good, "lookup": "é"},
        {**good, "token": []},
        {**good, "message": {**message, "sealed": message["sealed"][:-4]}},
        {**good, "message": {**message, "boxes": {"writer": "AAAA"}}},
        {**good, "message": {**message, "boxes": []}},
        [],
        None,
    ]
    answers = [post("/voice/", padded(body)) for body in wrong] + [
        post("/voice/", json.dumps(good).encode()),
        post("/voice/", b"\xff" * BODY),
        post("/voice/", b"[" * BODY),
        post("/voice/read/", b"{}".ljust(LOOKUP)),
        post("/voice/reply/", padded({"lookup": good["lookup"]})),
        post("/voice/open/", padded({"lookup": good["lookup"], "text": "a\0", "salt": "", "group": 1})),
    ]
    assert {one.status_code for one in answers} == {400}
    assert len({one.content for one in answers}) == 1
    assert Thread.objects.count() == 0


@pytest.mark.parametrize("address", ["/voice/", "/voice/read/", "/voice/reply/", "/voice/open/"])
def test_whoever_brings_a_cookie_is_sent_away(address):
    assert post(address, padded({}), cookie="heard=1").status_code == 400


def test_wrong_receipts_are_limited():
    writer = Writer(an_audience())
    seen = {writer.asks().status_code for _ in range(305)}
    assert seen == {404, 429}


def pictures(writer):
    """A message as long as any, as it travels."""
    boxes = dict.fromkeys(writer.readers(), encode(bytes(113)))
    message = {"code": new_code(), "sealed": encode(bytes(1_048_576 + 28)), "boxes": boxes}
    return padded({"lookup": encode(writer.lookup), "message": message}, BODY_WITH_PICTURES)


def test_one_conversation_holds_so_much_and_the_rest_is_refused_before_anything_is_written():
    writer = Writer(an_audience())
    writer.begins(CONCERN)
    came = [post("/voice/reply/", pictures(writer)) for _nth in range(14)]
    assert [one.status_code for one in came] == [204] * 10 + [409] * 4
    assert "This conversation is full, so nothing was added." in came[-1].content.decode()
    assert Message.objects.count() == 11
    assert len(writer.asks().content) <= 16 * 1_048_576


def test_a_conversation_that_its_writer_filled_up_is_answered_all_the_same():
    writer = Writer(an_audience())
    writer.begins(CONCERN)
    while post("/voice/reply/", pictures(writer)).status_code == 204:
        pass
    answered(writer, "That is enough.")
    assert Message.objects.filter(by="listener").count() == 1


@pytest.mark.parametrize(
    ("length", "filled"),
    [(2, 65_536), (65_537, 262_144), (262_145, 1_048_576), (1_048_577, 2_097_152), (9_000_000, 9 * 1_048_576)],
)
def test_an_answer_is_filled_up_to_few_lengths_and_grows_by_no_more_than_a_mebibyte(length, filled):
    assert len(filled_up(b"x" * length)) == filled


def test_whoever_sends_rubbish_from_the_same_address_keeps_nobody_else_from_speaking():
    audience = an_audience()
    writer, other = Writer(audience), Writer(audience)
    assert writer.begins(CONCERN).status_code == 204
    for address in ("/voice/", "/voice/read/", "/voice/reply/", "/voice/open/"):
        assert [post(address, b"x").status_code for _nth in range(301)][-1] == 429
    assert [other.begins(CONCERN).status_code, writer.says("More.").status_code] == [204, 204]
    assert writer.words() == [CONCERN, "More."]


def test_what_comes_without_a_token_is_limited_by_the_hour_and_holds_up_no_member(settings, monkeypatch):
    settings.HEARD_REPORTS_FROM_OUTSIDE = True
    monkeypatch.setattr(views, "MOST_FROM_OUTSIDE", 3)
    audience = an_audience(strangers=True)
    stranger = Writer(audience)
    assert stranger.begins(CONCERN, kind="report", token=None).status_code == 204
    assert [stranger.says("More.").status_code for _nth in range(3)] == [204, 204, 429]
    assert Writer(audience).begins(CONCERN, kind="report", token=None).status_code == 429
    member = Writer(audience)
    assert [member.begins(CONCERN).status_code, member.says("More.").status_code] == [204, 204]
