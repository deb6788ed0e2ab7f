"""Issuing: once each, the same again for the same message, and late ones after a wait."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from heard.features.ballots.actions import redeem
from heard.features.ballots.queries import used_so_far
from heard.features.rolls import tasks
from heard.features.rolls.actions import draw_waits, issue, shuffle_issued
from heard.features.rolls.errors import AlreadyIssued, MalformedRequest, NotInvited, RollIsClosed, TokenNotReady
from heard.features.rolls.models import Issued, Wait
from heard.features.rolls.queries import issued_counts, issued_to, to_take, wait_of
from heard.foundation.people.actions import end_access
from heard.plumbing.blind import BlindedMessageIsUnusable
from tests.at_once import at_once, on_disk
from tests.cast import Cast
from tests.features.rolls.companies import DAY, Browser, a_company, a_roll, staff, take

pytestmark = pytest.mark.django_db


def test_a_token_is_issued_and_counts_once():
    people = staff(8)
    roll = a_roll()
    browser = Browser(people[0], roll)
    [token] = browser.kept(take(browser))
    assert issued_to(people[0], roll) == 1
    with time_machine.travel(roll.opens_at + timedelta(minutes=5)):
        redeem(roll.ballot, token.body({"q1": 4}))
    assert used_so_far(roll.ballot) == {browser.group: 1}


def test_the_same_message_gets_the_same_signature_again():
    people = staff(8)
    browser = Browser(people[0], a_roll())
    assert take(browser) == take(browser)
    assert Issued.objects.count() == 1


def test_another_message_is_refused_and_costs_nothing():
    people = staff(8)
    roll = a_roll()
    first, second = Browser(people[0], roll), Browser(people[0], roll)
    signed = take(first)
    with pytest.raises(AlreadyIssued):
        take(second)
    assert take(first) == signed


def test_a_message_that_cannot_be_signed_costs_nobody_their_token():
    people = staff(8)
    roll = a_roll()
    with pytest.raises(BlindedMessageIsUnusable):
        issue(by=people[0], ballot=roll.ballot, blinded=[b"\xff" * 256])
    assert len(take(Browser(people[0], roll))) == 1


def test_who_is_not_on_the_roll_gets_nothing(cast: Cast):
    people = staff(8)
    roll = a_roll()
    stranger = staff(1, name="Later")[0]
    with pytest.raises(NotInvited):
        issue(by=stranger, ballot=roll.ballot, blinded=Browser(people[0], roll).blinded)
    with pytest.raises(NotInvited):
        issue(by=people[0], ballot="0" * 32, blinded=Browser(people[0], roll).blinded)


def test_as_many_as_each_member_has_and_all_different():
    people = staff(8)
    roll = a_roll(what="voice", per_member=3)
    browser = Browser(people[0], roll)
    assert len(browser.kept(take(browser))) == 3
    assert issued_counts(roll) == {browser.group: 3}
    other = Browser(people[1], roll)
    for wrong in (other.blinded[:2], [*other.blinded, other.blinded[0]], [other.blinded[0]] * 3):
        with pytest.raises(MalformedRequest):
            issue(by=people[1], ballot=roll.ballot, blinded=wrong)


def test_issued_counts_are_by_group():
    company = a_company(Depot=8, Office=9)
    roll = a_roll()
    for person in [*company["Depot"][:3], *company["Office"][:2]]:
        take(Browser(person, roll))
    assert sorted(issued_counts(roll).values()) == [2, 3]


def test_whoever_comes_after_the_opening_waits_by_chance(settings):
    settings.HEARD_TOKEN_WAIT = (3_600, 86_400)
    people = staff(8)
    roll = a_roll()
    with time_machine.travel(roll.opens_at + timedelta(minutes=1), tick=False) as clock:
        browser = Browser(people[0], roll)
        with pytest.raises(TokenNotReady):
            take(browser)
        until = wait_of(people[0], roll).until
        assert timedelta(hours=1) <= until - timezone.now() <= timedelta(hours=24)
        draw_waits(people[0])
        assert wait_of(people[0], roll).until == until
        clock.move_to(until - timedelta(seconds=1))
        with pytest.raises(TokenNotReady):
            take(browser)
        clock.move_to(until + timedelta(seconds=1))
        signed = take(browser)
        assert wait_of(people[0], roll) is None
        assert take(browser) == signed


def test_waits_are_not_all_the_same(settings):
    settings.HEARD_TOKEN_WAIT = (3_600, 86_400)
    people = staff(12)
    roll = a_roll()
    with time_machine.travel(roll.opens_at + DAY):
        for person in people:
            draw_waits(person)
    assert len({wait.until for wait in Wait.objects.filter(roll=roll)}) == 12


def test_who_came_late_is_forgotten_once_it_is_over():
    people = staff(9)
    over, still_open = a_roll(lasts=2), a_roll(lasts=7)
    with time_machine.travel(over.opens_at + timedelta(hours=1)):
        draw_waits(people[0])
        tasks.shuffle_issued.call()
        assert Wait.objects.count() == 2
    with time_machine.travel(over.closes_at):
        tasks.shuffle_issued.call()
    assert [wait.roll for wait in Wait.objects.all()] == [still_open]


def test_a_wait_ends_in_time_to_answer(settings):
    settings.HEARD_TOKEN_WAIT = (3_600, 86_400)
    people = staff(8)
    roll = a_roll()
    with time_machine.travel(roll.closes_at - timedelta(hours=3)):
        draw_waits(people[0])
        assert wait_of(people[0], roll).until <= roll.closes_at - timedelta(hours=1)
    with time_machine.travel(roll.closes_at - timedelta(minutes=90)):
        draw_waits(people[1])
        assert wait_of(people[1], roll) is None
        with pytest.raises(RollIsClosed):
            take(Browser(people[1], roll))


def test_a_lost_reply_costs_nothing_after_the_opening_either():
    people = staff(8)
    roll = a_roll()
    browser = Browser(people[0], roll)
    signed = take(browser)
    with time_machine.travel(roll.opens_at + DAY):
        assert take(browser) == signed


def test_a_roll_that_is_over_hands_out_nothing():
    people = staff(8)
    roll = a_roll()
    browser = Browser(people[0], roll)
    with time_machine.travel(roll.closes_at + timedelta(hours=1)), pytest.raises(RollIsClosed):
        take(browser)


def test_who_left_is_still_on_the_roll_but_cannot_come_in(cast: Cast):
    people = staff(8)
    roll = a_roll()
    take(Browser(people[0], roll))
    end_access(people[0], by=cast.steward)
    assert issued_counts(roll) == {Browser(people[1], roll).group: 1}


def test_what_a_browser_has_to_take():
    people = staff(8)
    roll = a_roll()
    [one] = to_take(people[0], timezone.now())
    assert (one.roll, one.issued, one.wait_until, one.is_missed) == (roll, 0, None, False)
    take(Browser(people[0], roll))
    assert to_take(people[0], timezone.now())[0].issued == 1
    assert to_take(people[0], roll.closes_at) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_in_one_name_one_is_served(tmp_path):
    people = staff(8)
    roll = a_roll()
    first, second = Browser(people[0], roll), Browser(people[0], roll)
    with on_disk(tmp_path):
        refused = at_once(lambda: take(first), lambda: take(second))
        assert [type(one) for one in refused] == [AlreadyIssued]
        assert Issued.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_message_at_once_is_served_twice(tmp_path):
    people = staff(8)
    roll = a_roll()
    browser = Browser(people[0], roll)
    with on_disk(tmp_path):
        assert at_once(*[lambda: take(browser)] * 4) == []
        assert Issued.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_tokens_are_issued_while_the_rows_are_written_anew(tmp_path):
    people = staff(8)
    roll = a_roll()
    browsers = [Browser(person, roll) for person in people]
    take(browsers[0])
    with on_disk(tmp_path):
        deeds = [lambda browser=browser: take(browser) for browser in browsers]
        assert at_once(shuffle_issued, *deeds) == []
        assert Issued.objects.count() == 8
