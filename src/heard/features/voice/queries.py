"""Every way to look at conversations: by receipt, by key of a listener, and counted."""

import secrets
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from heard.features.voice.errors import ReceiptIsUnknown
from heard.features.voice.models import Audience, Because, From, Kind, ListenerKey, Message, Opened, Salt, State, Thread
from heard.features.voice.rules import FEWEST_LISTENERS, weeks_between

__all__ = [
    "Because",
    "Kind",
    "State",
    "Thread",
]


def salt() -> str:
    """What receipts are stretched with here, in hexadecimal; made when it is first asked for."""
    made, _is_new = Salt.objects.get_or_create(code="receipts", defaults={"value": secrets.token_hex(32)})
    return made.value


def listeners_of(group: str, ballot: str) -> list[str]:
    """The codes of the keys that hear a group of a ballot; nothing where fewer than two are left."""
    named = Audience.objects.filter(group=group, ballot=ballot).values_list("listeners", flat=True).first() or []
    return in_use(named)


def heard_by(thread: Thread) -> list[str]:
    """The codes of the keys that hear a conversation now; whoever is no member is heard by those of everybody."""
    return listeners_of(thread.group, thread.ballot)


def in_use(codes: list[str]) -> list[str]:
    """Those of these keys that are not retired; nothing where fewer than two are left."""
    left = list(ListenerKey.objects.filter(code__in=codes, is_retired=False).values_list("code", flat=True))
    return sorted(left) if len(left) >= FEWEST_LISTENERS else []


def key_by_code(code: str) -> ListenerKey:
    """A listener's key."""
    return ListenerKey.objects.get(pk=code)


def keys_by_code(codes: list[str]) -> dict[str, ListenerKey]:
    """These keys."""
    return ListenerKey.objects.in_bulk(codes)


def public_keys() -> list[ListenerKey]:
    """Every key that something is sealed for."""
    return list(ListenerKey.objects.filter(is_retired=False).order_by("code"))


def audiences() -> list[Audience]:
    """Which keys hear which group."""
    return list(Audience.objects.order_by("group"))


def thread_by_lookup(lookup: str) -> Thread:
    """The conversation of a receipt. Raises ReceiptIsUnknown, for one that has expired too."""
    thread = Thread.objects.filter(lookup=lookup).first()
    if thread is None:
        raise ReceiptIsUnknown
    return thread


def is_from_outside(lookup: str) -> bool:
    """Whether the conversation of a receipt was begun without a token."""
    return Thread.objects.filter(lookup=lookup, ballot="").exists()


def for_writer(thread: Thread) -> list[Message]:
    """What a receipt opens of a conversation."""
    return list(thread.messages.exclude(by=From.NOTE).order_by("place"))


def delivered() -> QuerySet[Thread]:
    """All that was handed over, in no order that says when within a week."""
    return Thread.objects.filter(is_delivered=True).order_by("week", "code")


def heard_with(key: str, groups: list[str]) -> QuerySet[Thread]:
    """What these groups said, and all else of which this key opens a message that was delivered."""
    opens = Message.objects.filter(thread=OuterRef("pk"), is_delivered=True, boxes__has_key=key)
    return delivered().filter(Q(group__in=groups) | Exists(opens))


@dataclass(frozen=True, slots=True)
class Turn:
    """Since which week a conversation waits for a word of its listeners, if it does, and when it last had one."""

    waits_since: date | None
    replied_week: date | None


def turns(threads: QuerySet[Thread]) -> list[tuple[Thread, Turn]]:
    """Each with whose turn it is, read off messages that were delivered, by their order and weeks.

    It tells a listener nothing that the conversation itself does not, which hands them every message with its week, and
    nothing before the clock has handed the message over. To whoever has the tables it tells nothing new, since
    nothing is written down for it. It moves when somebody says something, and never when they come to read.
    """
    with_both = threads.annotate(waits_since=waits_since(), replied_week=Subquery(replies("pk").values("week")[:1]))
    return [(one, Turn(one.waits_since, one.replied_week)) for one in with_both]


def waiting(threads: QuerySet[Thread]) -> list[tuple[date, str]]:
    """Of these all that wait for a word of their listeners: since which week, and the code; the longest first."""
    found = threads.annotate(since=waits_since()).exclude(since=None)
    return list(found.order_by("since", "code").values_list("since", "code"))


def waits_since() -> Case:
    """The week of a conversation without a reply, else of the first that its writer said after the last one."""
    said = Message.objects.filter(thread=OuterRef("pk"), by=From.WRITER, is_delivered=True)
    after = said.filter(place__gt=Subquery(replies("thread").values("place")[:1])).order_by("place")
    return Case(When(answered_week=None, then=F("week")), default=Subquery(after.values("week")[:1]))


def replies(conversation: str) -> QuerySet[Message]:
    """What listeners said to the writer of an outer query's conversation, the last first."""
    return Message.objects.filter(thread=OuterRef(conversation), by=From.LISTENER).order_by("-place")


def is_told(thread: Thread, turn: Turn) -> bool:
    """Whether the writer had a word in the week in which it was decided, or later; of the two within a week either may
    have come first."""
    return bool(thread.decided_week and turn.replied_week and turn.replied_week >= thread.decided_week)


def boxes(thread: Thread) -> list[Message]:
    """What was delivered of a conversation, with notes."""
    return list(thread.messages.filter(is_delivered=True).order_by("place"))


def opened() -> QuerySet[Opened]:
    """What writers opened to everyone on a day that is over, the newest weeks first."""
    return Opened.objects.filter(waits_until=None).order_by("-week", "code")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What everybody may know of all conversations there are, up to the end of last week."""

    threads: int
    answered: int
    hidden: int
    median_weeks: float | None


def numbers(before: date) -> Numbers:
    """Counts of what began before a Monday: nothing here moves while somebody writes."""
    threads = Thread.objects.filter(week__lt=before)
    counted = threads.aggregate(threads=Count("code"))["threads"]
    pairs = threads.filter(answered_week__isnull=False, answered_week__lt=before).values_list("week", "answered_week")
    waits = [weeks_between(week, answered) for week, answered in pairs if answered]
    hidden = threads.filter(Q(shown_week=None) | Q(shown_week__gte=before), hidden_week__lt=before).count()
    return Numbers(counted, len(waits), hidden, median(waits) if waits else None)
