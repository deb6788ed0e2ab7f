"""A made-up organisation: 100,000 people, each in 30 communities whose sizes follow Zipf's law, and their talk.

Everything is drawn from one seed. 500 people belong only to communities that hold nothing but the oldest threads:
the members for whom a naive feed reads the whole table.
"""

import json
import random
from bisect import bisect
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from heard.bench.sizes import JOINED, QUIET_COMMUNITIES, QUIET_PEOPLE, QUIET_THREADS, Size
from heard.bench.words import body
from heard.plumbing.ids import timed_id

SEED = 20
NOW = datetime(2026, 11, 1, tzinfo=UTC)
YEARS = timedelta(days=3 * 365)
BUSY = 50  # replies of the thread that the thread scenario opens
EMOJI = ["👍", "❤️", "🎉", "🙏"]


class Organisation:
    """Rows for every table, drawn one after another; iterate in the order of the methods."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.random = random.Random(SEED)  # noqa: S311 - made-up people
        for _nth in range(997):  # once drawn here: people, communities and who belongs where stay as they were
            self.drawn_before()
        weights = [1 / (nth + 1) for nth in range(size.communities)]
        self.weights = list(accumulate(weights))
        self.quiet_from = size.communities + 1
        self.quiet = list(range(self.quiet_from, self.quiet_from + QUIET_COMMUNITIES))
        self.step = YEARS / size.threads

    def drawn_before(self) -> None:
        """Draws so much from the seed as bodies once did."""
        for _nth in range(self.random.randint(20, 120)):
            self.word()

    def word(self) -> str:
        """A word of two to four syllables."""
        return "".join(
            self.random.choice("kstnmrlvdp") + self.random.choice("aeiou") for _n in range(self.random.randint(2, 4))
        )

    def community(self) -> int:
        """An id of a community; large ones come more often."""
        return bisect(self.weights, self.random.random() * self.weights[-1]) + 1

    def people(self) -> Iterator[tuple[object, ...]]:
        """id, e-mail, handle, name, joined_at."""
        for pk in range(1, self.size.people + 1):
            name = f"{self.word().title()} {self.word().title()}"
            yield pk, f"p{pk}@example.org", f"p{pk}", name, NOW - YEARS

    def communities(self) -> Iterator[tuple[object, ...]]:
        """id, name, slug, access."""
        for pk in range(1, self.quiet[-1] + 1):
            yield pk, f"{self.word().title()} {pk}", f"c{pk}", "open" if pk % 5 else "closed"

    def memberships(self) -> Iterator[tuple[object, ...]]:
        """person, community: the last 500 people belong to quiet communities only."""
        count = min(JOINED, self.size.communities // 2)
        for pk in range(1, self.size.people + 1):
            if self.is_quiet(pk):
                chosen = set(self.random.sample(self.quiet, JOINED))
            else:
                chosen = set()
                while len(chosen) < count:
                    chosen.add(self.community())
            for community in sorted(chosen):
                yield pk, community

    def is_quiet(self, person: int) -> bool:
        """Whether all their communities are quiet."""
        return person > self.size.people - QUIET_PEOPLE

    def threads(self) -> Iterator[tuple[object, ...]]:
        """id, community, author, kind, title, source, html, excerpt, created_at, reply_count, reactions."""
        old = min(QUIET_COMMUNITIES * QUIET_THREADS, self.size.threads // 10)
        for nth in range(self.size.threads):
            at = NOW - YEARS + self.step * nth
            community = self.quiet[nth % QUIET_COMMUNITIES] if nth < old else self.community()
            kind = ("share", "share", "share", "ask", "suggest")[nth % 5]
            source, html, excerpt = body(nth)
            title = f"{excerpt[:40]}?" if kind == "ask" else ""
            replies = BUSY if nth == self.busy else int(nth % 2)
            counts = {EMOJI[nth % 4]: 1}
            author = self.random.randint(1, self.size.people)
            yield timed_id(at, nth % 1000), community, author, kind, title, source, html, excerpt, at, replies, counts

    @property
    def busy(self) -> int:
        """Which thread has 50 replies."""
        return self.size.threads - 2

    @property
    def busy_id(self) -> int:
        """The id of the thread that has 50 replies."""
        return timed_id(NOW - YEARS + self.step * self.busy, self.busy % 1000)

    def replies(self) -> Iterator[tuple[object, ...]]:
        """id, thread, author, source, html, excerpt, created_at."""
        for nth in range(self.size.threads):
            count = BUSY if nth == self.busy else nth % 2
            at = NOW - YEARS + self.step * nth
            for reply in range(count):
                source, html, excerpt = body(nth + reply, 1)
                said = at + timedelta(minutes=reply + 1)
                author = self.random.randint(1, self.size.people)
                pk = timed_id(said, (nth * 7 + reply) % 1_000_000)
                yield pk, timed_id(at, nth % 1000), author, source, html, excerpt, said

    def said(self) -> Iterator[tuple[str, int, tuple[str, str, str]]]:
        """Table, id, and the words of every thread and reply; nothing is drawn for that."""
        for nth in range(self.size.threads):
            yield "conversation_thread", timed_id(NOW - YEARS + self.step * nth, nth % 1000), body(nth)
        for nth in range(self.size.threads):
            at = NOW - YEARS + self.step * nth
            for reply in range(BUSY if nth == self.busy else nth % 2):
                pk = timed_id(at + timedelta(minutes=reply + 1), (nth * 7 + reply) % 1_000_000)
                yield "conversation_reply", pk, body(nth + reply, 1)

    def reactions(self) -> Iterator[tuple[object, ...]]:
        """thread, person, emoji, reacted_at: one a thread."""
        for nth in range(self.size.threads):
            at = NOW - YEARS + self.step * nth
            yield timed_id(at, nth % 1000), self.random.randint(1, self.size.people), EMOJI[nth % 4], at

    def emoji_json(self, counts: object) -> str:
        """Reaction counts as the column holds them."""
        return json.dumps(counts, ensure_ascii=False)
