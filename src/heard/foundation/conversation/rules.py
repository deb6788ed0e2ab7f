"""Who may do what with what is said: pure predicates."""

from heard.foundation.communities.models import Community, Membership
from heard.foundation.communities.rules import READ_BY_ALL, may_speak
from heard.foundation.conversation.models import Message, Thread
from heard.foundation.people.models import Person

MOST_FILES = 10


def may_reply(thread: Thread, community: Community, membership: Membership | None) -> bool:
    """Members may, while the thread is neither closed nor gone."""
    return may_speak(community, membership) and thread.closed_at is None and not thread.is_gone


def may_edit(person: Person, message: Message) -> bool:
    """Who wrote it may, while it is there."""
    return message.author_id == person.pk and not message.is_gone


def may_delete(person: Person, message: Message) -> bool:
    """Who wrote it may."""
    return message.author_id == person.pk and message.deleted_at is None


def may_move_between(source: Community, target: Community) -> bool:
    """Words move only to where no more people can read them than could when they were written."""
    return source.access in READ_BY_ALL or source.pk == target.pk
