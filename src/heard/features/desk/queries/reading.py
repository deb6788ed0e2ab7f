"""What lies on the desk of a listener: nothing of it can be read here, only what it is, of whom, and how old."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from heard.features.desk import rules
from heard.features.desk.models import Circle, Handling
from heard.features.desk.queries.listening import hears, keys_of
from heard.features.voice import queries as voice
from heard.features.voice.queries import Kind, State, Thread, Turn
from heard.features.voice.rules import monday
from heard.foundation.people.models import Person

OPEN = (State.SENT, State.SEEN, State.ANSWERED, State.DECIDED)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it lies on the desk. `circle` is nothing where somebody without a token wrote.

    `since` is the week since which it waits for a word of its listeners; nothing where it does not, is done or hidden.
    `waited` is how many weeks that are, else how many passed before the first reply.
    """

    thread: Thread
    circle: Circle | None
    since: date | None
    waited: int
    clock: rules.Clock | None

    @property
    def is_written_again(self) -> bool:
        """Whether it waits because its writer said more after a reply."""
        return self.since is not None and self.thread.answered_week is not None


def described(threads: QuerySet[Thread]) -> list[Conversation]:
    """Each with its group and its clocks."""
    found = voice.turns(threads)
    circles = Circle.objects.in_bulk({one.group for one, _turn in found})
    today = timezone.now().date()
    return [laid_out(one, turn, circles.get(one.group), today) for one, turn in found]


def laid_out(thread: Thread, turn: Turn, circle: Circle | None, today: date) -> Conversation:
    """One of them."""
    since, this_week = turn.waits_since if thread.state in OPEN else None, monday(today)
    waited = rules.weeks_waited(since or thread.week, None if since else thread.answered_week, this_week)
    return Conversation(thread, circle, since, waited, clock(thread, turn, today))


def clock(thread: Thread, turn: Turn, today: date) -> rules.Clock | None:
    """The clock of the law, for a report whose writer was not answered; whether it is done or hidden does not matter.

    A reply acknowledges. What answers is a reply in the week in which it was decided or done, or later.
    """
    if thread.kind != Kind.REPORT:
        return None
    acknowledged, answered = thread.answered_week is not None, voice.is_told(thread, turn)
    return rules.clock_of(thread.week, is_acknowledged=acknowledged, is_answered=answered, today=today)


def piles(person: Person) -> dict[str, list[Conversation]]:
    """What this listener hears: what is open, longest waiting first; what is done; what is hidden.

    In the last two, reports whose clock still runs come first.
    """
    found = described(hears(person))
    still = [one for one in found if one.thread.state in OPEN]
    newest = list(reversed(found))
    over = sorted(newest, key=lambda one: one.clock is None)
    return {
        "open": sorted(still, key=lambda one: (one.since is None, one.since or one.thread.week, one.thread.code)),
        "done": [one for one in over if one.thread.state == State.DONE],
        "hidden": [one for one in over if one.thread.state == State.HIDDEN],
    }


def owed(piles: dict[str, list[Conversation]]) -> int:
    """How many reports do not lie open while their writers were not answered."""
    return sum(one.clock is not None for name in ("done", "hidden") for one in piles[name])


def waiting(person: Person) -> int:
    """How many wait for a word of their listeners: the first one, or a further one to what was written again."""
    return len(voice.waiting(hears(person).filter(state__in=OPEN)))


def conversation(person: Person, code: str) -> Conversation:
    """One that this listener hears. Raises Thread.DoesNotExist for any other, as for none."""
    found = described(hears(person).filter(code=code))
    if not found:
        raise Thread.DoesNotExist
    return found[0]


def next_waiting(person: Person, thread: Thread) -> str:
    """The code of what waits and lies behind `thread` on this desk, else of the first that does; or nothing."""
    places = voice.waiting(hears(person).filter(state__in=OPEN))
    here = next((place for place in places if place[1] == thread.pk), (thread.week, thread.code))
    others = [place for place in places if place[1] != thread.pk]
    behind = [place for place in others if place > here]
    return next((code for _week, code in behind or others), "")


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, with the boxes that this listener's keys may open."""

    code: str
    by: str
    week: str
    sealed: bytes
    boxes: dict[str, str]


def letters(person: Person, thread: Thread) -> list[Letter]:
    """Every message of a conversation that was delivered."""
    keys = set(keys_of(person))
    return [
        Letter(
            code=one.code,
            by=one.by,
            week=one.week.isoformat(),
            sealed=bytes(one.sealed),
            boxes={key: box for key, box in one.boxes.items() if key in keys},
        )
        for one in voice.boxes(thread)
    ]


def group_names(groups: list[str]) -> dict[str, str]:
    """What these groups of the heart were called when they were frozen, by code."""
    return dict(Circle.objects.filter(group__in=groups).values_list("group", "name"))


def handled(thread: Thread) -> list[dict[str, Any]]:
    """Who of the listeners did what with it, by week."""
    rows = Handling.objects.filter(thread=thread.code).select_related("person").order_by("week", "person__name", "what")
    return [{"person": row.person, "what": row.get_what_display(), "week": row.week} for row in rows]
