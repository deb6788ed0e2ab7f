"""What Zulip's archive tool writes: a folder for each channel, a file for each topic, authors by name alone."""

import re
from collections.abc import Iterator
from typing import Any

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.acquaintances import Acquaintances
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.json_stream import elements, table_elements
from heard.features.arrivals.formats.moments import latest_moment, moment_of_seconds
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    FileRecord,
    Noted,
    PersonRecord,
    Record,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from heard.features.arrivals.formats.references import person_reference
from heard.features.arrivals.formats.shelf import Seen
from heard.features.arrivals.formats.values import dict_in, number_in, text_in
from heard.features.arrivals.formats.zulip_html import ZulipHtml
from heard.features.arrivals.formats.zulip_links import Places, titled, topic_in

_CHANNEL = re.compile(r"(?:.*/)?(\d{1,12})-([^/]+)")
_FIRST_ID = re.compile(r'(?<!\\)"id":\s*(\d{1,18})\b')
_INDEX = "stream_index.json"


def is_archive_of_topics(archive: Archive) -> bool:
    """Whether there are topics in folders of channels, and at least one of them is one by what stands in it."""
    names = [name for topics in _topics_of(archive).values() for name in topics]
    return any('"sender_full_name"' in archive.head(name, 65_536) for name in names[:5])


def place_of_topics(archive: Archive) -> str:
    """The oldest of its channels: nothing else in such an archive says where it came from."""
    return f"channel {min(int(key) for key, _name in _topics_of(archive))}"


def records_of_topics(archive: Archive) -> Iterator[Record]:
    """Every channel, and every topic of it, in the order of their names."""
    topics = _topics_of(archive)
    names = _names_in_index(archive)
    reading = _Topics(archive, topics)
    for key, folder_name in topics:
        yield reading.community(key, names.get(key) or topic_in(folder_name))
    for (key, _name), files in topics.items():
        for name in files:
            yield from reading.topic(key, name)
    known = {name for files in topics.values() for name in files}
    for name in archive.names:
        if name.endswith(".json") and name not in known and name.rpartition("/")[2] != _INDEX:
            yield from _left_behind(archive, name)
    yield from reading.noted


class _Topics:
    """Reads one topic after another. What it remembers of each message is its id, and that not in memory."""

    def __init__(self, archive: Archive, topics: dict[tuple[str, str], list[str]]) -> None:
        self.archive, self.latest = archive, latest_moment()
        self.places = Places(self._first_in)
        self.html = ZulipHtml(self.places, self._mention)
        self.people, self.seen = Acquaintances(), Seen()
        self.noted: list[Noted] = []
        self._files = topics
        self._by_topic: dict[tuple[str, str], str] | None = None
        self._firsts: dict[str, str] = {}

    def community(self, key: str, name: str) -> CommunityRecord:
        self.places.channels[key] = name
        return CommunityRecord(key=key, name=name, where=name)

    def topic(self, channel: str, name: str) -> Iterator[Record]:
        """The messages of one topic: the first begins a thread, the others are its replies."""
        title, is_resolved = titled(_topic_of(name))
        if is_resolved:
            yield Noted(reasons.RESOLVED, name)
        thread = ""
        for nth, message in enumerate(elements(self.archive, name, self.noted), 1):
            where = f"{name}, record {nth}"
            for record in self._message(message, channel, title, thread, where):
                if isinstance(record, ThreadRecord):
                    thread = record.key
                yield record

    def _message(self, message: Any, channel: str, title: str, thread: str, where: str) -> Iterator[Record]:
        message = dict_in(message)
        number = number_in(message.get("id"))
        if number is None:
            yield Skipped(reasons.NO_MESSAGE, where)
            return
        author = text_in(message.get("sender_full_name"))
        said_at = moment_of_seconds(message.get("timestamp"), self.latest)
        if not author or said_at is None:
            yield Skipped(reasons.NO_TIME if author else reasons.NO_AUTHOR, where)
            return
        secrets = self.html.secrets
        text = self.html.markdown(text_in(message.get("content")))
        if not (text or self.html.uploads):
            yield Skipped(reasons.NO_WORDS, where)
            return
        if not self.seen.is_new(number):
            yield Skipped(reasons.SAID_TWICE, where)
            return
        if lost := self.html.secrets - secrets:
            yield Noted(reasons.SECRET_REMOVED, where, lost)
        person, key = _key_of(author), str(number)
        if person not in self.people:
            yield self.people.listed(PersonRecord(key=person, name=author, standing="unlisted", where=where))
        text = as_status(text)
        if thread:
            yield ReplyRecord(key=key, thread_key=thread, author_key=person, said_at=said_at, text=text, where=where)
        else:
            yield ThreadRecord(
                key=key,
                community_key=channel,
                author_key=person,
                said_at=said_at,
                text=text,
                title=title,
                where=where,
            )
        for path, name in self.html.uploads.items():
            yield FileRecord(key, path, name, where=where)

    def _mention(self, person: str, label: str) -> str:
        name = label.removeprefix("@")
        return person_reference(_key_of(name), name) if person.isdecimal() else f"\\@{name}"

    def _first_in(self, channel: str, topic: str) -> str:
        """The id of the first message of a topic, which stands near the beginning of its file."""
        if self._by_topic is None:
            self._by_topic = {
                (key, _topic_of(name)): name for (key, _name), names in self._files.items() for name in names
            }
        name = self._by_topic.get((channel, topic), "")
        if name and name not in self._firsts:
            found = _FIRST_ID.search(self.archive.head(name, 65_536))
            self._firsts[name] = found[1] if found else ""
        return self._firsts.get(name, "")


def as_status(text: str) -> str:
    """Words after `/me` are what somebody does."""
    words = text.removeprefix("/me ")
    return f"_{words.strip()}_" if words != text and "\n" not in words and words.strip() else text


def _topics_of(archive: Archive) -> dict[tuple[str, str], list[str]]:
    """The files of each channel, by its id and its name."""
    found: dict[tuple[str, str], list[str]] = {}
    for folder, names in archive.folders().items():
        path = "/".join(part for part in (archive.folder, folder) if part)
        if (channel := _CHANNEL.fullmatch(path)) and archive.is_packed:
            topics = [name for name in names if name.endswith(".json") and not name.endswith(f"/{_INDEX}")]
            found.setdefault((channel[1], channel[2]), []).extend(topics)
    return {channel: names for channel, names in found.items() if names}


def _names_in_index(archive: Archive) -> dict[str, str]:
    """What channels are really called, where the archive has the tool's list of them."""
    if _INDEX not in archive:
        return {}
    listed = [dict_in(one) for _name, one in table_elements(archive, _INDEX, ("streams",))]
    return {text_in(dict_in(entry).get("id")): text_in(name) for each in listed for name, entry in each.items()}


def _left_behind(archive: Archive, name: str) -> Iterator[Skipped]:
    if archive.head(name, 64).lstrip().startswith("[") and (count := sum(1 for _one in elements(archive, name))):
        yield Skipped(reasons.UNKNOWN_FOLDER, name, count)


def _topic_of(name: str) -> str:
    return topic_in(name.rpartition("/")[2].removesuffix(".json"))


def _key_of(name: str) -> str:
    return f"name:{name[:200]}"
