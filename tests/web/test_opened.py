"""What was opened to everyone: shown no sooner than its vote, by group if the writer said so, and voted on once."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from heard.features.asks.actions import look_at_all
from heard.features.asks.models import Ask
from heard.features.ballots.models import Ballot
from heard.features.desk.models import Circle
from heard.features.voice.actions import offer_to_open
from heard.features.voice.actions.speaking import agreed, commitment, opened_code
from heard.features.voice.models import Opened, Thread
from heard.features.voice.rules import monday
from heard.web import opened, tasks
from tests.cast import browser_of
from tests.features.asks.asking import answer, closed, tokens_for
from tests.features.desk.desks import Desk, a_desk

pytestmark = pytest.mark.django_db
TEXT = "A rota should come out two weeks before it starts."
SALT = bytes(32)


@pytest.fixture
def desk() -> Iterator[Desk]:
    wednesday = monday(timezone.now().date()) + timedelta(days=2)
    with time_machine.travel(datetime.combine(wednesday, time(14), UTC)):
        yield a_desk()


def open_to_all(desk, text=TEXT, *, nth=0, group=True):
    """A member of Operations says it, a listener offers it, and the writer agrees; the code of what stands open."""
    writer = desk.writer(desk.company["Operations"][nth], "Something longer, that few should read.")
    before = set(Opened.objects.values_list("pk", flat=True))
    offer_to_open(Thread.objects.get(pk=writer.thread), commitment(text, SALT))
    assert writer.agrees(text, SALT, group=group).status_code == 204
    return Opened.objects.exclude(pk__in=before).get()


def ask_votes():
    """The clock asks, as on another day, about what was opened so far."""
    Opened.objects.update(waits_until=None)
    opened.ask_due_votes()


def seen_by(desk, *, after=timedelta()):
    with time_machine.travel(timezone.now() + after):
        return browser_of(desk.company["Sales"][0]).get("/opened/").content.decode()


def test_where_nothing_is_open_the_page_says_what_will_stand_there(desk):
    assert "When a writer and a listener agree that all should see something, it stands here." in seen_by(desk)


def test_it_is_not_shown_before_its_vote_is_announced(desk):
    open_to_all(desk)
    assert TEXT not in seen_by(desk)
    ask_votes()
    assert TEXT in seen_by(desk)


def test_where_there_was_no_vote_it_is_shown_from_the_next_week_on(desk):
    open_to_all(desk)
    Opened.objects.update(waits_until=None)
    assert TEXT not in seen_by(desk, after=timedelta(days=4))
    page = seen_by(desk, after=timedelta(days=5))
    assert TEXT in page
    assert "Voting opens" not in page
    assert "More about this vote" not in page


def test_a_vote_that_was_refused_is_no_vote(desk):
    text = open_to_all(desk)
    ask_votes()
    Ask.objects.filter(about=text.code).update(ballot=None, refused="Too few people.")
    assert TEXT not in seen_by(desk)
    assert "More about this vote" not in seen_by(desk, after=timedelta(days=5))


def test_the_group_is_named_if_the_writer_said_so(desk):
    open_to_all(desk)
    open_to_all(desk, "Lockers should lock.", nth=1, group=False)
    ask_votes()
    page = seen_by(desk)
    assert page.count("A member of Operations") == 1
    assert page.count("A colleague ·") == 1


def test_it_says_when_voting_opens_then_leads_to_the_vote_and_then_to_what_came_of_it(desk):
    text = open_to_all(desk)
    ask_votes()
    vote = Ask.objects.get(about=text.code)
    link = f'href="/speak/#answer={vote.ballot}"'
    announced = seen_by(desk)
    assert "Voting opens on" in announced
    assert link not in announced
    open_now = seen_by(desk, after=timedelta(days=1))
    assert link in open_now
    assert "Voting opens on" not in open_now
    over = seen_by(desk, after=vote.closes_at - timezone.now())
    assert link not in over
    assert f'href="/asks/{vote.code}/">How everybody voted' in over


def test_the_clock_looks_twice_and_asks_one_vote_of_one_group_with_exactly_that_text(desk):
    open_to_all(desk)
    ask_votes()
    ask_votes()
    vote = Ask.objects.get()
    assert (vote.kind, vote.questions.get().text, vote.author) == ("vote", TEXT, None)
    assert Ballot.objects.get(code=vote.ballot).keys.count() == 1


def test_the_longest_text_that_can_be_opened_is_asked_about_unshortened(desk):
    text = "ab, " * 250
    open_to_all(desk, text)
    ask_votes()
    assert Ask.objects.get().questions.get().text == text


def test_all_that_was_opened_on_a_day_is_asked_about_together_when_the_next_begins(desk):
    """Whenever on that day somebody agreed: in the night, in the afternoon, or in its last minute."""
    midnight = timezone.now().replace(hour=0, minute=0) + timedelta(days=1)
    agreed_at = {"at night": 195, "after lunch": 850, "at last": 1439, "past midnight": 1450, "the night after": 1635}
    looks = [(60 * hour + 40, "") for hour in range(52)]
    asked: dict[str, int] = {}
    for minutes, text in sorted([*looks, *((at, text) for text, at in agreed_at.items())]):
        with time_machine.travel(midnight + timedelta(minutes=minutes)):
            if text:
                open_to_all(desk, text, nth=list(agreed_at).index(text))
            else:
                tasks.ask_votes.call()
            codes = [one["code"] for one in listed()]
            for one in Opened.objects.filter(code__in=codes):
                asked.setdefault(one.text, minutes)
    first, second = 24 * 60 + 40, 48 * 60 + 40
    assert asked == dict(zip(agreed_at, (first, first, first, second, second), strict=True))


def test_whichever_hour_the_clock_first_runs_at_tells_nothing_of_an_agreement(desk):
    open_to_all(desk)
    for hours, asked in ((1, 0), (9, 0), (34, 1)):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            tasks.ask_votes.call()
        assert Ask.objects.count() == asked
    vote = Ask.objects.get()
    assert vote.opens_at - vote.written_at > timedelta(hours=12)


def test_on_which_day_a_text_was_opened_is_forgotten_when_it_is_over(desk):
    """Where there was no vote nothing else would tell of it."""
    text = open_to_all(desk)
    assert text.waits_until == timezone.now().date() + timedelta(days=1)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        tasks.ask_votes.call()
    text.refresh_from_db()
    assert text.waits_until is None


def test_everybody_may_read_about_the_vote_and_its_end_is_looked_after(desk):
    text = open_to_all(desk)
    ask_votes()
    vote = Ask.objects.get(about=text.code)
    with time_machine.travel(vote.closes_at + timedelta(hours=1)):
        look_at_all()
        page = browser_of(desk.company["Sales"][0]).get(f"/asks/{vote.code}/")
        assert page.status_code == 200
        assert TEXT in page.content.decode()
    vote.refresh_from_db()
    assert vote.closed_at


def test_three_cost_as_many_queries_as_one(desk, django_assert_num_queries):
    page = browser_of(desk.company["Sales"][0])
    open_to_all(desk)
    ask_votes()
    with django_assert_num_queries(6):
        page.get("/opened/")
    for nth in (1, 2):
        open_to_all(desk, f"{TEXT} {nth}", nth=nth)
    ask_votes()
    with django_assert_num_queries(6):
        page.get("/opened/")


def test_a_month_that_is_forgotten_leaves_the_text_without_its_group(desk):
    open_to_all(desk)
    ask_votes()
    Circle.objects.all().delete()
    assert "A colleague ·" in seen_by(desk)


def listed():
    said = Client().get("/voice/opened.json")
    assert said.status_code == 200
    return json.loads(said.content)["opened"]


def test_whoever_holds_the_sealed_offer_finds_its_vote_in_a_list_that_says_nothing_to_others(desk):
    open_to_all(desk)
    assert listed() == []
    ask_votes()
    vote, [one] = Ask.objects.get(), listed()
    assert one == {
        "code": opened_code(TEXT, SALT),
        "opens": vote.opens_at.isoformat(),
        "closes": vote.closes_at.isoformat(),
    }
    unsalted = {sha256(words.encode()).hexdigest()[:32] for words in (TEXT, f"opened{TEXT}", f"agreed{TEXT}")}
    assert one["code"] not in {*unsalted, commitment(TEXT, SALT)[:32], agreed(TEXT, SALT)[:32]}


def test_where_there_was_no_vote_the_list_has_the_text_from_the_next_week_on_without_days(desk):
    open_to_all(desk)
    Opened.objects.update(waits_until=None)
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert listed() == [{"code": opened_code(TEXT, SALT), "opens": "", "closes": ""}]


def test_no_table_holds_what_joins_an_opened_text_and_its_conversation(desk):
    text = open_to_all(desk)
    thread = Thread.objects.get()
    mine = {str(getattr(thread, field.name)) for field in Thread._meta.concrete_fields}
    assert mine & {str(getattr(text, field.name)) for field in Opened._meta.concrete_fields} == {
        text.group,
        str(text.week),
    }
    assert commitment(TEXT, SALT) not in mine


def test_what_all_said_stands_beside_the_text_once_the_vote_is_closed(desk):
    text = open_to_all(desk)
    ask_votes()
    vote = Ask.objects.get(about=text.code)
    tokens = tokens_for(vote, [*desk.company["Operations"], *desk.company["Sales"]])
    answer(vote, tokens, *[{"q1": value} for value in [1] * 9 + [0] * 3 + [-1] * 6])
    assert "figures" not in seen_by(desk)
    closed(vote)
    over = vote.closes_at + timedelta(hours=2) - timezone.now()
    assert '<p class="figures">disagree 6 · pass 3 · agree 9</p>' in seen_by(desk, after=over)


def test_votes_that_are_over_cost_as_many_queries_for_three_as_for_one(desk, django_assert_num_queries):
    page, counts = browser_of(desk.company["Sales"][0]), []
    for nth in range(3):
        open_to_all(desk, f"{TEXT} {nth}", nth=nth)
        ask_votes()
        Ask.objects.update(closed_at=timezone.now())
        with django_assert_num_queries(8):
            counts.append(page.get("/opened/").status_code)
    assert counts == [200, 200, 200]
