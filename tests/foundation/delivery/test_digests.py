"""The digest: short, once a day or a week, only what its reader may read at that moment, and never for nothing."""

from datetime import datetime

import pytest
from django.test import override_settings

from heard.foundation.communities.actions import choose_level, leave
from heard.foundation.communities.models import Level
from heard.foundation.conversation.actions import delete_message, hide_message, mark_read, react, reply_to, start_thread
from heard.foundation.delivery.tasks import digests_due, mail_due
from heard.foundation.notices.actions import prefer, see_notices, turn_off
from heard.foundation.notices.models import Preferences, Rhythm, Way, Why
from heard.foundation.people.actions import end_access, follow, note_bounce, restore_access
from tests.cast import an_unclaimed, browser_of
from tests.foundation.delivery.conftest import NOON
from tests.letters import sent


@pytest.fixture
def at_seven(cast, later):
    """Moves the time to seven o'clock of the next morning, and lets the digests go out; gives Mina's."""
    digests_due.func()
    later(minutes=1)

    def moved():
        later(hours=19)
        digests_due.func()
        letters = [letter for letter in sent() if letter.to == ["mina.member@example.org"]]
        later(hours=5)
        return letters

    return moved


def test_a_digest_comes_at_seven_with_what_waits_and_the_best_of_my_communities(cast, at_seven):
    quiet = start_thread(community=cast.community, by=cast.tender, source="Nothing much", title="Quiet")
    lively = start_thread(community=cast.council, by=cast.tender, source="Come to **the meeting**", title="Meeting")
    reply_to(lively, by=cast.tender, source="At noon")
    follow(cast.member, by=cast.newcomer)
    (letter,) = at_seven()
    assert letter.subject == "Your day in Heard, Wednesday 25 November"
    html = letter.alternatives[0].content
    for whole in (letter.body, html):
        assert "Nina Newcomer follows you" in whole
        assert whole.index("Meeting") < whole.index("Quiet")
        assert "Tom Tender in Works council" in whole
        assert "1 reply" in whole
    assert f"/threads/{quiet.pk}/" in html
    for whole in (letter.body, html):
        assert "Come to the meeting" in whole
        assert "It comes only when there is something to tell." in whole
    message = letter.message()
    assert message["Precedence"] == "bulk"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].strip("<>") in letter.body


def test_there_is_none_when_there_is_nothing_to_say_and_none_twice(cast, at_seven):
    assert at_seven() == []
    start_thread(community=cast.community, by=cast.tender, source="News")
    assert len(at_seven()) == 1
    digests_due.func()
    assert len(at_seven()) == 1


def test_it_is_five_items_and_a_number(cast, at_seven):
    for nth in range(9):
        start_thread(community=cast.community, by=cast.tender, source=f"Thing {nth}")
    (letter,) = at_seven()
    assert letter.body.count("* Thing") == 5
    assert "And 4 more" in letter.body


@pytest.mark.parametrize("gone", ["deleted", "hidden", "left", "muted", "seen at home", "their own"])
def test_what_is_not_theirs_to_read_or_was_seen_is_not_in_it(cast, at_seven, gone):
    by = cast.member if gone == "their own" else cast.tender
    thread = start_thread(community=cast.council, by=by, source="Between us", title="Secret")
    if gone == "deleted":
        delete_message(thread, by=cast.tender)
    elif gone == "hidden":
        hide_message(thread, by=cast.tender, because="No")
    elif gone == "left":
        leave(cast.council, by=cast.member)
    elif gone == "muted":
        choose_level(cast.council, Level.MUTE, by=cast.member)
    elif gone == "seen at home":
        mark_read(thread.pk, by=cast.member)
    assert at_seven() == []


def test_what_a_letter_told_already_does_not_come_again(cast, thread, at_seven, later):
    reply_to(thread, by=cast.tender, source="Leek")
    later(minutes=3)
    mail_due.func()
    assert len(sent()) == 1
    assert [letter.subject for letter in at_seven()] == ["Re: Soup"]


