"""One thread, its replies, and what they said before they were edited."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from heard.foundation.communities.errors import NotATender
from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import Place, membership_of, place_of, read_by
from heard.foundation.communities.rules import may_tend
from heard.foundation.conversation import rules
from heard.foundation.conversation.errors import NotYours
from heard.foundation.conversation.models import Attachment, Reaction, Reply, Revision, Save, Thread
from heard.foundation.people.models import Person

REPLIES = 50
ANSWERS = 100


def thread_readable_by(person: Person) -> QuerySet[Thread]:
    """Every thread that `person` may read, also gone ones, of which only a tombstone is shown."""
    return Thread.objects.filter(community__in=read_by(person).values("pk"))


def thread_by_id(person: Person, thread_id: int) -> Thread:
    """Raises Thread.DoesNotExist for what is not there or not theirs to read."""
    return thread_readable_by(person).select_related("author__unit", "community", "merged_into").get(pk=thread_id)


def message_seen_by(person: Person, thread_id: int, reply_id: int | None) -> Thread | Reply:
    """The thread, or a reply of it; raises Thread.DoesNotExist or Reply.DoesNotExist."""
    return thread_by_id(person, thread_id) if reply_id is None else reply_seen_by(person, thread_id, reply_id)


def reply_seen_by(person: Person, thread_id: int, reply_id: int) -> Reply:
    """A reply; raises Thread.DoesNotExist or Reply.DoesNotExist."""
    thread = thread_by_id(person, thread_id)
    reply = Reply.objects.select_related("author__unit", "parent").get(pk=reply_id, thread=thread)
    reply.thread = thread
    return reply


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


@dataclass(slots=True)
class Spoken:
    """One reply as the viewer sees it, with the answers to it."""

    reply: Reply
    files: list[Attachment] = field(default_factory=list)
    mine: frozenset[str] = frozenset()
    answers: list["Spoken"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReplyTree:
    """A page of replies after the id `start`; `after` and `before` start the pages next to it, or nothing."""

    spoken: list[Spoken]
    start: int
    after: int | None
    before: int | None
    count: int


def replies(viewer: Person, thread: Thread, *, after: int = 0, around: int | None = None) -> ReplyTree:
    """A page of 50 replies with their answers, oldest first, from `after` on or the page that holds the reply `around`.

    Costs the same few queries whatever the number of replies.
    """
    tops = Reply.objects.filter(thread=thread, parent=None)
    if around is not None:
        target = Reply.objects.filter(pk=around, thread=thread).values_list("parent_id", flat=True).first()
        first = target or around
        before_it = list(tops.filter(id__lt=first).order_by("-id").values_list("pk", flat=True)[:5])
        after = before_it[-1] - 1 if len(before_it) == 5 else 0
    page = list(tops.filter(id__gt=after).select_related("author__unit").order_by("id")[: REPLIES + 1])
    follows = page[REPLIES - 1].pk if len(page) > REPLIES else None
    page = page[:REPLIES]
    answers = (
        list(
            Reply.objects.filter(thread=thread, parent__in=[reply.pk for reply in page])
            .select_related("author__unit")
            .order_by("id")[: REPLIES * ANSWERS]
        )
        if page and thread.reply_count
        else []
    )
    everything = [*page, *answers]
    mine, files = mine_on_replies(viewer, everything), files_on(everything)
    spoken = {
        reply.pk: Spoken(reply, files.get(reply.pk, []), frozenset(mine.get(reply.pk, ()))) for reply in everything
    }
    for answer in answers:
        spoken[answer.parent_id or 0].answers.append(spoken[answer.pk])
    precedes = None
    if after:
        earlier = list(tops.filter(id__lte=after).order_by("-id").values_list("pk", flat=True)[: REPLIES + 1])
        precedes = earlier[-1] if len(earlier) > REPLIES else 0
    return ReplyTree([spoken[reply.pk] for reply in page], after, follows, precedes, thread.reply_count)


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
