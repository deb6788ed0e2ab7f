"""Writes what the demo company said into the database, each word at its time, in few large steps."""

import random
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from heard.demo.company import is_within
from heard.demo.moments import dated, replied_at, said_at
from heard.demo.said import Thread as Script
from heard.foundation.communities.models import Community
from heard.foundation.conversation.actions.writing import EXCERPT
from heard.foundation.conversation.models import Hashtag, Kind, Mention, Reaction, Reply, Stage, Thread
from heard.foundation.people.models import Person
from heard.foundation.people.queries import Links
from heard.plumbing.ids import timed_id
from heard.plumbing.text import Rendered, render

_HANDLE = re.compile(r"(?<![\w@])@([a-z]+)\b")


class CastLinks:
    """Where the cast and hashtags are found, without asking the database for each text."""

    def __init__(self, cast: dict[str, Person]) -> None:
        self.by_handle = {person.handle: person for person in cast.values()}

    def people(self, handles: set[str]) -> dict[str, tuple[str, str]]:
        found = {handle: self.by_handle[handle] for handle in handles if handle in self.by_handle}
        return {handle: (f"/people/{handle}/", person.name) for handle, person in found.items()}

    def tag_url(self, tag: str) -> str:
        return Links().tag_url(tag)


@dataclass(slots=True)
class Said:
    """All rows of the conversation, gathered before any of them is written."""

    threads: list[Thread] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    hashtags: dict[tuple[int, str], Hashtag] = field(default_factory=dict)

    def write(self) -> None:
        """Everything at once, answers after what they answer."""
        Thread.objects.bulk_create(self.threads, batch_size=200)
        Reply.objects.bulk_create([reply for reply in self.replies if reply.parent_id is None], batch_size=200)
        Reply.objects.bulk_create([reply for reply in self.replies if reply.parent_id is not None], batch_size=200)
        Mention.objects.bulk_create(self.mentions, batch_size=500)
        Hashtag.objects.bulk_create(self.hashtags.values(), batch_size=500)
        Reaction.objects.bulk_create(self.reactions, batch_size=1000)


class Scribe:
    """Turns scripts into rows; every row it makes is in `said`."""

    def __init__(self, cast: dict[str, Person], codes: dict[int, str], *, now: datetime, chance: random.Random) -> None:
        self.cast, self.codes, self.now, self.chance = cast, codes, now, chance
        self.links = CastLinks(cast)
        self.by_handle = {person.handle: person for person in cast.values()}
        self.said = Said()

    def write_down(self, script: Script, community: Community, readers: list[Person]) -> Thread:
        """One thread with everything under it; `readers` are those who may have reacted."""
        author = self.cast[script.by]
        on_shifts = is_within(self.codes[author.unit_id or 0], "operations")
        at = said_at(script, now=self.now, at_weekends=on_shifts)
        source = self._source(script.text, at)
        rendered = render(source, link=self.links)
        thread = Thread(
            id=self._id(at),
            community=community,
            author=author,
            kind=Kind(script.kind),
            title=script.title,
            source=source,
            html=rendered.html,
            excerpt=rendered.excerpt(EXCERPT),
            created_at=at,
            newest_at=at,
            pinned_at=at + timedelta(hours=1) if script.pinned else None,
        )
        self.said.threads.append(thread)
        self._note(rendered, thread, None)
        thread.reactions = self._react(script.got, thread, None, readers, at)
        self._write_replies(script, thread, readers)
        return thread

    def _write_replies(self, script: Script, thread: Thread, readers: list[Person]) -> None:
        rows: dict[int, Reply] = {}
        for spoken, parent, at in replied_at(script, thread.created_at, now=self.now):
            source = self._source(spoken.text, at)
            rendered = render(source, link=self.links)
            reply = rows[id(spoken)] = Reply(
                id=self._id(at),
                thread=thread,
                parent=rows[id(parent)] if parent else None,
                author=self.cast[spoken.by],
                source=source,
                html=rendered.html,
                excerpt=rendered.excerpt(EXCERPT),
                created_at=at,
            )
            self.said.replies.append(reply)
            self._note(rendered, thread, reply)
            reply.reactions = self._react(spoken.got, thread, reply, readers, at)
            thread.newest_at = at
            if thread.kind != Kind.SHARE and reply.author_id != thread.author_id:
                thread.stage = Stage.ANSWERED
        thread.reply_count = len(rows)
        thread.version += len(rows)

    def _id(self, at: datetime) -> int:
        return timed_id(at, len(self.said.threads) + len(self.said.replies))

    def _source(self, text: str, at: datetime) -> str:
        """The words with their dates, and with the handles people really have where somebody else had one already."""
        return _HANDLE.sub(lambda found: f"@{self._handle(found[1])}", dated(text, at))

    def _handle(self, handle: str) -> str:
        return self.cast[handle].handle if handle in self.cast else handle

    def _note(self, rendered: Rendered, thread: Thread, reply: Reply | None) -> None:
        for handle in rendered.mentions:
            self.said.mentions.append(Mention(thread=thread, reply=reply, person=self.by_handle[handle]))
        for tag in rendered.hashtags:
            self.said.hashtags.setdefault((thread.pk, tag[:60]), Hashtag(thread=thread, tag=tag[:60]))

    def _react(
        self, got: tuple[tuple[str, int], ...], thread: Thread, reply: Reply | None, readers: list[Person], at: datetime
    ) -> dict[str, int]:
        """Reactions by readers other than the author, within three days; gives how many of each."""
        author = (reply or thread).author
        others = [person for person in readers if person.pk != author.pk]
        within = min(timedelta(days=3), self.now - at)
        counts = {}
        for emoji, wanted in got:
            people = self.chance.sample(others, min(wanted, len(others)))
            counts[emoji] = len(people)
            self.said.reactions += [
                Reaction(
                    thread=thread,
                    reply=reply,
                    person=person,
                    emoji=emoji,
                    reacted_at=at + within * self.chance.random(),
                )
                for person in people
            ]
        return counts
