"""What lies on the desk of a listener: nothing of it can be read here, only what it is, of whom, and how old."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from heard.features.desk import rules
from heard.features.desk.models import Circle, Handling
from heard.features.desk.queries.listening import hears, keys_of
from heard.features.voice import queries as voice
from heard.features.voice.queries import Kind, State, Thread
from heard.features.voice.rules import monday
from heard.foundation.people.models import Person

OPEN = (State.SENT, State.SEEN, State.ANSWERED, State.DECIDED)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it lies on the desk. `circle` is nothing where somebody without a token wrote."""

    thread: Thread
    circle: Circle | None
    waited: int
    clock: rules.Clock | None

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has replied."""
        return self.thread.answered_week is None


def described(threads: Iterable[Thread]) -> list[Conversation]:
    """Each with its group and its clocks."""
    threads = list(threads)
    circles = Circle.objects.in_bulk({one.group for one in threads})
    today = timezone.now().date()
    return [
        Conversation(
            thread=one,
            circle=circles.get(one.group),
            waited=rules.weeks_waited(one.week, one.answered_week, monday(today)),
            clock=clock(one, today),
        )
        for one in threads
    ]


def clock(thread: Thread, today: date) -> rules.Clock | None:
    """The clock of the law, for a report that is neither hidden nor done."""
    if thread.kind != Kind.REPORT or thread.state in {State.HIDDEN, State.DONE}:
        return None
    is_answered = thread.state == State.DECIDED
    return rules.clock_of(thread.week, thread.answered_week, is_answered=is_answered, today=today)


def piles(person: Person) -> dict[str, list[Conversation]]:
    """What this listener hears: what is open, longest waiting first; what is done; what is hidden."""
    found = described(hears(person))
    still = [one for one in found if one.thread.state in OPEN]
    return {
        "open": sorted(still, key=lambda one: (not one.is_waiting, one.thread.week, one.thread.code)),
        "done": [one for one in reversed(found) if one.thread.state == State.DONE],
        "hidden": [one for one in reversed(found) if one.thread.state == State.HIDDEN],
    }


def waiting(person: Person) -> int:
    """How many of those nobody has looked at."""
    return hears(person).filter(state=State.SENT).count()


def conversation(person: Person, code: str) -> Conversation:
    """One that this listener hears. Raises Thread.DoesNotExist for any other, as for none."""
    return described([hears(person).get(code=code)])[0]


def next_waiting(person: Person, thread: Thread) -> str:
    """The code of what waits for a first reply and lies behind `thread` on this desk, else of the first; or nothing."""
    waiting = hears(person).filter(answered_week=None, state__in=OPEN).exclude(pk=thread.pk)
    places = list(waiting.values_list("week", "code"))
    behind = [place for place in places if place > (thread.week, thread.code)]
    return next((code for _week, code in behind or places), "")


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