def test_what_waits_for_the_quiet_hours_to_end_is_a_letter_and_not_in_the_digest_of_that_moment(
    cast, thread, at_seven, later
):
    later(hours=9)  # nine in the evening
    reply_to(thread, by=cast.tender, source="Leek")
    later(minutes=3)
    mail_due.func()
    assert sent() == []
    later(hours=-9, minutes=-3)
    assert [letter.subject for letter in at_seven()] == ["Re: Soup"]
    mail_due.func()
    assert [letter.subject for letter in sent() if letter.to == ["mina.member@example.org"]] == ["Re: Soup"]


def test_what_a_digest_told_is_mailed_no_more(cast, thread, later):
    later(hours=9)
    reply_to(thread, by=cast.tender, source="Leek")
    browser_of(cast.member).post("/notices/digest/")
    digests_due.func()
    (digest,) = sent()
    assert "Tom Tender replied to you in “Soup”\n  Leek\n" in digest.body
    later(hours=11)
    mail_due.func()
    assert sent() == [digest]


def test_what_was_seen_here_does_not_come(cast, at_seven):
    follow(cast.member, by=cast.newcomer)
    see_notices(cast.member)
    assert at_seven() == []


def test_a_kind_can_be_left_out_of_it(cast, at_seven):
    turn_off(Why.FOLLOW, by=cast.member, way=Way.DIGEST)
    follow(cast.member, by=cast.newcomer)
    assert at_seven() == []


def test_communities_that_are_wanted_in_it_come_first(cast, at_seven):
    choose_level(cast.council, Level.DIGEST, by=cast.member)
    start_thread(community=cast.council, by=cast.tender, source="Quiet", title="Council")
    lively = start_thread(community=cast.community, by=cast.tender, source="Lively", title="Canteen news")
    react(lively, "👍", by=cast.tender)
    (letter,) = at_seven()
    assert letter.body.index("Council") < letter.body.index("Canteen news")


def test_a_week_or_never(cast, at_seven):
    prefer(by=cast.member, zone=NOON.tzinfo, rhythm=Rhythm.WEEKLY)
    start_thread(community=cast.community, by=cast.tender, source="News")
    assert [at_seven() for _nth in range(5)] == [[]] * 5  # Wednesday to Sunday
    (letter,) = at_seven()
    assert letter.subject == "Your week in Heard, 30 November"
    prefer(by=cast.member, zone=NOON.tzinfo, rhythm=Rhythm.NEVER)
    start_thread(community=cast.community, by=cast.tender, source="More news")
    for _nth in range(8):
        assert at_seven() == [letter]


def test_it_comes_by_the_persons_own_clock(cast, at_seven):
    browser_of(cast.member).post("/me/", {"time_zone": "America/New_York"})
    start_thread(community=cast.community, by=cast.tender, source="News")
    at_seven()
    due = Preferences.objects.get(pk=cast.member.pk).digest_due_at
    assert due == datetime.fromisoformat("2026-11-25T12:00:00+00:00")


def test_nobody_who_left_never_came_or_cannot_be_reached_gets_one(cast, at_seven):
    an_unclaimed("Una Unclaimed", email="una@example.org")
    start_thread(community=cast.community, by=cast.tender, source="News")
    note_bounce("mina.member@example.org", "550 no such user")
    assert at_seven() == []
    assert {letter.to[0] for letter in sent()}.isdisjoint({"leo.left@example.org", "una@example.org"})


def test_whoever_comes_back_gets_one_again(cast, at_seven):
    end_access(cast.member, by=cast.steward)
    at_seven()
    restore_access(cast.member, by=cast.steward)
    start_thread(community=cast.community, by=cast.tender, source="News")
    assert len([*at_seven(), *at_seven()]) > 0


def test_one_can_be_asked_for_to_see_what_it_is_like(cast):
    start_thread(community=cast.community, by=cast.tender, source="News")
    browser_of(cast.member).post("/notices/digest/")
    assert [letter.to for letter in sent() + sent()][:1] == [["mina.member@example.org"]]


def test_it_holds_no_words_where_the_operator_wants_none(cast, at_seven):
    start_thread(community=cast.community, by=cast.tender, source="My salary is low")
    with override_settings(HEARD_MAIL_WORDS=False):
        (letter,) = at_seven()
    assert "salary" not in letter.body + letter.alternatives[0].content
    assert "Something Tom Tender said" in letter.body
