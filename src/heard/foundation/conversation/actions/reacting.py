"""Reactions: one emoji by one person on one message."""

from collections import Counter

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from heard.foundation.communities.errors import NotAMember
from heard.foundation.communities.queries import membership_of
from heard.foundation.communities.rules import may_read
from heard.foundation.conversation import errors
from heard.foundation.conversation.actions.editing import parts_of
from heard.foundation.conversation.models import Reaction, Reply, Thread
from heard.foundation.people.models import Person
from heard.plumbing import realtime
from heard.plumbing.text.emoji import as_emoji

MOST_DIFFERENT = 20


@transaction.atomic
def react(message: Thread | Reply, emoji: str, *, by: Person) -> None:
    """Adds `emoji` in the name of `by`; twice changes nothing. Whoever may read may react."""
    thread, reply = parts_of(message)
    if message.is_gone:
        raise errors.MessageIsGone
    if (full := as_emoji(emoji)) is None:
        raise errors.NotAnEmoji
    emoji = full
    if not may_read(thread.community, membership_of(by, thread.community)):
        raise NotAMember
    if emoji not in message.reactions and len(message.reactions) >= MOST_DIFFERENT:
        raise errors.TooManyReactions
    _row, is_new = Reaction.objects.get_or_create(
        thread=thread, reply=reply, person=by, emoji=emoji, defaults={"reacted_at": timezone.now()}
    )
    if is_new:
        summarise(message)


@transaction.atomic
def withdraw_reaction(message: Thread | Reply, emoji: str, *, by: Person) -> None:
    """Takes a reaction back."""
    thread, reply = parts_of(message)
    if Reaction.objects.filter(thread=thread, reply=reply, person=by, emoji=emoji).delete()[0]:
        summarise(message)


def summarise(message: Thread | Reply) -> None:
    """Keeps the counts that pages show, in the order in which the emoji first came."""
    thread, reply = parts_of(message)
    rows = Reaction.objects.filter(thread=thread, reply=reply).values("emoji").annotate(n=Count("id"))
    counts = Counter(message.unnamed_reactions)
    counts.update({row["emoji"]: row["n"] for row in rows})
    order = [emoji for emoji in message.reactions if emoji in counts]
    message.reactions = {emoji: counts[emoji] for emoji in [*order, *sorted(counts.keys() - set(order))]}
    type(message).objects.filter(pk=message.pk).update(reactions=message.reactions, version=F("version") + 1)
    realtime.announce_on_commit(f"thread:{thread.pk}", "reaction")
