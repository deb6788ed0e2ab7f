"""What somebody tries who holds the whole database, and wants to know whose words these are.

Each attack gives, for each answer in words that it dares to judge, the person it takes for the speaker.
"""

import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property

from heard.features.asks.models import Ask
from heard.plumbing.ids import time_of
from tests.features.linking.dump import Row
from tests.features.linking.staff import TOKENS

type Dump = dict[str, list[Row]]
type Log = Sequence[tuple[datetime, str, int]]
type Guesses = dict[str, int]


class Thief:
    """Holds a dump and every line that was logged, knows the source, and knows what the ask's page says."""

    def __init__(self, dump: Dump, log: Log, ask: Ask, seed: int) -> None:
        self.dump, self.log, self.ask, self.chance = dump, log, ask, random.Random(seed)
        groups = {row["group"] for row in dump["ballots_key"] if row["ballot_id"] == ask.ballot}
        roll = next(row["id"] for row in dump["rolls_roll"] if row["ballot"] == ask.ballot)
        answers = [*dump["ballots_answer"], *dump["ballots_answeratrest"]]
        ours = [row for row in answers if row["group_code"] in groups]
        self.said = [row for row in ours if row["words"]]
        self.scored = [row for row in ours if not row["words"]]
        self.used = [row for row in (*dump["ballots_used"], *dump["ballots_usedatrest"]) if row["group_code"] in groups]
        self.issued = [row for row in dump["rolls_issued"] if row["roll_id"] == roll]
        self.members = [row["person_id"] for row in dump["rolls_member"] if row["roll_id"] == roll]
        told = dump["notices_notice"]
        self.told = [row for row in told if (row["about"], row["about_id"]) == ("ask", ask.pk)]
        self.releases = sorted(
            (row["number"], as_moment(row["hour"])) for row in dump["ballots_release"] if row["ballot_id"] == ask.ballot
        )

    @cached_property
    def people(self) -> list[int]:
        """In whose name tokens were issued, as the rows lie."""
        return [row["person_id"] for row in self.issued]

    def span_of(self, answer: Row) -> tuple[datetime, datetime]:
        """Between which two releases an answer came."""
        number = answer["release"] or len(self.releases) + 1
        before = dict(self.releases).get(number - 1, self.ask.opens_at)
        return before, dict(self.releases).get(number, self.ask.closes_at)

    def one_of_those(self, seen: Sequence[tuple[datetime, int]]) -> Guesses:
        """For each answer one of those who were seen between the releases between which it came, or of all."""
        there: dict[tuple[datetime, datetime], list[int]] = {}
        guesses = {}
        for row in self.said:
            span = first, last = self.span_of(row)
            if span not in there:
                found = {person for at, person in seen if first <= at <= last}
                there[span] = [person for person in self.people if person in found] or self.people
            guesses[row["words"]] = self.chance.choice(there[span])
        return guesses


def as_moment(value: object) -> datetime:
    """A time, as either database gives it."""
    at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def last_time_in(row: Row) -> datetime:
    """The last of the times that a row holds."""
    return max(as_moment(value) for name, value in row.values.items() if name.endswith("_at") and value)


def by_chance(thief: Thief) -> Guesses:
    """Somebody, by lot: what every other attack is held against."""
    return {row["words"]: thief.chance.choice(thief.people) for row in thief.said}


def by_order(thief: Thief) -> Guesses:
    """The nth answer is of the nth person to whom a token was issued."""
    return paired(thief.said, thief.people)


def by_order_backwards(thief: Thief) -> Guesses:
    """The same from the other end."""
    return paired(thief.said[::-1], thief.people[::-1])


def by_name_of_row(thief: Thief) -> Guesses:
    """Random names were drawn one after another: sorted, they lie side by side."""
    issued = sorted(thief.issued, key=lambda row: row["code"])
    return paired(sorted(thief.said, key=lambda row: row["code"]), [row["person_id"] for row in issued])


def by_list(thief: Thief) -> Guesses:
    """The nth answer is of the nth person on the list."""
    return paired(thief.said, thief.members)


def by_place_in_turn(thief: Thief) -> Guesses:
    """Answers of one release are of those to whom tokens were issued in the same part of the order."""
    in_turn = sorted(thief.said, key=lambda row: row["release"] or len(thief.releases) + 1)
    share = len(thief.people) / max(len(in_turn), 1)
    guesses = {}
    for row in in_turn:
        same = [place for place, one in enumerate(in_turn) if one["release"] == row["release"]]
        first, last = int(same[0] * share), max(int((same[-1] + 1) * share), int(same[0] * share) + 1)
        guesses[row["words"]] = thief.chance.choice(thief.people[first:last] or thief.people)
    return guesses


