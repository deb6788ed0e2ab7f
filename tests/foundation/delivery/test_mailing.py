"""Mail at once: to those who are meant, once, together, within quiet hours and budget, and only what they may read."""

from datetime import time

import pytest
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from heard.foundation.communities.actions import join, leave, remove_member
from heard.foundation.conversation.actions import delete_message, hide_message, reply_to, start_thread
from heard.foundation.delivery.tasks import mail_due
from heard.foundation.notices.actions import prefer, see_notices, turn_off
from heard.foundation.notices.models import Delivery, Notice, Spent, Way, Why
from heard.foundation.notices.queries import budget_of
from heard.foundation.notices.rules import read_token
from heard.foundation.people.actions import end_access, follow, note_bounce
from heard.plumbing.mail import read_reply_address
from tests.cast import browser_of
from tests.foundation.delivery.conftest import NOON
from tests.letters import sent

REPLIES = override_settings(HEARD_REPLY_ADDRESS="replies@heard.example.org")


def mailed():
    """What has gone out when the clock has looked at what is due."""
    mail_due.func()
    return sent()


def outcomes():
    return sorted(Delivery.objects.filter(way=Way.MAIL).values_list("outcome", flat=True))


@REPLIES
def test_a_reply_is_mailed_after_two_minutes_from_whoever_replied_and_can_be_answered(cast, thread, later):
    reply = reply_to(thread, by=cast.tender, source="Leek & potato, *please*.")
    assert mailed() == []
    later(minutes=3)
    (letter,) = mailed()
    assert letter.to == ["mina.member@example.org"]
    assert letter.subject == "Re: Soup"
    message = letter.message()
    assert str(message["From"]).startswith('"Tom Tender (Heard)"')
    target = read_reply_address(letter.reply_to[0])
    assert (target.person_id, target.about_id, target.reply_id) == (cast.member.pk, thread.pk, reply.pk)
    assert str(reply.pk) in message["Message-ID"]
    assert str(thread.pk) in message["References"] == message["In-Reply-To"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "list"
    assert "Leek & potato, *please*." in letter.body
    assert "You get this because it answers what you said." in letter.body
    html = letter.alternatives[0].content
    assert "Leek &amp; potato" in html
    assert "Tom Tender replied to you in “Soup”" in html
    assert "Answer in Heard" in html
    assert mailed() == [letter]
    assert outcomes() == ["sent"]


def test_where_no_mail_comes_in_nobody_is_asked_to_answer_it(cast, thread, later):
    reply_to(thread, by=cast.tender, source="Leek")
    later(minutes=3)
    (letter,) = mailed()
    assert letter.reply_to == []
    assert "nswer this mail" not in letter.body + letter.alternatives[0].content


def test_what_came_in_one_thread_is_one_letter_and_in_several_is_one_too(cast, thread, later):
    for words in ("Leek", "Potato"):
        reply_to(thread, by=cast.tender, source=words)
    later(minutes=3)
    (letter,) = mailed()
    assert "Leek" in letter.body
    assert "Potato" in letter.body
    other = start_thread(community=cast.community, by=cast.member, source="Bread?")
    reply_to(other, by=cast.tender, source="Rye")
    reply_to(thread, by=cast.tender, source="Peas")
    later(minutes=3)
    _first, letter = mailed()
    assert letter.subject == "2 things wait for you"
    assert "Tom Tender replied to you in “Bread?”" in letter.body
    assert "Rye" in letter.alternatives[0].content
    assert Spent.objects.get(way=Way.MAIL).count == 2


def test_whoever_saw_it_here_is_not_mailed(cast, thread, later):
    reply_to(thread, by=cast.tender, source="Leek")
    see_notices(cast.member)
    later(minutes=3)
    assert mailed() == []
    assert outcomes() == ["needless"]


def test_following_and_new_threads_are_not_mailed(cast, later):
    follow(cast.member, by=cast.tender)
    later(minutes=3)
    assert mailed() == []
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("gone", ["deleted", "hidden", "left the community", "left", "bounced", "turned off"])
def test_what_may_not_or_need_not_be_told_any_more_is_not_mailed(cast, later, gone):
    thread = start_thread(community=cast.council, by=cast.member, source="Between us", title="Pay")
    reply = reply_to(thread, by=cast.tender, source="A secret")
    if gone == "deleted":
        delete_message(reply, by=cast.tender)
    elif gone == "hidden":
        hide_message(reply, by=cast.tender, because="No")
    elif gone == "left the community":
        leave(cast.council, by=cast.member)
    elif gone == "left":
        end_access(cast.member, by=cast.steward)
    elif gone == "bounced":
        note_bounce("mina.member@example.org", "550 no such user")
    else:
        turn_off(Why.REPLY, by=cast.member)
    later(minutes=3)
    assert mailed() == []
    assert outcomes() == ([] if gone == "left the community" else ["needless"])  # there even the notice is gone


def test_what_comes_in_the_evening_is_one_letter_in_the_morning(cast, thread, later, clock):
    later(hours=9)  # nine in the evening
    reply_to(thread, by=cast.tender, source="Leek")
    later(hours=1)
    reply_to(thread, by=cast.tender, source="Potato")
    later(minutes=3)
    assert mailed() == []
    later(hours=8, minutes=50)
    assert mailed() == []
    later(minutes=10)
    (letter,) = mailed()
    assert "Leek" in letter.body
    assert "Potato" in letter.body


def test_quiet_hours_are_those_of_the_persons_own_clock(cast, thread, later):
    cast.member.time_zone = "Asia/Tokyo"  # it is nine in the evening there
    cast.member.save()
    reply_to(thread, by=cast.tender, source="Leek")
    later(minutes=3)
    assert mailed() == []


def test_what_is_over_the_budget_is_left_to_the_digest_and_the_page_says_so(cast, thread, later):
    for nth in range(6):
        reply_to(thread, by=cast.tender, source=f"Soup {nth}")
        later(minutes=3)
        mailed()
    assert len(sent()) == 5
    assert outcomes() == ["digest"] + ["sent"] * 5
    assert "5 of 5 mails today. The rest waits for your digest." in page_of(cast.member)
    later(days=1)
    assert budget_of(cast.member, NOON, NOON.tzinfo).mails == 5
    reply_to(thread, by=cast.tender, source="Bread then")
    later(minutes=3)
    assert len(mailed()) == 6


def page_of(person):
    return browser_of(person).get("/notices/").content.decode()


def test_somebody_without_mail_at_once_finds_it_here(cast, thread, later):
    prefer(by=cast.member, zone=NOON.tzinfo, most_mails=0, quiet_from=time(0), quiet_until=time(0))
    reply_to(thread, by=cast.tender, source="Leek")
    later(minutes=3)
    assert mailed() == []
    assert outcomes() == ["digest"]
    assert "You get no mail at once." in page_of(cast.member)


def test_letters_hold_no_words_where_the_operator_wants_none(cast, later):
    thread = start_thread(community=cast.community, by=cast.member, source="My salary is low")
    reply_to(thread, by=cast.tender, source="Mine too")
    later(minutes=3)
    with override_settings(HEARD_MAIL_WORDS=False):
        (letter,) = mailed()
    whole = letter.subject + letter.body + letter.alternatives[0].content
    assert "salary" not in whole
    assert "Mine too" not in whole
    assert "Tom Tender replied to you" in letter.body


def test_a_kind_that_nobody_knows_any_more_holds_up_no_other(cast, later):
    join(cast.community, by=cast.steward)
    start_thread(community=cast.community, by=cast.steward, source="@mina.member @tom.tender: bread?")
    later(minutes=3)
    Notice.objects.filter(person=cast.member).update(why="unheard-of")
    assert [letter.to for letter in mailed()] == [["tom.tender@example.org"]]


def test_a_member_who_was_removed_learns_nothing_of_a_title_either(cast, later):
    start_thread(community=cast.council, by=cast.tender, source="@mina.member", title="Closing the plant")
    start_thread(community=cast.community, by=cast.tender, source="@mina.member hello")
    remove_member(cast.council, cast.member, by=cast.tender)
    later(minutes=3)
    (letter,) = mailed()
    assert "plant" not in letter.subject + letter.body + letter.alternatives[0].content


def test_a_worker_that_ends_before_a_letter_is_queued_loses_and_repeats_nothing(cast, thread, later, monkeypatch):
    reply_to(thread, by=cast.tender, source="Leek")
    later(minutes=3)
    with monkeypatch.context() as ending:
        ending.setattr(DBTaskResult, "save", ends_here)
        with pytest.raises(KeyboardInterrupt):
            mail_due.func()
    assert outcomes() == [""]
    assert not Spent.objects.exists()
    assert len(mailed()) == 1
    assert len(mailed()) == 1


def ends_here(*_values, **_options):
    """What a killed worker does in the middle of queueing."""
    raise KeyboardInterrupt


def test_a_letter_about_several_things_is_named_after_the_weightiest_and_each_says_why(cast, thread, later):
    join(cast.community, by=cast.newcomer)
    reply_to(thread, by=cast.newcomer, source="@mina.member, what about bread?")
    reply_to(thread, by=cast.tender, source="Leek")
    later(minutes=3)
    letter = next(one for one in mailed() if one.to == ["mina.member@example.org"])
    html = letter.alternatives[0].content
    assert str(letter.message()["From"]).startswith('"Nina Newcomer and 1 other (Heard)"')
    for whole in (letter.body, html):
        assert "because you are named" in whole
        assert "because it answers what you said" in whole
        assert "You get this because you are named." in whole
        assert "No more mail when somebody mentions you" in whole
    token = letter.extra_headers["List-Unsubscribe"].strip("<>").split("/")[-3]
    assert read_token(token) == (cast.member.pk, Why.MENTION)


def test_the_weightiest_is_in_the_letter_however_much_came_after_it(cast, thread, later):
    reply_to(thread, by=cast.tender, source="@mina.member, hear the bell")
    for nth in range(12):
        reply_to(thread, by=cast.tender, source=f"Soup {nth}")
    later(minutes=3)
    (letter,) = mailed()
    assert "hear the bell" in letter.body
    assert "3 more" in letter.body
