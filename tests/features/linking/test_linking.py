"""Nobody who holds the whole database finds out who said what, or what else they said, better than by lot."""

from bisect import bisect_right
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from scipy.stats import poisson

from heard.features.asks.actions import look_at_all
from heard.features.ballots.actions import settle
from heard.foundation.communities.actions import join, start_community
from heard.foundation.people.models import Role
from tests.cast import a_person
from tests.features.linking.attacks import ATTACKS, ONCE_CLOSED, Thief
from tests.features.linking.dump import Row, stolen
from tests.features.linking.joining import joined, joined_across
from tests.features.linking.staff import Run, Truth
from tests.features.rolls.companies import staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
SURE = 0.999


ASKS = 10
"""So many each company goes through before another one takes its place: more would be searched through each time."""


class Bench:
    """Companies of a size, and how often each attack was right over all runs, while asks were open and afterwards."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.hits: Counter[str] = Counter()
        self.expected: Counter[str] = Counter()
        self.found_company()

    def found_company(self) -> None:
        """A company that was never asked anything."""
        self.asker = a_person("Ada Admin", roles=(Role.ADMINISTRATOR,))
        self.people = staff(self.size)
        self.community = start_community(name="Canteen", by=self.asker)
        for person in self.people:
            join(self.community, by=person)
        self.before: tuple[list[Row], Truth] | None = None

    def run(self, seed: int, *, is_on_click: bool = False) -> None:
        """One ask, a hundred days after the one before, and every attack on what is there."""
        if seed and seed % ASKS == 0:
            call_command("flush", interactive=False, verbosity=0)
            self.found_company()
        with time_machine.travel(timezone.now() + timedelta(days=100 * seed)):
            truth = Run(self.asker, self.people, self.community, seed=seed, is_on_click=is_on_click).happen()
        with time_machine.travel(truth.ask.closes_at - timedelta(hours=2)):
            self.attack(truth, "open", seed)
        with time_machine.travel(truth.ask.closes_at + timedelta(hours=1)):
            settle()
            look_at_all()
            self.before = self.attack(truth, "closed", seed).said, truth

    def attack(self, truth: Truth, when: str, seed: int) -> Thief:
        thief = Thief(stolen(), truth.log, truth.ask, seed)
        assert len(thief.said) == len(truth.words) > 0
        issued_at = sorted(truth.issued_at)
        known = {row["words"]: bisect_right(issued_at, thief.span_of(row)[1]) for row in thief.said}
        for attack in ATTACKS + ONCE_CLOSED * (when == "closed"):
            name = f"{attack.__name__}, {when}"
            guesses = attack(thief)
            self.hits[name] += sum(truth.words[words] == person for words, person in guesses.items())
            self.expected[name] += sum(1 / count for words, count in known.items() if words in guesses)
        tried = list(joined(thief, truth))
        if self.before is not None:
            tried += joined_across(thief, truth, *self.before)
        for what, is_right, chance in tried:
            self.hits[f"words with {what}, {when}"] += is_right
            self.expected[f"words with {what}, {when}"] += chance
        return thief

    def better_than_chance(self) -> dict[str, tuple[int, float]]:
        """The attacks that found more than chance finds in 999 of 1,000 times, whichever of them is the best."""
        sure = 1 - (1 - SURE) / len(self.expected)
        return {
            name: (self.hits[name], expected)
            for name, expected in self.expected.items()
            if self.hits[name] > poisson.ppf(sure, expected)
        }


@pytest.mark.parametrize("size", [50, 500])
def test_linking_answers_to_people_or_to_each_other_does_no_better_than_chance(size, at_full_size):
    bench = Bench(size)
    # What PostgreSQL alone keeps, the number of a transaction, tells most where there are few.
    runs = 2 if size == 500 and connection.vendor == "postgresql" else 20
    for seed in range(200 if at_full_size else runs):
        bench.run(seed)
    assert bench.better_than_chance() == {}
    assert {f"words with {what}, closed" for what in ("score", "token", "other ask")} <= bench.expected.keys()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="what gives it away lies in rows and logs alike")
def test_a_build_that_fetches_tokens_on_click_and_notes_who_opened_a_notice_when_is_found_out():
    bench = Bench(50)
    for seed in range(20):
        bench.run(seed, is_on_click=True)
    found = bench.better_than_chance().keys()
    assert {"by_taking, open", "by_opening, open"} <= found, (bench.hits, bench.expected)
