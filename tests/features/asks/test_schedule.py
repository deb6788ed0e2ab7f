"""A pulse that is asked again and again: each run is an ask of its own that leads back to the one before."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from heard.features.asks.actions import look_at_all, run_again, stop_schedule, write_pulse
from heard.features.asks.errors import MayNotLookAfter, NotOnASchedule
from heard.features.asks.models import Ask
from heard.features.rolls.queries import roll_of
from heard.foundation.notices.models import Notice, Why
from heard.foundation.people.models import Person
from tests.cast import Cast, browser_of
from tests.features.asks.asking import AGREE, WORDS, a_pulse, answer, closed, now_in, text, tokens_for
from tests.features.rolls.companies import a_company, hour_in

pytestmark = pytest.mark.django_db
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
FOUR = [f"Depot {nth}" for nth in range(4)]


def following(ask: Ask) -> Ask | None:
    return Ask.objects.filter(before=ask).first()


def test_the_next_run_is_announced_a_week_before_it_opens(cast: Cast):
    a_company(Depot=10)
    ask = a_pulse(cast.administrator, AGREE, WORDS, every_weeks=4)
    with now_in(ask, 3 * WEEK - DAY):
        look_at_all()
        assert following(ask) is None
    with now_in(ask, 3 * WEEK + timedelta(hours=1)):
        look_at_all()
        look_at_all()
    after = Ask.objects.get(before=ask)
    assert after.ballot
    assert (after.opens_at - ask.opens_at, after.closes_at - ask.closes_at) == (4 * WEEK, 4 * WEEK)
    assert [one.text for one in after.questions.order_by("nth")] == [AGREE.text, WORDS.text]
    assert (after.title, after.author, after.every_weeks) == (ask.title, ask.author, 4)
    assert "The next run" in text(cast.administrator, f"/asks/{ask.code}/")
    assert "The run before" in text(cast.administrator, f"/asks/{after.code}/")


def test_runs_that_were_missed_are_not_made_up_for(cast: Cast):
    a_company(Depot=10)
    ask = a_pulse(cast.administrator, every_weeks=2)
    with now_in(ask, 9 * WEEK + DAY):
        look_at_all()
        after = Ask.objects.get(before=ask)
        assert after.opens_at == ask.opens_at + 10 * WEEK
        assert after.opens_at - timezone.now() >= 3 * DAY
    assert Ask.objects.count() == 2


def test_of_two_workers_one_writes_the_next_run(cast: Cast):
    a_company(Depot=10)
    ask = a_pulse(cast.administrator, every_weeks=4)
    with now_in(ask, 3 * WEEK + DAY):
        assert run_again(ask.pk) is not None
        assert run_again(ask.pk) is None
    assert Ask.objects.filter(before=ask).count() == 1


def test_a_schedule_is_ended_by_whoever_asked_and_what_is_announced_goes_on(cast: Cast):
    company = a_company(Depot=10)
    ask = a_pulse(cast.administrator, every_weeks=4)
    with pytest.raises(MayNotLookAfter):
        stop_schedule(ask, by=company["Depot"][0])
    address = f"/asks/{ask.code}/schedule/withdrawal/"
    assert "It is not asked again" in browser_of(cast.administrator).post(address, follow=True).content.decode()
    with pytest.raises(NotOnASchedule):
        stop_schedule(ask, by=cast.administrator)
    with time_machine.travel(ask.opens_at + 5 * WEEK):
        look_at_all()
    assert following(ask) is None
    ask.refresh_from_db()
    assert (ask.withdrawn_at, roll_of(ask.ballot).closes_at) == (None, ask.closes_at)


def with_too_few(ask: Ask) -> Ask:
    """The next run of an ask of ten people, of whom four had left when it was to be announced."""
    Person.objects.filter(name__in=FOUR).update(left_at=timezone.now())
    with now_in(ask, 3 * WEEK + HOUR):
        look_at_all()
        look_at_all()
    return Ask.objects.get(before=ask)


def told_of(ask: Ask) -> list[tuple[int, str]]:
    """Whom it was told that it could not be announced, and what was said."""
    return list(Notice.objects.filter(why=Why.NOT_ASKED, about_id=ask.pk).values_list("person", "words"))


def test_whoever_asked_is_told_once_why_the_next_run_could_not_be_announced(cast: Cast):
    a_company(Depot=10)
    after = with_too_few(a_pulse(cast.administrator, every_weeks=4))
    assert (after.ballot, told_of(after)) == (None, [(cast.administrator.pk, after.refused)])
    assert "among those you would ask, 6 have" in after.refused
    page = text(cast.administrator, f"/asks/{after.code}/")
    assert after.refused in page
    next_time = date_format(localtime(after.opens_at + 4 * WEEK))
    assert f"It is tried again by itself, to open on {next_time}." in page


def test_a_run_that_was_refused_is_tried_again_when_the_next_is_due(cast: Cast):
    a_company(Depot=10)
    ask = a_pulse(cast.administrator, every_weeks=4)
    after, staff = with_too_few(ask), Person.objects.filter(name__startswith="Depot")
    staff.update(left_at=timezone.now())
    with now_in(ask, 7 * WEEK + HOUR):
        look_at_all()
        look_at_all()
        after.refresh_from_db()
        assert (after.ballot, len(told_of(after))) == (None, 2), "each run is told once"
    staff.update(left_at=None)
    with now_in(ask, 11 * WEEK - DAY):
        look_at_all()
        assert following(ask).ballot is None, "it is not due so far"
    with now_in(ask, 11 * WEEK + HOUR):
        look_at_all()
        look_at_all()
    after.refresh_from_db()
    assert (after.refused, after.before, len(told_of(after))) == ("", ask, 2)
    assert (after.opens_at - ask.opens_at, after.closes_at - ask.closes_at) == (12 * WEEK, 12 * WEEK)
    assert roll_of(after.ballot).opens_at == after.opens_at
    assert Ask.objects.count() == 2


@pytest.mark.parametrize("stops_after", [False, True], ids=["on the page of the run before", "on its own page"])
def test_a_schedule_whose_run_was_refused_can_be_ended(cast: Cast, stops_after: bool):
    a_company(Depot=10)
    ask = a_pulse(cast.administrator, every_weeks=4)
    after = with_too_few(ask)
    address = f"/asks/{(after if stops_after else ask).code}/"
    assert "schedule/withdrawal/" in text(cast.administrator, address)
    assert browser_of(cast.administrator).post(address + "schedule/withdrawal/").status_code == 302
    for one in (ask, after):
        page = text(cast.administrator, f"/asks/{one.code}/")
        assert "schedule/withdrawal/" not in page
        assert "tried again" not in page
    Person.objects.filter(name__in=FOUR).update(left_at=None)
    with now_in(ask, 7 * WEEK + HOUR):
        look_at_all()
    after.refresh_from_db()
    assert (after.ballot, bool(after.refused), Ask.objects.count()) == (None, True, 2)


def test_a_schedule_that_cannot_be_gone_on_with_holds_up_no_other(cast: Cast, caplog: pytest.LogCaptureFixture):
    a_company(Depot=10)
    broken, sound = (a_pulse(cast.administrator, every_weeks=4) for _nth in range(2))
    Ask.objects.filter(pk=broken.pk).update(closes_at=datetime(9999, 12, 30, tzinfo=UTC))
    with now_in(sound, 3 * WEEK + HOUR):
        look_at_all()
    assert following(broken) is None
    assert "OverflowError" in caplog.text
    assert following(sound).ballot


def test_what_its_worker_left_lying_is_announced_by_the_clock_or_refused_and_told(cast: Cast):
    a_company(Depot=10)
    times = {"opens_at": hour_in(7), "closes_at": hour_in(14)}
    asked = [write_pulse(by=cast.administrator, title="Autumn", questions=[AGREE], **times) for _nth in range(2)]
    look_at_all()
    assert Ask.objects.filter(ballot=None, refused="").count() == 2, "the worker is given an hour"
    Ask.objects.filter(pk=asked[1].pk).update(opens_at=hour_in(3))
    with time_machine.travel(timezone.now() + 2 * HOUR):
        look_at_all()
    for one in asked:
        one.refresh_from_db()
    assert (bool(asked[0].ballot), told_of(asked[0])) == (True, [])
    assert (asked[1].ballot, told_of(asked[1])) == (None, [(cast.administrator.pk, asked[1].refused)])


@pytest.mark.parametrize(
    ("then", "is_clear"),
    [([1, 1, 2, 3, 1, 2, 5, 1, 1, 2], True), ([4, 4, 4, 3, 2, 5, 3, 1, 4, 5], False)],
    ids=["worse", "the same"],
)
def test_a_change_is_shown_where_it_leaves_chance_out(cast: Cast, then: list[int], is_clear: bool):
    company = a_company(Depot=20, Office=20)
    ask = a_pulse(cast.administrator, every_weeks=4)
    everybody = [*company["Depot"], *company["Office"]]
    answer(ask, tokens_for(ask, everybody), *[{"q1": [4, 4, 5, 3, 2, 4, 3, 1, 4, 5][nth % 10]} for nth in range(40)])
    closed(ask)
    with now_in(ask, 3 * WEEK + DAY):
        after = run_again(ask.pk)
        assert after is not None
        after.refresh_from_db()
        tokens = tokens_for(after, everybody)
    answer(after, tokens, *[{"q1": then[nth % 10]} for nth in range(40)])
    closed(after)
    with now_in(after, 8 * DAY):
        page = text(cast.administrator, f"/asks/{after.code}/results/")
    assert "since the run before" in page
    assert ("No clear change" in page) != is_clear
