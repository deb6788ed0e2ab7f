"""The neutral records that every format is read as, and every writer writes: one stream, in one order.

A record comes after the records it names by key, save for managers and references inside a text, which may come
later or never. Files, reactions and counts follow their message before the next message comes. Keys are the source's
own and stand for the same thing in every export of the same place. All times are aware.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Access = Literal["open", "closed", "private"]
Kind = Literal["share", "ask", "suggest"]
Standing = Literal["staff", "guest", "program", "unlisted"]


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Somebody. Guests and programs speak but are no staff; of somebody `unlisted` only an id or a name is known."""

    key: str
    name: str
    handle: str = ""
    email: str = ""
    staff_number: str = ""
    title: str = ""
    unit: tuple[str, ...] = ()
    manager_key: str = ""
    manager_email: str = ""
    place: str = ""
    telephone: str = ""
    about: str = ""
    started_on: date | None = None
    time_zone: str = ""
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    standing: Standing = "staff"
    left_at: datetime | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class CommunityRecord:
    """A place where people talk; `is_closed` where nothing new may be said."""

    key: str
    name: str
    description: str = ""
    access: Access = "open"
    started_at: datetime | None = None
    started_by_key: str = ""
    is_closed: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class MembershipRecord:
    """That a person belongs to a community, and whether they look after it."""

    community_key: str
    person_key: str
    is_tender: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class ThreadRecord:
    """The first message of a conversation. `text` is Markdown with references (see `references`).

    `is_newer` where an earlier version of it came before in the same archive. A deleted one keeps its place, not
    its words. A stand-in is no message of the source: it holds replies whose first message is missing. `score` is
    what the source's votes add up to.
    """

    key: str
    community_key: str
    author_key: str
    said_at: datetime
    text: str
    title: str = ""
    kind: Kind = "share"
    edited_at: datetime | None = None
    tags: tuple[str, ...] = ()
    score: int | None = None
    is_closed: bool = False
    is_pinned: bool = False
    is_deleted: bool = False
    is_stand_in: bool = False
    is_newer: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """An answer in a thread, or to another reply of it. Newer versions and deletions are as with threads."""

    key: str
    thread_key: str
    author_key: str
    said_at: datetime
    text: str
    answers_key: str = ""
    edited_at: datetime | None = None
    score: int | None = None
    is_accepted: bool = False
    is_deleted: bool = False
    is_newer: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class ReactionRecord:
    """One emoji by one person on one message; `reacted_at` is empty where the source does not say."""

    message_key: str
    person_key: str
    emoji: str
    reacted_at: datetime | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class CountRecord:
    """How many people reacted to one message with one emoji, where the source does not say who they were."""

    message_key: str
    emoji: str
    count: int
    where: str = ""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of a message. `member` is its name inside the archive, or empty where the archive only names it."""

    message_key: str
    key: str
    name: str
    media_type: str = ""
    size: int = 0
    member: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that does not come along, why (one of `reasons`), and where it stands in the archive."""

    reason: str
    where: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that came along changed, or that is no message and stays behind: what, and where it stands."""

    reason: str
    where: str
    count: int = 1


type Record = (
    PersonRecord
    | CommunityRecord
    | MembershipRecord
    | ThreadRecord
    | ReplyRecord
    | ReactionRecord
    | CountRecord
    | FileRecord
    | Skipped
    | Noted
)
