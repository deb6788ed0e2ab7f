"""Taking back what people were told of words that they may read no longer."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q

from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import member_ids, visible_to
from heard.foundation.communities.rules import READ_BY_ALL
from heard.foundation.conversation.models import Thread
from heard.foundation.conversation.queries.messages import threads_whose_words_are_read_by
from heard.foundation.notices.actions import forget_unreadable
from heard.foundation.notices.queries import people_told, told_of
from heard.foundation.people.models import Person

PORTION = 500


def withdraw_told(person_id: int) -> None:
    """Takes back what somebody was told of that which they may read no longer, as after their membership ended."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return
    readable = {"thread": threads_whose_words_are_read_by(person), "community": visible_to(person)}
    for about, found in readable.items():
        for ids in portions(told_of(person_id, about)):
            gone = ids.difference(found.filter(pk__in=ids).values_list("pk", flat=True))
            if gone:
                with transaction.atomic():
                    forget_unreadable(about, gone, of=[person_id])


def withdraw_told_of(thread_id: int) -> None:
    """The same of a thread that was moved or merged: from everybody who may not read it where it went."""
    went = Q(pk=thread_id) | Q(merged_into=thread_id) | Q(merged_into__merged_into=thread_id)
    ways = ("community", "merged_into__community", "merged_into__merged_into__community")
    for thread in Thread.objects.filter(went).select_related(*ways):
        behind_doors = [one.pk for one in stations(thread) if one.access not in READ_BY_ALL]
        told = people_told("thread", [thread.pk]) if behind_doors else set()
        for people in portions(told):
            may_not = set[int]().union(*(people - member_ids(community, people) for community in behind_doors))
            if may_not:
                with transaction.atomic():
                    forget_unreadable("thread", [thread.pk], of=may_not)


def stations(thread: Thread) -> list[Community]:
    """The communities that somebody has to read who is to find the words of a thread by its own address."""
    first, second = thread.merged_into, thread.merged_into.merged_into if thread.merged_into else None
    return [one.community for one in (thread, first, second) if one is not None]


def portions(ids: set[int]) -> Iterator[set[int]]:
    """So many at a time as every database takes."""
    ordered = sorted(ids)
    for begin in range(0, len(ordered), PORTION):
        yield set(ordered[begin : begin + PORTION])
