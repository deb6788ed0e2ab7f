"""What the page of an ask owes those who read it: who moved, how long one waits and why, what cannot be undone."""

import pytest

from heard.features.ballots.actions import redeem
from heard.features.rolls.actions import draw_waits
from heard.foundation.people.actions import change_profile, end_access
from tests.cast import Cast
from tests.features.asks.asking import a_pulse, now_in, text, tokens_for
from tests.features.rolls.companies import DAY, a_company

pytestmark = pytest.mark.django_db
TRYING = "In this installation the wait is 10 seconds at most, so that it can be tried out"


def test_who_changed_units_in_the_week_before_is_listed_for_all(cast: Cast):
    company = a_company(Depot=8, Office=9)
    change_profile(company["Depot"][0], by=cast.steward, unit_id=company["Office"][0].unit.pk)
    ask = a_pulse(cast.administrator)
    change_profile(company["Depot"][1], by=cast.steward, unit_id=company["Office"][0].unit.pk)
    for reader in (company["Office"][3], cast.member):
        page = text(reader, f"/asks/{ask.code}/")
        moved = page[page.index("Who changed units in the week before") :].split("</details>")[0]
        assert "Depot 0: Depot → Office" in moved
        assert "Depot 1" not in moved


def test_where_nobody_moved_the_page_says_so(cast: Cast):
    a_company(Depot=8)
    ask = a_pulse(cast.administrator)
    page = text(cast.member, f"/asks/{ask.code}/")
    moved = page[page.index("Who changed units in the week before") :].split("</details>")[0]
    assert "Nobody among those who are asked." in moved


def test_where_late_tokens_come_in_seconds_the_page_says_so_and_why(cast: Cast, settings):
    late = a_company(Depot=8)["Depot"][0]
    ask = a_pulse(cast.administrator)
    with now_in(ask, DAY):
        assert "handed out after a wait drawn by lot" in text(late, f"/asks/{ask.code}/")
        assert TRYING not in text(late, f"/asks/{ask.code}/")
        settings.HEARD_TOKEN_WAIT = (10, 10)
        asking = text(late, f"/asks/{ask.code}/")
        assert f"{TRYING}; in earnest it is 1 to 24 hours." in asking


def test_whoever_waits_is_told_until_when_and_why(cast: Cast, settings):
    company = a_company(Depot=8)
    ask = a_pulse(cast.administrator)
    settings.HEARD_TOKEN_WAIT = (10, 10)
    with now_in(ask, DAY):
        draw_waits(company["Depot"][0])
        page = text(company["Depot"][0], f"/asks/{ask.code}/")
    assert "otherwise the clock could tell which answer is yours" in page
    assert TRYING in page


def test_what_leavers_took_cannot_be_recalled_and_the_page_says_so(cast: Cast):
    leaver = a_company(Depot=8)["Depot"][0]
    ask = a_pulse(cast.administrator)
    (token,) = tokens_for(ask, [leaver])
    end_access(leaver, by=cast.steward)
    assert "what leavers took with them cannot be recalled" in text(cast.member, f"/asks/{ask.code}/")
    with now_in(ask, DAY):
        redeem(ask.ballot, token.body({"q1": 4}))
