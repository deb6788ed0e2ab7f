"""The people of a Slack workspace: staff, guests, programs, and those who are only known by what they said."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.json_stream import elements
from heard.features.arrivals.formats.records import Noted, PersonRecord, Standing
from heard.features.arrivals.formats.references import clean
from heard.features.arrivals.formats.slack_text import Labels

SLACKBOT = "USLACKBOT"


class Directory:
    """Who has been met so far; makes a record for each of them once."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self._by_program: dict[str, str] = {}

    def listed(self, archive: Archive, roots: list[str]) -> Iterator[PersonRecord | Noted]:
        """Everybody in the lists of people, once."""
        noted: list[Noted] = []
        for name in (root + file for root in roots for file in ("org_users.json", "users.json")):
            if name not in archive:
                continue
            for nth, user in enumerate(elements(archive, name, noted), 1):
                where = f"{name}, record {nth}"
                if not (isinstance(user, dict) and (key := _string(user.get("id")).upper())):
                    yield Noted(reasons.BROKEN_RECORD, where)
                elif key not in self.labels.people:
                    yield self._met(person_of(key, user, where))
                    self._note_program(user, key)
        yield from noted

    def is_known(self, key: str) -> bool:
        return key in self.labels.people

    def author(self, message: dict[str, Any], where: str) -> tuple[str, list[PersonRecord | Noted]]:
        """The key of who said a message, and the record that must come first where they are met here."""
        user, program = _string(message.get("user")), _string(message.get("bot_id"))
        name = _string(message.get("username"))
        profile = message.get("bot_profile")
        if not name and isinstance(profile, dict):
            name = _string(profile.get("name"))
        if user:
            key = user.upper()
            shown = "" if program else _name_in(message.get("user_profile"))
            standing: Standing = "program" if program or key == SLACKBOT else "unlisted"
            return key, self.met(key, where, name=shown or name, standing=standing)
        if not (program or name):
            return "", []
        key = self._by_program.get(program.upper(), "") or f"bot:{program.upper() or name}"
        return key, self.met(key, where, name=name, standing="program")

    def met(
        self, key: str, where: str, *, name: str = "", standing: Standing = "unlisted"
    ) -> list[PersonRecord | Noted]:
        """A placeholder for somebody whom no list names, and a note of it; nothing if they are known."""
        if self.is_known(key):
            return []
        if key == SLACKBOT:
            name, standing = "Slackbot", "program"
        record = PersonRecord(key=key, name=name or f"Somebody ({key})", standing=standing, where=where)
        found: list[PersonRecord | Noted] = [self._met(record)]
        return found if standing == "program" else [*found, Noted(reasons.PLACEHOLDER_AUTHOR, where)]

    def _met(self, record: PersonRecord) -> PersonRecord:
        self.labels.people[record.key] = record.name
        return record

    def _note_program(self, user: dict[str, Any], key: str) -> None:
        profile = user.get("profile")
        program = _string(profile.get("bot_id")) if isinstance(profile, dict) else ""
        if program:
            self._by_program[program.upper()] = key


def person_of(key: str, user: dict[str, Any], where: str) -> PersonRecord:
    """The record of one entry of `users.json`."""
    profile = user["profile"] if isinstance(user.get("profile"), dict) else {}
    handle = _string(user.get("name"))
    name = _string(profile.get("real_name")) or _string(user.get("real_name")) or _string(profile.get("display_name"))
    standing: Standing = "staff"
    if user.get("is_bot") or key == SLACKBOT:
        standing = "program"
    elif user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger"):
        standing = "guest"
    return PersonRecord(
        key=key,
        name=name or handle or f"Somebody ({key})",
        handle=handle,
        email=_string(profile.get("email")).lower(),
        title=_string(profile.get("title")),
        telephone=_string(profile.get("phone")),
        time_zone=_string(user.get("tz")),
        standing=standing,
        left_at=_left_at(user),
        where=where,
    )


def _left_at(user: dict[str, Any]) -> datetime | None:
    if not user.get("deleted"):
        return None
    updated = user.get("updated")
    if isinstance(updated, int | float) and 946_684_800 < updated < 4_102_444_800:
        return datetime.fromtimestamp(updated, UTC)
    return timezone.now()


def _name_in(profile: Any) -> str:
    if not isinstance(profile, dict):
        return ""
    return next((name for key in ("real_name", "display_name", "name") if (name := _string(profile.get(key)))), "")


def _string(value: Any) -> str:
    return clean(value).strip() if isinstance(value, str) else ""
