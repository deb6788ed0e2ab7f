"""What was said in the networks of a Viva Engage export: sorted outside memory, then told thread by thread."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.in_threads import InThreads, Laid
from heard.features.arrivals.formats.moments import latest_moment, moment_in
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    MembershipRecord,
    Noted,
    Record,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from heard.features.arrivals.formats.shelf import Seen, Shelf
from heard.features.arrivals.formats.values import number_in
from heard.features.arrivals.formats.yammer_files import Files
from heard.features.arrivals.formats.yammer_networks import Network, group_of_all, group_without_list
from heard.features.arrivals.formats.yammer_people import People
from heard.features.arrivals.formats.yammer_tables import Cells
from heard.features.arrivals.formats.yammer_text import Words, others_in, pages_in

_KEPT = (
    "senderid",
    "sendername",
    "senderemail",
    "body",
    "htmlbody",
    "attachments",
    "createdat",
    "editedat",
    "title",
    "deletedat",
    "messagetype",
    "closed",
    "repliedtoid",
    "groupid",
    "groupname",
)


class Talk:
    """Lays messages down, and gives them back as threads and replies in their communities."""

    def __init__(
        self, networks: list[Network], people: People, words: Words, files: Files, groups: dict[str, CommunityRecord]
    ) -> None:
        self.networks, self.people, self.words, self.files, self.groups = networks, people, words, files, groups
        self.latest = latest_moment()
        self.laid, self.versions, self.seen = InThreads(), Shelf(), Seen()
        self.replies_name_groups = False
        self.writers: dict[str, dict[str, None]] = {}

    def lay(self, cells: Cells, network: int, where: str) -> str:
        """Keeps a message for its thread, or says why not."""
        key = number_in(cells["id"])
        if key is None:
            return reasons.NO_MESSAGE
        if cells["draftstate"].casefold() in ("draft", "true", "scheduled"):
            return reasons.DRAFT
        if cells["messagetype"].casefold() == "system":
            return reasons.SYSTEM_EVENT
        kept = {name: value for name in _KEPT if (value := cells[name])}
        # What is in no group and is not said to be for all may be between a few: it stays between them.
        is_private = cells.says_yes("inprivateconversation") or (
            not kept.get("groupid") and not cells.says_no("inprivateconversation")
        )
        if is_private:
            kept = {"private": "yes"}
        if not self.seen.is_new(key):
            return reasons.SAID_TWICE
        thread = number_in(cells["threadid"]) or key
        self.replies_name_groups |= thread != key and "groupid" in kept
        self.laid.lay(network, thread, key, kept, where)
        return ""

    def lay_version(self, cells: Cells) -> None:
        """Keeps the newest words of a message."""
        key, moment = number_in(cells["messageid"]), moment_in(cells["editedat"] or cells["createdat"], self.latest)
        if key is None or moment is None or not (cells["body"] or cells["htmlbody"]):
            return
        before = self.versions.get(key)
        if before is None or datetime.fromisoformat(json.loads(before)[0]) < moment:
            self.versions.put(key, json.dumps([moment.isoformat(), cells["body"], cells["htmlbody"]]))

    def records(self) -> Iterator[Record]:
        """Every thread, each community before the first of them, and at the end whoever wrote there."""
        for number, threads in self.laid.communities():
            for thread, messages in threads:
                yield from self._thread(self.networks[number], thread, messages)
        for key, writers in self.writers.items():
            group = self.groups[key]
            if group.access == "private":
                yield Noted(reasons.MEMBERS_WHO_WROTE, group.where)
            yield from (MembershipRecord(key, person, where=group.where) for person in writers)

    def _thread(self, network: Network, thread: int, messages: Iterator[Laid]) -> Iterator[Record]:
        """One conversation. What is said in another group than its beginning stays in that group."""
        heads: dict[str, str] = {}
        came: set[int] = set()
        home, is_private = "", False
        for laid in messages:
            is_first = laid.key == thread
            is_private = is_private or (is_first and "private" in laid.message)
            if is_private or "private" in laid.message:
                yield Skipped(reasons.DIRECT_MESSAGE, laid.where)
                continue
            group = laid.message.get("groupid", "")[:60] or home or self._groupless(network, laid, is_first=is_first)
            home = group if is_first else home
            said_at = moment_in(laid.message.get("createdat"), self.latest)
            author, first = self.people.author(laid.message, laid.where)
            if said_at is None or not author:
                yield Skipped(reasons.NO_AUTHOR if said_at else reasons.NO_TIME, laid.where)
                yield from first
                continue
            yield from first
            said = list(self._said(laid, group, author, said_at))
            record = said[0]
            if not isinstance(record, ThreadRecord):
                yield from said
                continue
            yield from self._met(group, laid, network)
            self.writers.setdefault(group, {})[author] = None
            if is_first:
                heads[group] = record.key
            else:
                if group not in heads:
                    heads[group] = f"{thread}/{group}/thread"
                    yield Noted(reasons.PARENT_MISSING, laid.where)
                    yield _stand_in(record, heads[group])
                answered = number_in(laid.message.get("repliedtoid"))
                said[0] = _as_reply(record, heads[group], str(answered) if answered in came else "")
            came.add(laid.key)
            yield from said

    def _groupless(self, network: Network, laid: Laid, *, is_first: bool) -> str:
        """Where it belongs that names no group: to all, unless it answers something missing that may have named one."""
        everybody = group_of_all(network, laid.where).key
        return everybody if is_first or self.replies_name_groups else f"{everybody}/replies"

    def _met(self, group: str, laid: Laid, network: Network) -> Iterator[CommunityRecord]:
        """A community that no list of groups names, before what was said in it."""
        if group not in self.groups:
            everybody = group_of_all(network, laid.where)
            name = laid.message.get("groupname", "") or (_("Replies") if group.endswith("/replies") else "")
            made = everybody if group == everybody.key else group_without_list(group, name, network, laid.where)
            self.groups[group] = made
            yield made

    def _said(self, laid: Laid, group: str, author: str, said_at: datetime) -> Iterator[Record]:
        """A message as a thread of its own, and what hangs on it; or why it gives nothing."""
        message, where = laid.message, laid.where
        is_deleted, secrets = bool(message.get("deletedat")), self.words.secrets
        body, html, edited_at = self._newest(laid.key, message, said_at)
        attachments = message.get("attachments", "")
        text, tags = ("", ()) if is_deleted else self.words.of(body, html)
        pages = [] if is_deleted else list(pages_in(attachments, body))
        files = [] if is_deleted else list(self.files.of(attachments, str(laid.key), where))
        text = "\n\n".join(part for part in (text, *pages) if part)
        title = "" if is_deleted else message.get("title", "")
        if not (text or title or files or is_deleted):
            yield Skipped(reasons.NO_WORDS, where)
            return
        yield ThreadRecord(
            key=str(laid.key),
            community_key=group,
            author_key=author,
            said_at=said_at,
            text=text,
            title=title,
            kind="ask" if message.get("messagetype", "").casefold() == "question" else "share",
            edited_at=moment_in(message.get("deletedat"), self.latest) if is_deleted else edited_at,
            tags=tags,
            is_closed=message.get("closed", "").casefold() in ("true", "yes", "1", "t"),
            is_deleted=is_deleted,
            where=where,
        )
        yield from files
        if removed := self.words.secrets - secrets:
            yield Noted(reasons.SECRET_REMOVED, where, removed)
        if behind := 0 if is_deleted else others_in(attachments):
            yield Noted(reasons.ATTACHMENT_BEHIND, where, behind)

    def _newest(self, key: int, message: dict[str, str], said_at: datetime) -> tuple[str, str, datetime | None]:
        """The newest words of a message, and when they were changed, if they were."""
        body, html = message.get("body", ""), message.get("htmlbody", "")
        kept = self.versions.get(key)
        if kept is None:
            return body, html, None
        changed_at = moment_in(message.get("editedat"), self.latest) or said_at
        moment, newer_body, newer_html = json.loads(kept)
        if (newer_at := datetime.fromisoformat(moment)) > changed_at:
            return newer_body, newer_html, newer_at
        return body, html, changed_at if changed_at > said_at else None


def _stand_in(record: ThreadRecord, key: str) -> ThreadRecord:
    return ThreadRecord(
        key=key,
        community_key=record.community_key,
        author_key=record.author_key,
        said_at=record.said_at,
        text=_("The message that began this conversation was not in the archive."),
        is_stand_in=True,
        where=record.where,
    )


def _as_reply(record: ThreadRecord, thread: str, answers: str) -> ReplyRecord:
    text = f"**{record.title}**\n\n{record.text}".strip() if record.title else record.text
    return ReplyRecord(
        key=record.key,
        thread_key=thread,
        author_key=record.author_key,
        said_at=record.said_at,
        text=text,
        answers_key="" if answers == thread else answers,
        edited_at=record.edited_at,
        is_deleted=record.is_deleted,
        where=record.where,
    )
