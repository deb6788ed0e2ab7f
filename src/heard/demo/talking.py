"""A conversation without a name, done step by step as the browsers of its writer and of listeners do it."""

import json
import random
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from heard.demo.browsers import Token
from heard.demo.confided import Talk
from heard.demo.letters import Writer, sealed, writer_with
from heard.demo.then import as_of
from heard.features.desk import actions as desk
from heard.features.desk.queries import conversation, group_names
from heard.features.voice import actions as voice
from heard.features.voice.actions.speaking import commitment
from heard.features.voice.queries import Because, public_keys, salt
from heard.features.voice.rules import BODY, agreement_in, beginning_in, reply_in
from heard.foundation.people.models import Person
from heard.plumbing.base64url import encode

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Listeners:
    """Those who answer, by turns, and what is sealed for them."""

    def __init__(self, people: Sequence[Person], chance: random.Random) -> None:
        self.people, self.chance = people, chance
        self.addresses = {key.code: bytes(key.public) for key in public_keys()}
        self.names = {key.code: key.name for key in public_keys()}

    def somebody(self) -> Person:
        return self.chance.choice(self.people)


class Talking:
    """A conversation as it goes on."""

    def __init__(self, digits: str, token: Token, listeners: Listeners) -> None:
        self.writer: Writer = writer_with(digits, salt())
        self.token, self.listeners = token, listeners
        self.has_begun, self.salt = False, secrets.token_bytes(32)

    def happen(self, talk: Talk, now: datetime) -> None:
        """Every step at its time; an hour later the clock hands it over."""
        for days, what, words in talk.steps:
            with as_of(now - days * DAY):
                if self.has_begun:
                    getattr(self, f"_{what}")(words)
                else:
                    self._begins(talk.kind, words)
            with as_of(now - days * DAY + HOUR):
                voice.settle()

    def _begins(self, kind: str, words: str) -> None:
        writer, token = self.writer, self.token
        name = group_names([token.group])[token.group]
        content = {"text": words, "pictures": [], "me": encode(writer.address), "group": name}
        body = {
            "thread": writer.thread,
            "kind": kind,
            "ballot": token.ballot,
            "group": token.group,
            "lookup": encode(writer.lookup),
            "public": encode(writer.address),
            "wrapped": encode(writer.wrapped),
            "token": token.travelling,
            "message": self._sealed("writer", content),
        }
        voice.begin(beginning_in(filled(body)), takes_strangers=False)
        self.has_begun = True

    def _says(self, words: str) -> None:
        self._adds({"text": words, "pictures": []})

    def _wishes(self, words: str) -> None:
        self._adds({"text": "", "wish": {"text": words}})

    def _adds(self, content: dict[str, Any]) -> None:
        said = {"lookup": encode(self.writer.lookup), "message": self._sealed("writer", content)}
        voice.say(reply_in(filled(said)))

    def _agrees(self, words: str) -> None:
        said = {"lookup": encode(self.writer.lookup), "text": words, "salt": encode(self.salt), "group": True}
        voice.agree_to_open(agreement_in(filled(said)))

    def _sees(self, _words: str) -> None:
        self._at_desk(desk.see)

    def _decides(self, _words: str) -> None:
        self._at_desk(desk.decide)

    def _finishes(self, _words: str) -> None:
        self._at_desk(desk.finish)

    def _hides(self, words: str) -> None:
        self._at_desk(desk.hide, Because(words))

    def _replies(self, words: str) -> None:
        self._at_desk(desk.reply, self._sealed("listener", {"text": words}))

    def _notes(self, words: str) -> None:
        self._at_desk(desk.note, self._sealed("note", {"text": words}))

    def _offers(self, words: str) -> None:
        offer = {"text": "", "offer": {"text": words, "salt": encode(self.salt)}}
        self._at_desk(desk.offer_to_open, self._sealed("listener", offer), commitment(words, self.salt))

    def _at_desk(self, do: Callable[..., None], *given: Any) -> None:
        by = self.listeners.somebody()
        do(conversation(by, self.writer.thread), *given, by=by)

    def _sealed(self, by: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """For all who listen, and for the writer unless it is a note; a writer's says who reads it, too."""
        content = {**content, "readers": self.listeners.names} if by == "writer" else content
        readers = self.listeners.addresses | ({} if by == "note" else {"writer": self.writer.address})
        return sealed(self.writer.thread, by, content, readers)


def filled(said: Mapping[str, Any]) -> bytes:
    """A body as the page sends it."""
    return json.dumps(said).encode().ljust(BODY)
