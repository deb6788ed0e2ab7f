"""A pulse that is asked again and again: each run is an ask of its own that leads back to the one before."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from heard.features.asks.actions import look_at_all, run_again, stop_schedule
from heard.features.asks.errors import MayNotLookAfter, NotOnASchedule
from heard.features.asks.models import Ask
from heard.features.rolls.queries import roll_of
from tests.cast import Cast, browser_of
from tests.features.asks.asking import AGREE, WORDS, a_pulse, answer, closed, now_in, text, tokens_for
from tests.features.rolls.companies import a_company

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


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
    assert "This is the last run" in browser_of(cast.administrator).post(address, follow=True).content.decode()
    with pytest.raises(NotOnASchedule):
        stop_schedule(ask, by=cast.administrator)
    with time_machine.travel(ask.opens_at + 5 * WEEK):
        look_at_all()
    assert following(ask) is None
    ask.refresh_from_db()
    assert (ask.withdrawn_at, roll_of(ask.ballot).closes_at) == (None, ask.closes_at)


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
