"""Which threads another may be made part of, found by words or by a pasted address."""

from django.db.models import Q, QuerySet

from heard.foundation.communities.queries import membership_of
from heard.foundation.communities.rules import may_speak
from heard.foundation.conversation.models import Thread
from heard.foundation.conversation.queries.messages import thread_by_address, where_to_move
from heard.foundation.people.models import Person

OFFERED = 10


def merge_targets(viewer: Person, thread: Thread) -> QuerySet[Thread]:
    """Threads into which a tender may merge this one: there, in communities of theirs, and read by no more people."""
    places = [one.pk for one in where_to_move(viewer, thread)]
    if may_speak(thread.community, membership_of(viewer, thread.community)):
        places.append(thread.community_id)
    there = Thread.objects.filter(community__in=places, is_listed=True, merged_into=None)
    return there.filter(deleted_at=None, hidden_at=None).exclude(pk=thread.pk).select_related("author", "community")


def merge_targets_named(viewer: Person, thread: Thread, words: str) -> list[Thread]:
    """Some of them whose headline or beginning holds all `words`, the newest first; or the one of a pasted address."""
    targets = merge_targets(viewer, thread)
    if "/threads/" in words:
        try:
            return list(targets.filter(pk=thread_by_address(viewer, words).pk))
        except Thread.DoesNotExist:
            return []
    for word in words.split():
        targets = targets.filter(Q(title__icontains=word) | Q(excerpt__icontains=word))
    return list(targets.order_by("-pk")[:OFFERED])
