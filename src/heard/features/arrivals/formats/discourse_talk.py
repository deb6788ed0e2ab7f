"""Topics of a Discourse forum as threads, their posts as replies."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.discourse_posts import Found, is_direct
from heard.features.arrivals.formats.discourse_reactions import reaction_count, reactions_of
from heard.features.arrivals.formats.discourse_site import Site
from heard.features.arrivals.formats.discourse_words import Words
from heard.features.arrivals.formats.moments import latest_moment, moment_in
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    Kind,
    MembershipRecord,
    Noted,
    Record,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from heard.features.arrivals.formats.values import dict_in, list_in, number_in, text_in

_SMALL_ACTION, _WHISPER = 3, 4
_GENERAL = "general"


class Talk:
    """Gives one topic after another from the shelf."""

    def __init__(self, found: Found, site: Site) -> None:
        self.found, self.site, self.people = found, site, site.people
        self.words = Words(site)
        self.latest = latest_moment()
        self.begun: set[str] = set()
        self.members: set[tuple[str, str]] = set()

    def records(self) -> Iterator[Record]:
        """Every topic with its posts, and what its own list names beside them."""
        for number in self.found.posts.groups():
            topic = self.found.topic(number)
            yield from _Topic(self, number, topic).records()
            if missing := self._only_named(topic):
                yield Noted(reasons.ONLY_NAMED, topic["where"], missing)

    def community(self, category: int | None) -> Iterator[Record]:
        """The community that a category is, when the first of its topics comes."""
        key = _GENERAL if category is None else str(category)
        if key in self.begun:
            return
        self.begun.add(key)
        known = self.found.categories.get(category, {}) if category is not None else {}
        unnamed = self.site.host or _("General") if category is None else _("Category %(id)s") % {"id": category}
        is_private = bool(known.get("read_restricted"))
        where = _("category %(id)s") % {"id": key}
        if is_private:
            yield Noted(reasons.MEMBERS_WHO_WROTE, where)
        yield CommunityRecord(
            key=key,
            name=text_in(known.get("name")) or unnamed,
            description=self.words.html(known.get("description_text") or known.get("description_excerpt")),
            access="private" if is_private else "open",
            where=where,
        )

    def membership(self, category: int | None, author: str, where: str) -> Iterator[Record]:
        """Whoever wrote in a private category could read it, and so belongs to it."""
        known = self.found.categories.get(category, {}) if category is not None else {}
        if known.get("read_restricted") and (str(category), author) not in self.members:
            self.members.add((str(category), author))
            yield MembershipRecord(str(category), author, is_tender=self.people.is_staff(author), where=where)

    def _only_named(self, topic: dict[str, Any]) -> int:
        named = {key for one in list_in(topic.get("stream")) if (key := number_in(one)) is not None}
        return sum(key not in self.found.posts for key in named)


class _Topic:
    """The records of one topic. A first post that cannot be read leaves a place for what answers it."""

    def __init__(self, talk: Talk, number: int, topic: dict[str, Any]) -> None:
        self.talk, self.number, self.topic = talk, number, topic
        self.category: int | None = None
        self.thread = ""
        self.waiting: ThreadRecord | None = None
        self.came: dict[int, str] = {}

    def records(self) -> Iterator[Record]:
        is_first = True
        for key, place, kept in self.talk.found.posts.of(self.number):
            post = json.loads(kept)
            if is_first:
                is_first = False
                self.category = number_in(self.topic.get("category_id", post.get("category_id")))
            reason, is_deleted = self._reason_to_skip(post), False
            if reason == reasons.DELETED and place == 1:
                reason, is_deleted = "", True
            said_at = moment_in(post.get("created_at"), self.talk.latest)
            if said_at is None and not reason:
                reason = reasons.NO_TIME
            if reason or said_at is None:
                yield from _behind(reason, post)
            else:
                yield from self._post(str(key), place, post, said_at, is_deleted)
        if self.waiting is not None:
            yield Skipped(reasons.DELETED, self.waiting.where)

    def _post(
        self, key: str, place: int, post: dict[str, Any], said_at: datetime, is_deleted: bool
    ) -> Iterator[Record]:
        where = post["where"]
        words = self.talk.words.of(post, key) if not is_deleted else None
        if words is not None and not (words.text or words.files):
            yield from _behind(reasons.NO_WORDS, post)
            return
        author, first = self.talk.people.author(post)
        yield from first
        if words is not None and words.secrets:
            yield Noted(reasons.SECRET_REMOVED, where, words.secrets)
        if post.get("wiki") is True:
            yield Noted(reasons.WIKI, where)
        edited_at = (
            moment_in(post.get("updated_at"), self.talk.latest) if (number_in(post.get("version")) or 1) > 1 else None
        )
        text = words.text if words is not None else ""
        if place == 1:
            record = self._thread(key, post, author, said_at, text)
            record = replace(record, edited_at=edited_at, is_deleted=is_deleted)
            if is_deleted:
                # It is told only if something answers it.
                self.waiting = record
                if lost := reaction_count(post):
                    yield Noted(reasons.REACTION_BEHIND, where, lost)
                return
            yield from self._begun(record, author)
        else:
            yield from self._place_for(post, author, said_at)
            yield from self.talk.membership(self.category, author, where)
            answers, is_missing = self._answered(post)
            if is_missing:
                yield Noted(reasons.ANSWERED_MISSING, where)
            yield ReplyRecord(
                key=key,
                thread_key=self.thread,
                author_key=author,
                said_at=said_at,
                text=text,
                answers_key=answers,
                edited_at=edited_at,
                is_accepted=self._is_accepted(post, place),
                where=where,
            )
        self.came[place] = key
        yield from words.files if words is not None else ()
        yield from reactions_of(post, key, self.talk.people)

    def _thread(self, key: str, post: dict[str, Any], author: str, said_at: datetime, text: str) -> ThreadRecord:
        topic = self.topic
        tags = [
            text_in(tag.get("name")) if isinstance(tag, dict) else text_in(tag) for tag in list_in(topic.get("tags"))
        ]
        return ThreadRecord(
            key=key,
            community_key=_GENERAL if self.category is None else str(self.category),
            author_key=author,
            said_at=said_at,
            text=text,
            title=text_in(topic.get("title")) or text_in(post.get("topic_title")),
            kind=self._kind(post),
            tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
            score=number_in(topic.get("vote_count")),
            is_closed=topic.get("closed") is True or topic.get("archived") is True,
            is_pinned=topic.get("pinned") is True or topic.get("pinned_globally") is True,
            where=post["where"],
        )

    def _kind(self, post: dict[str, Any]) -> Kind:
        if self.number in self.talk.found.asked or dict_in(self.topic.get("accepted_answer")):
            return "ask"
        return "suggest" if True in (post.get("can_vote"), self.topic.get("can_vote")) else "share"

    def _begun(self, record: ThreadRecord, author: str) -> Iterator[Record]:
        yield from self.talk.community(self.category)
        if not record.is_stand_in:
            yield from self.talk.membership(self.category, author, record.where)
        self.thread = record.key
        yield record

    def _place_for(self, post: dict[str, Any], author: str, said_at: datetime) -> Iterator[Record]:
        """A thread for a reply that has none: the deleted first post, or a stand-in for a missing one."""
        if self.waiting is not None:
            record, self.waiting = self.waiting, None
            yield from self._begun(record, record.author_key)
        elif not self.thread:
            text = _("The message that began this conversation was not in the archive.")
            record = self._thread(f"{self.number}/thread", post, author, said_at, text)
            yield from self._begun(replace(record, is_stand_in=True), author)
        if self.thread == f"{self.number}/thread":
            yield Noted(reasons.PARENT_MISSING, post["where"])

    def _answered(self, post: dict[str, Any]) -> tuple[str, bool]:
        """The key of the reply that a post answers, and whether it answers one that is not there."""
        place = number_in(post.get("reply_to_post_number"))
        if place is None or place == 1:
            return "", False
        return self.came.get(place, ""), place not in self.came

    def _is_accepted(self, post: dict[str, Any], place: int) -> bool:
        chosen = dict_in(self.topic.get("accepted_answer")).get("post_number")
        return post.get("accepted_answer") is True or (number_in(chosen) == place)

    def _reason_to_skip(self, post: dict[str, Any]) -> str:
        kind = post.get("post_type")
        if is_direct(post, self.topic):
            return reasons.DIRECT_MESSAGE
        if kind == _WHISPER:
            return reasons.STAFF_ONLY
        if kind == _SMALL_ACTION or post.get("action_code"):
            return reasons.TOPIC_CHANGED
        if post.get("deleted_at") or post.get("user_deleted") is True or self.topic.get("deleted_at"):
            return reasons.DELETED
        return reasons.WITHHELD if post.get("hidden") is True else ""


def _behind(reason: str, post: dict[str, Any]) -> Iterator[Record]:
    """A post that stays behind, and what hung on it."""
    yield Skipped(reason, post["where"])
    if lost := reaction_count(post):
        yield Noted(reasons.REACTION_BEHIND, post["where"], lost)
