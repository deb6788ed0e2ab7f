"""What listeners do with a conversation. Who of them it was stands with the desk alone."""

from django.db import transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Coalesce

from heard.features.voice import errors
from heard.features.voice.actions.speaking import add, refuse_other_readers, this_week
from heard.features.voice.models import Because, From, Message, State, Thread, drawn_commitment
from heard.features.voice.queries import heard_by, is_told, turns
from heard.features.voice.rules import Sealed, expiry

DECIDED = frozenset({State.DECIDED, State.DONE})


def undecided(thread: Thread) -> State:
    """How far it is where nothing is decided."""
    return State.ANSWERED if thread.answered_week else State.SEEN


def answer(thread: Thread, message: Sealed) -> None:
    """A reply, for the writer and everybody who listens here; the first one answers the conversation."""
    _write(thread, message, From.LISTENER)


def note(thread: Thread, message: Sealed) -> None:
    """Words among listeners, which the writer's receipt does not open."""
    _write(thread, message, From.NOTE)


def _write(thread: Thread, message: Sealed, by: From) -> None:
    if thread.messages.filter(code=message.code).exists():
        return
    refuse_other_readers(message, heard_by(thread), with_writer=by == From.LISTENER)
    week = this_week()
    with transaction.atomic():
        thread = Thread.objects.select_for_update().get(pk=thread.pk)
        add(thread, message, by=by, week=week, is_delivered=True)
        thread.is_settled = False
        if by == From.LISTENER:
            thread.answered_week = thread.answered_week or week
            thread.expires_on = expiry(week)
            if thread.state in {State.SENT, State.SEEN}:
                thread.state = State.ANSWERED
        thread.save(update_fields=["answered_week", "expires_on", "state", "is_settled"])


def set_state(thread: Thread, state: State) -> None:
    """How far it is, as the writer sees too. Raises ConversationIsClosed for what is hidden."""
    threads = Thread.objects.filter(pk=thread.pk).exclude(state=State.HIDDEN)
    since = Coalesce(F("decided_week"), Value(this_week())) if state in DECIDED else None
    if not threads.update(state=state, decided_week=since, is_settled=False):
        raise errors.ConversationIsClosed


@transaction.atomic
def hide(thread: Thread, because: Because) -> None:
    """Takes it from the desk for a reason that the writer sees; it counts among the hidden, which everybody sees."""
    thread, week = Thread.objects.select_for_update().get(pk=thread.pk), this_week()
    if thread.state != State.HIDDEN and thread.shown_week != week:
        thread.hidden_week = week
    thread.state, thread.because, thread.offered = State.HIDDEN, because, drawn_commitment()
    thread.shown_week, thread.is_settled = None, False
    thread.save(update_fields=["state", "because", "offered", "hidden_week", "shown_week", "is_settled"])


@transaction.atomic
def show_again(thread: Thread) -> None:
    """Takes back that it was hidden; from next Monday on it does not count among them."""
    thread, week = Thread.objects.select_for_update().get(pk=thread.pk), this_week()
    if thread.state != State.HIDDEN:
        return
    thread.state = State.DECIDED if thread.decided_week else undecided(thread)
    thread.because, thread.is_settled = "", False
    if thread.hidden_week == week:
        thread.hidden_week = None
    else:
        thread.shown_week = week
    thread.save(update_fields=["state", "because", "hidden_week", "shown_week", "is_settled"])


def reopen_added_to() -> None:
    """What is done lies open again where its writer added something that is about to be delivered.

    What was decided, and told to the writer, stays so; otherwise nothing is decided any more.
    """
    added_to = Thread.objects.filter(state=State.DONE, messages__is_delivered=False).distinct()
    for thread, turn in turns(added_to):
        thread.state = undecided(thread)
        thread.decided_week = thread.decided_week if is_told(thread, turn) else None
        thread.save(update_fields=["state", "decided_week"])


def prolong_added_to() -> None:
    """What its writer added something to, that is about to be delivered, is kept a year from the week of it.

    Listeners see until when it is kept: earlier than the message it would tell them that there is one.
    """
    added = Message.objects.filter(is_delivered=False).values("thread").annotate(last=Max("week"))
    for code, week in added.values_list("thread", "last"):
        Thread.objects.filter(pk=code, expires_on__lt=expiry(week)).update(expires_on=expiry(week))


def offer_to_open(thread: Thread, commitment: str) -> None:
    """That a listener has read a text and would open it, by a commitment to it; a later offer replaces the former."""
    threads = Thread.objects.filter(pk=thread.pk).exclude(state=State.HIDDEN)
    threads.update(offered=commitment, is_settled=False)
