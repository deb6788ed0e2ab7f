"""What a listener does with a conversation that they hear, and the note of it that stays at the desk."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from heard.features.desk.errors import LetterIsMalformed
from heard.features.desk.models import Handling, What
from heard.features.desk.queries import Conversation
from heard.features.voice import actions as voice
from heard.features.voice.queries import Because, State, Thread
from heard.features.voice.rules import Sealed, message_in, monday
from heard.foundation.people.models import Person
from heard.plumbing.traces import written_anew

DIGEST = 64


def this_week() -> date:
    """The Monday of this week."""
    return monday(timezone.now().date())


def noted(thread: Thread, what: What, *, by: Person) -> None:
    """Writes down who did what, once a week."""
    Handling.objects.get_or_create(thread=thread.code, person=by, what=what, week=this_week())


def sealed_in(said: Any) -> Sealed:
    """A message as the script sent it. Raises LetterIsMalformed."""
    try:
        return message_in(said)
    except (ValueError, KeyError, TypeError) as error:
        raise LetterIsMalformed from error


@transaction.atomic
def see(conversation: Conversation, *, by: Person) -> None:
    """Somebody has opened it, which the writer sees."""
    thread = conversation.thread
    if thread.state == State.SENT:
        voice.set_state(thread, State.SEEN)
    noted(thread, What.SEEN, by=by)


@transaction.atomic
def reply(conversation: Conversation, said: Any, *, by: Person) -> None:
    """A message for the writer, and for all who listen."""
    voice.answer(conversation.thread, sealed_in(said))
    noted(conversation.thread, What.REPLIED, by=by)


@transaction.atomic
def note(conversation: Conversation, said: Any, *, by: Person) -> None:
    """A message among listeners."""
    voice.note(conversation.thread, sealed_in(said))
    noted(conversation.thread, What.NOTED, by=by)


@transaction.atomic
def offer_to_open(conversation: Conversation, said: Any, commitment: Any, *, by: Person) -> None:
    """A text that this listener has read, in a message to the writer, who may agree to exactly it."""
    if not isinstance(commitment, str) or len(commitment) != DIGEST or not set(commitment) <= set("0123456789abcdef"):
        raise LetterIsMalformed
    voice.answer(conversation.thread, sealed_in(said))
    voice.offer_to_open(conversation.thread, commitment)
    noted(conversation.thread, What.OFFERED, by=by)


@transaction.atomic
def decide(conversation: Conversation, *, by: Person) -> None:
    """It is known what will happen."""
    voice.set_state(conversation.thread, State.DECIDED)
    noted(conversation.thread, What.DECIDED, by=by)


@transaction.atomic
def finish(conversation: Conversation, *, by: Person) -> None:
    """Nothing is left to do."""
    voice.set_state(conversation.thread, State.DONE)
    noted(conversation.thread, What.DONE, by=by)


@transaction.atomic
def reopen(conversation: Conversation, *, by: Person) -> None:
    """There is something left to do all the same."""
    voice.set_state(conversation.thread, State.ANSWERED if conversation.thread.answered_week else State.SEEN)
    noted(conversation.thread, What.SEEN, by=by)


@transaction.atomic
def hide(conversation: Conversation, because: Because, *, by: Person) -> None:
    """Takes it off the desk for a reason."""
    voice.hide(conversation.thread, because)
    noted(conversation.thread, What.HID, by=by)


@transaction.atomic
def show_again(conversation: Conversation, *, by: Person) -> None:
    """Takes it back."""
    voice.show_again(conversation.thread)
    noted(conversation.thread, What.SHOWED, by=by)


def leave_no_order() -> None:
    """Writes all that is known of what listeners did anew, if something came since: neither order nor hour is left."""
    if Handling.objects.filter(is_settled=False).exists():
        with written_anew(Handling):
            Handling.objects.filter(is_settled=False).update(is_settled=True)
