"""One thread, its replies, and what they said before they were edited."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from heard.foundation.communities.errors import NotATender
from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import Place, membership_of, place_of, read_by
from heard.foundation.communities.rules import may_tend
from heard.foundation.conversation import rules
from heard.foundation.conversation.errors import MessageIsGone, NotYours
from heard.foundation.conversation.models import Attachment, Reaction, Reply, Revision, Save, Thread
from heard.foundation.people.models import Person

REPLIES = 50


def thread_readable_by(person: Person) -> QuerySet[Thread]:
    """Every thread that `person` may read, also gone ones, of which only a tombstone is shown."""
    return Thread.objects.filter(community__in=read_by(person).values("pk"))


def threads_whose_words_are_read_by(person: Person) -> QuerySet[Thread]:
    """The same, but of merged threads only those whose words went where `person` may read them too."""
    found = thread_readable_by(person)
    for way in ("merged_into", "merged_into__merged_into"):
        read = Q(**{f"{way}__community__in": read_by(person).values("pk")})
        found = found.filter(Q(**{way: None}) | read)
    return found


def thread_by_id(person: Person, thread_id: int) -> Thread:
    """Raises Thread.DoesNotExist for what is not there or not theirs to read."""
    return (
        thread_readable_by(person)
        .select_related("author__unit", "community", "merged_into", "preview")
        .get(pk=thread_id)
    )


def message_seen_by(person: Person, thread_id: int, reply_id: int | None) -> Thread | Reply:
    """The thread, or a reply of it; raises Thread.DoesNotExist or Reply.DoesNotExist."""
    return thread_by_id(person, thread_id) if reply_id is None else reply_seen_by(person, thread_id, reply_id)


def message_shown_to(person: Person, thread_id: int, reply_id: int | None) -> Thread | Reply:
    """The same where its words are there to be read; raises MessageIsGone where only a tombstone is.

    Also raises Thread.DoesNotExist for a thread that was merged: its words are read, or gone, where they went.
    """
    message = message_seen_by(person, thread_id, reply_id)
    if message.is_gone:
        raise MessageIsGone
    if isinstance(message, Thread) and message.merged_into_id is not None:
        raise Thread.DoesNotExist
    return message


def reply_seen_by(person: Person, thread_id: int, reply_id: int) -> Reply:
    """A reply; raises Thread.DoesNotExist or Reply.DoesNotExist."""
    thread = thread_by_id(person, thread_id)
    reply = Reply.objects.select_related("author__unit", "parent").get(pk=reply_id, thread=thread)
    reply.thread = thread
    return reply


def was_said(person: Person, once: UUID) -> bool:
    """Whether a person replied already with the mark `once`."""
    return Reply.objects.filter(author=person, once=once).exists()


def message_tended_by(person: Person, thread_id: int, reply_id: int | None = None) -> Thread | Reply:
    """A message for those who tend its community; raises NotATender for others who may read it."""
    message = message_seen_by(person, thread_id, reply_id)
    community = (message.thread if isinstance(message, Reply) else message).community
    if not may_tend(person, community, membership_of(person, community)):
        raise NotATender
    return message


def thread_tended_by(person: Person, thread_id: int) -> Thread:
    """A thread for those who tend its community; raises NotATender for others who may read it."""
    message_tended_by(person, thread_id)
    return thread_by_id(person, thread_id)


def message_of(person: Person, thread_id: int, reply_id: int | None = None) -> Thread | Reply:
    """A message that they wrote themselves; raises NotYours for others who may read it."""
    message = message_seen_by(person, thread_id, reply_id)
    if message.author_id != person.pk:
        raise NotYours
    return message


def thread_by_address(person: Person, address: str) -> Thread:
    """The thread that a pasted address or number means; raises Thread.DoesNotExist."""
    numbers = [part for part in address.split("?")[0].split("#")[0].split("/") if part.isascii() and part.isdigit()]
    if not numbers or len(numbers[0]) > 18:
        raise Thread.DoesNotExist
    return thread_by_id(person, int(numbers[0]))


def address(message: Thread | Reply) -> str:
    """Where what is done with a message is addressed; without the slash at the end."""
    if isinstance(message, Reply):
        return f"/threads/{message.thread_id}/{message.pk}"
    return f"/threads/{message.pk}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One reply with its words, its author, and what hangs on it."""

    reply: Reply
    files: list[Attachment]


