"""What a writer does, by the receipt alone: begin, come back, say more, agree that a text is opened."""

import hmac
from datetime import date, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Length
from django.utils import timezone

from heard.features.ballots.actions import spend
from heard.features.voice import errors
from heard.features.voice.models import From, Kind, Message, Opened, State, Thread
from heard.features.voice.queries import heard_by, listeners_of, thread_by_lookup
from heard.features.voice.rules import (
    FOR_LISTENERS,
    MOST_MESSAGES,
    MOST_SEALED,
    Agreement,
    Beginning,
    Reply,
    Sealed,
    expiry,
    monday,
)


def this_week() -> date:
    """The Monday of this week, by the clock of UTC, which is everybody's here."""
    return monday(timezone.now().date())


def begin(said: Beginning, *, takes_strangers: bool) -> None:
    """Opens a conversation; sent again as it was, it changes nothing and costs no second token.

    `takes_strangers` is whether a report may come without a token, from somebody who is no member.
    """
    if same_again(said):
        return
    readers = listeners_of(said.group, said.ballot)
    refuse_other_readers(said.message, readers, with_writer=True)
    week = this_week()
    try:
        with transaction.atomic():
            if said.token is not None:
                spend(said.ballot, said.token.prefix, said.token.signature, said.group)
            elif not (takes_strangers and said.kind == Kind.REPORT and not said.group):
                raise errors.TokenIsMissing
            thread = Thread(
                code=said.thread,
                group=said.group,
                ballot=said.ballot,
                kind=said.kind,
                week=week,
                here_week=week,
                expires_on=expiry(week),
                lookup=said.lookup,
                public=said.public,
                wrapped=said.wrapped,
            )
            Thread.objects.bulk_create([thread], ignore_conflicts=True)
            if not Thread.objects.filter(code=thread.code, offered=thread.offered).exists():
                raise errors.CodeIsTaken  # `offered` is drawn by lot, so the row that is there is another's
            add(thread, said.message, by=From.WRITER, week=week)
    except errors.CodeIsTaken:
        if not same_again(said):
            raise


def same_again(said: Beginning) -> bool:
    """Whether this very conversation is here already, because the answer to it was lost on its way."""
    return Thread.objects.filter(code=said.thread, lookup=said.lookup, messages__code=said.message.code).exists()


def refuse_other_readers(message: Sealed, readers: list[str], *, with_writer: bool) -> None:
    """A message is for exactly those who listen now, so that none of them is left out and nobody else is let in."""
    wanted = {*readers, "writer"} if with_writer else set(readers)
    if not readers or set(message.boxes) != wanted:
        raise errors.NobodyListens


def add(thread: Thread, message: Sealed, *, by: From, week: date, is_delivered: bool = False) -> None:
    """Adds a message behind the others, once. Raises ConversationIsFull, and CodeIsTaken where it is another's code.

    The database is never made to refuse a row that is there already: PostgreSQL's log would hold its code.

    A listener's, which is delivered at once, stands behind what they could read: what the writer added since the clock
    last looked comes after it and waits for a reply, as if it had been written later. That the two crossed would
    otherwise be told by their order, and so within which hour before the reply the writer was here. Nor does what is
    not delivered count against listeners: that there is no room any more would tell them of it.
    """
    same = thread.messages.filter(code=message.code)
    if same.exists():
        return
    counted = thread.messages.filter(is_delivered=True) if is_delivered else thread.messages
    there = counted.aggregate(count=Count("code"), sealed=Sum(Length("sealed"), default=0))
    most = MOST_SEALED - (FOR_LISTENERS if by == From.WRITER else 0)
    if there["count"] >= MOST_MESSAGES or there["sealed"] + len(message.sealed) > most:
        raise errors.ConversationIsFull
    row = Message(
        code=message.code,
        thread=thread,
        place=make_room(thread) if is_delivered else there["count"],
        by=by,
        week=week,
        sealed=message.sealed,
        boxes=message.boxes,
        is_delivered=is_delivered,
    )
    Message.objects.bulk_create([row], ignore_conflicts=True)
    if not same.exists():
        raise errors.CodeIsTaken


def make_room(thread: Thread) -> int:
    """Moves what is not delivered yet back by one place, but for the beginning; the place that is free now."""
    undelivered = thread.messages.filter(is_delivered=False, place__gt=0)
    coming = list(undelivered.order_by("-place").values_list("pk", "place"))
    for code, place in coming:
        Message.objects.filter(pk=code).update(place=place + 1)
    return thread.messages.count() - len(coming)


def read(lookup: str) -> Thread:
    """The conversation of a receipt, and that its writer was here this week. Raises ReceiptIsUnknown."""
    thread, week = thread_by_lookup(lookup), this_week()
    if thread.here_week != week:
        Thread.objects.filter(pk=thread.pk).update(here_week=week, is_settled=False)
    return thread


def say(said: Reply) -> None:
    """A further message of the writer; sent again as it was, it changes nothing.

    What listeners see of the conversation changes once it is delivered (`answering.prolong_added_to`).
    """
    thread = thread_by_lookup(said.lookup)
    if thread.messages.filter(code=said.message.code).exists():
        return
    if thread.state == State.HIDDEN:
        raise errors.ConversationIsClosed
    refuse_other_readers(said.message, heard_by(thread), with_writer=True)
    week = this_week()
    with transaction.atomic():
        Thread.objects.select_for_update().get(pk=thread.pk)
        add(thread, said.message, by=From.WRITER, week=week)
        Thread.objects.filter(pk=thread.pk).update(here_week=week, is_settled=False)


def hashed(what: str, text: str, salt: bytes) -> str:
    """A hash of a text with its salt of 32 bytes. What it is for stands before them, in words of one length: none is
    good for two things."""
    return sha256(f"heard {what} 1 ".encode() + salt + text.encode()).hexdigest()


def commitment(text: str, salt: bytes) -> str:
    """What is kept of a text that is offered: without the salt, which is sealed, nobody can try texts against it."""
    return hashed("offer.", text, salt)


def agreed(text: str, salt: bytes) -> str:
    """What stands in the place of a commitment once its text was opened: nobody without the salt knows it for that."""
    return hashed("agreed", text, salt)


def opened_code(text: str, salt: bytes) -> str:
    """The code of a text that was opened: who has the sealed offer knows it again, and all others see chance."""
    return hashed("opened", text, salt)[:32]


def agree_to_open(said: Agreement) -> None:
    """Opens exactly the text that a listener has read, from the next day on; agreed to again, as after a lost reply, it
    changes nothing.
    """
    thread = thread_by_lookup(said.lookup)
    offered = commitment(said.text, said.salt)
    with transaction.atomic():
        thread = Thread.objects.select_for_update().get(pk=thread.pk)
        if hmac.compare_digest(thread.offered, agreed(said.text, said.salt)):
            return
        if not hmac.compare_digest(thread.offered, offered):
            raise errors.NothingIsOffered
        Thread.objects.filter(pk=thread.pk).update(offered=agreed(said.text, said.salt), is_settled=False)
        group, code = thread.group if said.with_group else "", opened_code(said.text, said.salt)
        today = timezone.now().date()
        row = Opened(code=code, text=said.text, group=group, week=monday(today), waits_until=today + timedelta(days=1))
        Opened.objects.bulk_create([row], ignore_conflicts=True)


def wait_no_longer(today: date) -> None:
    """Everybody may hear of what was opened before `today`, by the clock of UTC; on which day it was is forgotten."""
    Opened.objects.filter(waits_until__lte=today).update(waits_until=None)
