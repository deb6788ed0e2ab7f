"""What starting, replying and editing share: words become HTML, and whoever they name is told."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import F

from heard.foundation.communities.models import Level, Membership
from heard.foundation.communities.queries import member_ids
from heard.foundation.communities.rules import READ_BY_ALL
from heard.foundation.conversation import errors
from heard.foundation.conversation.models import Attachment, Hashtag, Mention, Reply, Thread
from heard.foundation.conversation.rules import MOST_FILES
from heard.foundation.notices.actions import tell
from heard.foundation.notices.models import Why
from heard.foundation.people.models import Person
from heard.foundation.people.queries import Links, by_handles
from heard.plumbing.later import later
from heard.plumbing.text import MESSAGE_LIMIT, Rendered, check_length, render

EXCERPT = 400
PORTION = 200


def in_html(source: str, *, has_files: bool) -> Rendered:
    """What somebody wrote, as it is shown; raises NothingSaid or TextIsTooLong."""
    source = source.strip()
    if not source and not has_files:
        raise errors.NothingSaid
    check_length(source, MESSAGE_LIMIT)
    return render(source, link=Links())


def sent_before[Said: (Thread, Reply)](model: type[Said], once: UUID | None, *, by: Person) -> Said | None:
    """What `by` said already with the mark `once`; nothing where the page gave no mark."""
    found = model._default_manager.filter(author=by, once=once) if once else None
    return found.first() if found is not None else None


def address_of(thread: Thread, reply: Reply | None = None) -> str:
    """The permalink of a thread or a reply."""
    return f"/threads/{thread.pk}/" if reply is None else f"/threads/{thread.pk}/{reply.pk}/#r{reply.pk}"


def note_names(thread: Thread, reply: Reply | None, rendered: Rendered, *, is_new: bool = False) -> list[int]:
    """Keeps whom and which tags the words name; gives the ids of the people named for the first time here.

    A message that `is_new` named nobody before, which then need not be asked.
    """
    named = [person.pk for person in by_handles(rendered.mentions).values()] if rendered.mentions else []
    there: set[int] = set()
    if not is_new:
        there.update(Mention.objects.filter(thread=thread, reply=reply).values_list("person_id", flat=True))
        Mention.objects.filter(thread=thread, reply=reply, person__in=there.difference(named)).delete()
    fresh = [pk for pk in named if pk not in there]
    Mention.objects.bulk_create(Mention(thread=thread, reply=reply, person_id=pk) for pk in sorted(fresh))
    if rendered.hashtags:
        tags = {tag[:60] for tag in rendered.hashtags}
        Hashtag.objects.bulk_create((Hashtag(thread=thread, tag=tag) for tag in sorted(tags)), ignore_conflicts=True)
    return fresh


def take_files(codes: Collection[str], by: Person, thread: Thread, reply: Reply | None) -> None:
    """Hangs what `by` uploaded on the message that is sent with it."""
    if len(codes) > MOST_FILES:
        raise errors.TooManyFiles
    if codes:
        Attachment.objects.filter(code__in=list(codes), owner=by, thread=None).update(thread=thread, reply=reply)


def tell_eager(thread: Thread, *, by: Person, after: int = 0) -> None:
    """Tells a new thread to those who want to hear everything said in its community; many of them, in portions.

    The first portion is told at once; each next is a task of the worker, so that nobody who writes waits for it.
    """
    eager = Membership.objects.filter(community=thread.community_id, level=Level.EVERYTHING, person__gt=after)
    portion = list(eager.order_by("person").values_list("person_id", flat=True)[:PORTION])
    if not portion:
        return
    named = Mention.objects.filter(thread=thread, reply=None, person__in=portion).values_list("person_id", flat=True)
    tell_readers(set(portion).difference(named), Why.THREAD, thread, None, by=by)
    if len(portion) == PORTION:
        later("heard.foundation.conversation.tasks.tell_eager", thread.pk, portion[-1])


def go_on_telling(thread_id: int, *, after: int) -> None:
    """Tells the next portion of a thread that may be gone meanwhile; `after` is the last person who was told."""
    thread = Thread.objects.select_related("community", "author").filter(pk=thread_id).first()
    if thread and thread.is_listed:
        tell_eager(thread, by=thread.author, after=after)


def tell_readers(people: Iterable[int], why: Why, thread: Thread, reply: Reply | None, *, by: Person) -> None:
    """Tells those of `people` who may read the thread and have not muted its community."""
    wanted = set(people) - {by.pk}
    if not wanted:
        return
    if thread.community.access not in READ_BY_ALL:
        wanted = member_ids(thread.community_id, wanted)
    muted = Membership.objects.filter(community=thread.community_id, person__in=wanted, level=Level.MUTE)
    wanted.difference_update(muted.values_list("person_id", flat=True))
    here = set(Person.objects.filter(pk__in=wanted, left_at=None).values_list("pk", flat=True))
    title, words = (str(thread), reply.excerpt) if reply else (thread.title, thread.excerpt)
    tell(here, why, thread, by=by, address=address_of(thread, reply), title=title, words=words)


def grow_version(thread_id: int, **changes: object) -> None:
    """Notes that what a card shows of a thread changed, with what changed of its summary."""
    Thread.objects.filter(pk=thread_id).update(version=F("version") + 1, **changes)