def replies_in_full(ids: Collection[int]) -> list[Spoken]:
    """The replies with these ids, of a thread whose marks the viewer was given."""
    if not ids:
        return []
    found = list(Reply.objects.filter(pk__in=ids).select_related("author__unit", "preview"))
    files = files_on(found)
    return [Spoken(reply, files.get(reply.pk, [])) for reply in found]


def mine_on_replies(viewer: Person, of: Collection[Reply]) -> dict[int, set[str]]:
    """The emoji that the viewer gave, by reply."""
    given: dict[int, set[str]] = {}
    reacted = [reply.pk for reply in of if reply.reactions]
    if reacted:
        for pk, emoji in Reaction.objects.filter(person=viewer, reply__in=reacted).values_list("reply_id", "emoji"):
            given.setdefault(pk, set()).add(emoji)
    return given


def mine_on(viewer: Person, message: Thread | Reply) -> set[str]:
    """The emoji that the viewer gave to a message."""
    on = {"reply": message} if isinstance(message, Reply) else {"thread": message, "reply": None}
    return set(Reaction.objects.filter(person=viewer, **on).values_list("emoji", flat=True))


def files_on(of: Collection[Reply]) -> dict[int, list[Attachment]]:
    """What hangs on each reply."""
    hanging: dict[int, list[Attachment]] = {}
    if of:
        for attachment in Attachment.objects.filter(reply__in=[reply.pk for reply in of]).order_by("id"):
            hanging.setdefault(attachment.reply_id or 0, []).append(attachment)
    return hanging


def revisions(message: Thread | Reply) -> QuerySet[Revision]:
    """What a message said before each edit, the latest first; nothing of what is gone."""
    if message.is_gone:
        return Revision.objects.none()
    at = Q(thread=message, reply=None) if isinstance(message, Thread) else Q(reply=message)
    return Revision.objects.filter(at).select_related("edited_by").order_by("-id")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a viewer may do with a thread."""

    place: Place
    may_reply: bool
    may_edit: bool
    may_delete: bool
    may_close: bool
    is_saved: bool
    mine: frozenset[str]


def standing(viewer: Person, thread: Thread) -> Standing:
    """What `viewer` may do with a thread that they may read."""
    place = place_of(viewer, thread.community)
    given = Reaction.objects.filter(person=viewer, thread=thread, reply=None).values_list("emoji", flat=True)
    return Standing(
        place=place,
        may_reply=rules.may_reply(thread, thread.community, place.membership),
        may_edit=rules.may_edit(viewer, thread),
        may_delete=rules.may_delete(viewer, thread),
        may_close=place.may_tend or thread.author_id == viewer.pk,
        is_saved=Save.objects.filter(person=viewer, thread=thread).exists(),
        mine=frozenset(given),
    )


def where_to_move(viewer: Person, thread: Thread) -> list[Community]:
    """Communities of the viewer's into which a tender may move this thread."""
    mine = Community.objects.filter(memberships__person=viewer, closed_at=None).exclude(pk=thread.community_id)
    return [one for one in mine.order_by("name")[:100] if rules.may_move_between(thread.community, one)]


def threads_seen_among(person: Person, ids: set[int]) -> dict[int, int]:
    """Those of `ids` that `person` may read, each with its community: to them their stream may listen."""
    return dict(thread_readable_by(person).filter(pk__in=ids).values_list("pk", "community_id"))