def by_transaction(thief: Thief) -> Guesses:
    """Whoever's row was written by the nearest transaction before the answer was there when it came."""
    seen = [
        (row.transaction, row["person_id"])
        for table in ("conversation_readmark", "conversation_seen", "notices_notice", "rolls_issued", "rolls_wait")
        for row in thief.dump.get(table, ())
    ]
    seen += [(row.transaction, row["author_id"]) for row in thief.dump["conversation_thread"]]
    people = set(thief.people)
    seen = sorted(one for one in seen if one[1] in people)
    written = [number for number, _person in seen]
    guesses = {}
    for row in thief.said:
        before = bisect_right(written, row.transaction)
        guesses[row["words"]] = seen[before - 1][1] if before else thief.chance.choice(thief.people)
    return guesses


def by_presence(thief: Thief) -> Guesses:
    """Whoever said something under their name between two releases was there when the answers of the second came."""
    spoke = [(time_of(row["id"]), row["author_id"]) for row in thief.dump["conversation_thread"]]
    return thief.one_of_those(spoke)


def by_taking(thief: Thief) -> Guesses:
    """Whoever took a token between two releases, by the log, used it at once."""
    took = [(at, person) for at, path, person in thief.log if path == TOKENS]
    return thief.one_of_those(took)


def by_opening(thief: Thief) -> Guesses:
    """Whoever was told of the ask, and in whose notice any time lies between two releases, opened it then."""
    return thief.one_of_those([(last_time_in(row), row["person_id"]) for row in thief.told])


def by_order_of_opening(thief: Thief) -> Guesses:
    """The nth answer is of the nth person who saw what they were told, as the rows lie or by who wrote them."""
    seen = [row for row in thief.told if row["seen_with"] is not None]
    seen = sorted(seen, key=lambda row: row.transaction)
    return paired(thief.said, list(dict.fromkeys(row["person_id"] for row in seen)))


def by_log(thief: Thief) -> Guesses:
    """Whoever looked at anything between two releases was there when the answers of the second came."""
    return thief.one_of_those([(at, person) for at, _path, person in thief.log])


def by_signing_in(thief: Thief) -> Guesses:
    """Who signed in after an answer had been released cannot have given it, and gave one of the last instead."""
    came = {row["id"]: as_moment(row["last_login"]) for row in thief.dump["people_person"] if row["last_login"]}
    guesses = {}
    for row in thief.said:
        _first, last = thief.span_of(row)
        able = [person for person in thief.people if person in came and came[person] <= last]
        is_newest = row["release"] is None
        late = [person for person in able if came[person] >= thief.ask.opens_at]
        guesses[row["words"]] = thief.chance.choice((late if is_newest else able) or thief.people)
    return guesses


def by_coming_late(thief: Thief) -> Guesses:
    """Whoever was first seen after the last release gave one of the answers since, if any: those alone are judged.

    Until the closing this does better than by lot, which the threat model says; then no answer tells its release.
    """
    before = [at for _number, at in thief.releases if at < thief.ask.closes_at]
    since = before[-1] if before else thief.ask.opens_at
    first: dict[int, datetime] = {}
    for at, _path, person in thief.log:
        first[person] = min(at, first.get(person, at))
    late = [person for person in thief.people if person in first and first[person] > since]
    newest = [row for row in thief.said if row["release"] is None]
    return {row["words"]: thief.chance.choice(late) for row in newest} if late else {}


def paired(said: Sequence[Row], people: Sequence[int]) -> Guesses:
    """One by one, as far as both go."""
    return {row["words"]: person for row, person in zip(said, people, strict=False)}


ATTACKS: tuple[Callable[[Thief], Guesses], ...] = (
    by_chance,
    by_order,
    by_order_backwards,
    by_name_of_row,
    by_list,
    by_place_in_turn,
    by_transaction,
    by_presence,
    by_taking,
    by_opening,
    by_order_of_opening,
    by_log,
    by_signing_in,
)
ONCE_CLOSED: tuple[Callable[[Thief], Guesses], ...] = (by_coming_late,)
"""Those that nobody is promised to be safe from until the closing."""
