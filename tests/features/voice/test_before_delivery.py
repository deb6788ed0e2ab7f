"""What a writer did since the clock last looked: nobody is told of it, and none of it is lost."""

from datetime import timedelta

import pytest
import time_machine

from heard.features.voice import actions, errors
from heard.features.voice.actions import speaking
from heard.features.voice.models import Message, Thread
from heard.features.voice.rules import monday
from tests.features.voice.conversing import Writer, an_audience, answered

pytestmark = pytest.mark.django_db
CONCERN = "The new rota came out four days before it started."


@pytest.fixture
def writer() -> Writer:
    """Somebody whose conversation has been delivered."""
    writer = Writer(an_audience())
    assert writer.begins(CONCERN).status_code == 204
    actions.settle()
    return writer


def test_it_is_kept_for_a_year_from_what_was_added_once_that_is_delivered(writer):
    thread = Thread.objects.get()
    with time_machine.travel(thread.week + timedelta(weeks=3, days=2)):
        assert writer.says("It has happened again.").status_code == 204
        assert Thread.objects.get().expires_on == thread.expires_on
        actions.settle()
        assert Thread.objects.get().expires_on == thread.expires_on + timedelta(weeks=3)


def test_what_its_writer_adds_to_on_its_last_day_is_kept_for_another_year(writer):
    expires = Thread.objects.get().expires_on
    with time_machine.travel(expires):
        assert writer.says("It has happened again.").status_code == 204
        actions.settle()
        assert writer.words() == [CONCERN, "It has happened again."]
        assert Thread.objects.get().expires_on == monday(expires) + timedelta(weeks=52)


def test_a_reply_of_a_later_week_is_not_cut_short_by_what_crossed_it(writer):
    thread = Thread.objects.get()
    with time_machine.travel(thread.week + timedelta(days=6, hours=23, minutes=50)):
        assert writer.says("It has happened again.").status_code == 204
    with time_machine.travel(thread.week + timedelta(days=7, minutes=10)):
        answered(writer, "You are right.")
        actions.settle()
    assert Thread.objects.get().expires_on == thread.expires_on + timedelta(weeks=1)


def test_it_leaves_listeners_as_much_room_as_there_was(writer, monkeypatch):
    monkeypatch.setattr(speaking, "MOST_MESSAGES", 3)
    assert [writer.says("More.").status_code for _nth in range(3)] == [204, 204, 409]
    for _nth in range(2):
        answered(writer, "Go on.")
    with pytest.raises(errors.ConversationIsFull):
        answered(writer, "Go on.")
    actions.settle()
    assert [one.by for one in Message.objects.order_by("place")] == ["writer", *["listener"] * 2, *["writer"] * 2]


def test_no_hash_of_a_text_is_good_for_two_things():
    """Without words of one length before it, an offer whose salt begins like a word would be an agreement as well."""
    salt, text = bytes(32), "Rotas should come out two weeks before."
    kinds = [speaking.commitment, speaking.agreed, speaking.opened_code]
    tried = [(b"agreed" + salt[:26], "\0" * 6 + text), (b"opened" + salt[:26], "\0" * 6 + text), (salt, text)]
    hashes = [kind(words, begun)[:32] for kind in kinds for begun, words in tried]
    assert len(set(hashes)) == len(hashes)
