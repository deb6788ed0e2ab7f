"""A company that answers, day by day: who takes a token when, who answers when, and what else they do in between."""

import random
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import time_machine
from django.utils import timezone

from heard.features.asks.actions import ask_pulse, look_at_all
from heard.features.asks.models import Ask
from heard.features.asks.rules import Draft
from heard.features.ballots.actions import redeem, rewrite_what_may_grow, settle
from heard.features.rolls.actions import draw_waits, issue, shuffle_issued
from heard.features.rolls.queries import roll_of, wait_of
from heard.foundation.communities.models import Community
from heard.foundation.conversation.actions import mark_read, start_thread
from heard.foundation.conversation.models import Thread
from heard.foundation.notices.actions import see_notice
from heard.foundation.notices.models import Notice
from heard.foundation.people.models import Person
from tests.cast import browser_of
from tests.features.ballots.speaking import Token
from tests.features.rolls.companies import DAY, Browser

HOUR = timedelta(hours=1)
OPEN_FOR = 7
TOKENS = "/tokens/"
LATE, ANSWERING, SPEAKING = 0.2, 0.7, 0.3


@dataclass
class Truth:
    """What only the simulation knows: who said which words, with which token, and when tokens had been issued."""

    ask: Ask
    words: dict[str, int] = field(default_factory=dict)
    prefixes: dict[bytes, int] = field(default_factory=dict)
    scores: dict[int, int] = field(default_factory=dict)
    issued_at: list[datetime] = field(default_factory=list)
    log: list[tuple[datetime, str, int]] = field(default_factory=list)
    """What a web server writes down of those who are signed in: when, what they asked for, and who it was."""


class Run:
    """One pulse of one group, from announcement to the last day on which it is open."""

    def __init__(
        self, asker: Person, people: list[Person], community: Community, *, seed: int, is_on_click: bool
    ) -> None:
        self.asker, self.people, self.community = asker, people, community
        self.chance = random.Random(seed)
        self.is_on_click = is_on_click
        self.seed = seed
        self.browsers: dict[int, Browser] = {}
        self.tokens: dict[int, Token] = {}
        self.newest: Thread | None = None

    def happen(self) -> Truth:
        """Everything, in the order of time; the clock's tasks run every four hours."""
        asked_at = timezone.now().replace(minute=0, second=0, microsecond=0)
        draft = [Draft("agree", f"Question {self.seed}"), Draft("comment", f"Words {self.seed}")]
        self.ask = ask_pulse(
            by=self.asker,
            title="Pulse",
            questions=draft,
            opens_at=asked_at + 7 * DAY,
            closes_at=asked_at + (7 + OPEN_FOR) * DAY,
        )
        assert self.ask.ballot
        self.truth, self.roll = Truth(self.ask), roll_of(self.ask.ballot)
        events = sorted(self.events(), key=lambda event: event[0])
        for at, happening in events:
            with time_machine.travel(at):
                happening()
        return self.truth

    def events(self) -> Iterator[tuple[datetime, Callable[[], None]]]:
        opens = self.ask.opens_at
        end = opens + OPEN_FOR * DAY - 3 * HOUR
        for nth in range(OPEN_FOR * 6):
            yield opens + nth * 4 * HOUR + HOUR / 2, self.clock
        for person in self.people:
            is_late = self.chance.random() < LATE
            first = opens + self.some(3 * DAY) if is_late else opens - 6 * DAY + self.some(6 * DAY)
            for _visit in range(3):
                yield first + self.some(end - first), self.visiting(person)
            yield first, self.signing_in(person)
            if self.chance.random() < ANSWERING:
                if self.is_on_click:
                    answers = max(first, opens) + self.some(end - max(first, opens))
                    yield answers - timedelta(minutes=2), self.taking(person)
                else:
                    taken = first + timedelta(hours=25) if is_late else first
                    answers = max(taken, opens) + self.some(end - max(taken, opens))
                yield answers, self.answering(person)
            if not self.is_on_click:
                yield first, self.taking(person)
                if is_late:
                    yield first + timedelta(hours=24, minutes=30), self.taking(person)

    def some(self, span: timedelta) -> timedelta:
        return span * self.chance.random()

    def clock(self) -> None:
        """What the worker does. A build that fetches tokens on click does not shuffle them either."""
        settle()
        look_at_all()
        rewrite_what_may_grow()
        if not self.is_on_click:
            shuffle_issued()

    def signing_in(self, person: Person) -> Callable[[], None]:
        def sign_in() -> None:
            browser_of(person)
            self.note("/accounts/login/", person)

        return sign_in

    def note(self, path: str, person: Person) -> None:
        """A line in the log of the host on which people are signed in; the one for answers has none."""
        self.truth.log.append((timezone.now(), path, person.pk))

    def visiting(self, person: Person) -> Callable[[], None]:
        def visit() -> None:
            """Somebody reads, and now and then says something under their name: that leaves exact times."""
            self.note("/", person)
            if self.newest is not None:
                mark_read(self.newest.pk, by=person)
            if self.newest is None or self.chance.random() < SPEAKING:
                self.newest = start_thread(community=self.community, by=person, source="Good morning")

        return visit

    def taking(self, person: Person) -> Callable[[], None]:
        def take() -> None:
            if person.pk in self.tokens:
                return
            browser = self.browsers.setdefault(person.pk, Browser(person, self.roll))
            if self.is_on_click:
                with time_machine.travel(self.ask.opens_at - HOUR, tick=False):
                    signed = issue(by=person, ballot=self.roll.ballot, blinded=browser.blinded)
            elif timezone.now() < self.ask.opens_at or not self.waits(person):
                signed = issue(by=person, ballot=self.roll.ballot, blinded=browser.blinded)
            else:
                return
            (self.tokens[person.pk],) = browser.kept(signed)
            self.note(TOKENS, person)
            self.truth.issued_at.append(timezone.now())

        return take

    def waits(self, person: Person) -> bool:
        """Whether somebody who came late has to wait still; asking makes the wait begin."""
        draw_waits(person)
        wait = wait_of(person, self.roll)
        return wait is not None and wait.until > timezone.now()

    def answering(self, person: Person) -> Callable[[], None]:
        def answer() -> None:
            self.open_notice(person)
            token = self.tokens[person.pk]
            words, score = secrets.token_hex(12), self.chance.randint(1, 5)
            redeem(self.roll.ballot, token.body({"q1": score, "q2": words}))
            self.truth.words[words] = self.truth.prefixes[token.prefix] = person.pk
            self.truth.scores[person.pk] = score

        return answer

    def open_notice(self, person: Person) -> None:
        """Whoever answers came by what they were told last; a build that fetches tokens on click notes when."""
        told = Notice.objects.filter(person=person, about="ask", about_id=self.ask.pk)
        see_notice(person, told.latest("pk"))
        if self.is_on_click:
            told.update(told_at=timezone.now())
