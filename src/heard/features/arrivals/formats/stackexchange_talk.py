"""Questions of a Stack Exchange site with their answers, and the comments on both."""

import json
import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.moments import latest_moment, moment_in
from heard.features.arrivals.formats.records import Noted, Record, ReplyRecord, Skipped, ThreadRecord
from heard.features.arrivals.formats.shelf import Sorted
from heard.features.arrivals.formats.stackexchange_people import People
from heard.features.arrivals.formats.stackexchange_site import Site
from heard.features.arrivals.formats.stackexchange_text import Words, called

_TAG = re.compile(r"[^<>|\s]+")
_SCORE = re.compile(r"-?\d{1,9}")


class Talk:
    """Gives one question after another from the shelf, each with what belongs to it."""

    def __init__(self, posts: Sorted, comments: Sorted, people: People, site: Site, community: str) -> None:
        self.posts, self.comments, self.people, self.community = posts, comments, people, community
        self.words = Words(people, site)
        self.latest = latest_moment()
        self.thread = ""
        self.present: dict[str, str] = {}

    def records(self) -> Iterator[Record]:
        """Everything, also comments on what is not there."""
        for question in self.posts.groups():
            yield from self._question(question)
        for post in self.comments.groups():
            if post not in self.posts:
                self.thread, self.present = "", {}
                yield from self._comments(post, post, "")

    def _question(self, question: int) -> Iterator[Record]:
        self.thread, self.present = "", {}
        accepted = ""
        for key, place, kept in self.posts.of(question):
            row = json.loads(kept)
            is_question = place == 0
            accepted = row.get("AcceptedAnswerId", "") if is_question else accepted
            came = False
            for record in self._post(key, question, row, is_question, accepted == str(key)):
                came = came or isinstance(record, ReplyRecord)
                yield record
            yield from self._comments(key, question, str(key) if came else "")

    def _post(
        self, key: int, question: int, row: dict[str, Any], is_question: bool, is_accepted: bool
    ) -> Iterator[Record]:
        where = row["where"]
        said_at = moment_in(row.get("CreationDate"), self.latest)
        if said_at is None:
            yield Skipped(reasons.NO_TIME, where)
            return
        secrets = self.words.secrets
        text = self.words.markdown(row.get("Body", ""))
        if not text and not row.get("Title"):
            yield Skipped(reasons.NO_WORDS, where)
            return
        author = yield from self._author(row.get("OwnerUserId", ""), row.get("OwnerDisplayName", ""), where)
        edited_at = moment_in(row.get("LastEditDate"), self.latest)
        if removed := self.words.secrets - secrets:
            yield Noted(reasons.SECRET_REMOVED, where, removed)
        if row.get("CommunityOwnedDate"):
            yield Noted(reasons.WIKI, where)
        if is_question:
            self.thread = str(key)
            yield ThreadRecord(
                key=str(key),
                community_key=self.community,
                author_key=author,
                said_at=said_at,
                text=text,
                title=row.get("Title", ""),
                kind="ask",
                edited_at=edited_at,
                tags=tuple(dict.fromkeys(_TAG.findall(row.get("Tags", "")))),
                score=_score(row),
                is_closed=bool(row.get("ClosedDate")),
                where=where,
            )
            return
        reply = ReplyRecord(
            key=str(key),
            thread_key="",
            author_key=author,
            said_at=said_at,
            text=text,
            edited_at=edited_at,
            score=_score(row),
            is_accepted=is_accepted,
            where=where,
        )
        yield from self._placed(reply, question)

    def _comments(self, post: int, question: int, answers: str) -> Iterator[Record]:
        for key, _place, kept in self.comments.of(post):
            row = json.loads(kept)
            where = row["where"]
            said_at = moment_in(row.get("CreationDate"), self.latest)
            secrets = self.words.secrets
            text = self.words.comment(row.get("Text", ""), self.present)
            if said_at is None or not text:
                yield Skipped(reasons.NO_TIME if said_at is None else reasons.NO_WORDS, where)
                continue
            author = yield from self._author(row.get("UserId", ""), row.get("UserDisplayName", ""), where)
            if removed := self.words.secrets - secrets:
                yield Noted(reasons.SECRET_REMOVED, where, removed)
            comment = ReplyRecord(
                key=f"c{key}",
                thread_key="",
                author_key=author,
                said_at=said_at,
                text=text,
                answers_key=answers,
                score=_score(row),
                where=where,
            )
            yield from self._placed(comment, question)

    def _author(self, key: str, name: str, where: str) -> Generator[Record, None, str]:
        author, known_as, first = self.people.author(key, name, where)
        self.present[called(known_as)] = author
        yield from first
        return author

    def _placed(self, reply: ReplyRecord, question: int) -> Iterator[Record]:
        """A reply in its thread, or under a stand-in where the question is missing."""
        if self.thread in ("", f"{question}/thread"):
            yield Noted(reasons.PARENT_MISSING, reply.where)
        if not self.thread:
            self.thread = f"{question}/thread"
            yield ThreadRecord(
                key=self.thread,
                community_key=self.community,
                author_key=reply.author_key,
                said_at=reply.said_at,
                text=_("The question that began this conversation was not in the archive."),
                kind="ask",
                is_stand_in=True,
                where=reply.where,
            )
        yield replace(reply, thread_key=self.thread)


def _score(row: dict[str, Any]) -> int | None:
    value = row.get("Score", "")
    return int(value) if _SCORE.fullmatch(value) else None
