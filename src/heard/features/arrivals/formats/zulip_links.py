"""Addresses inside one Zulip: of messages, topics, channels and uploaded files."""

import re
from collections.abc import Callable
from urllib.parse import unquote

from heard.features.arrivals.formats.references import clean, community_reference, message_reference

_NARROW = re.compile(
    r"(?P<host>https?://[^/\s#]+)?/?#narrow/(?:stream|channel)/(?P<channel>\d{1,12})(?:-(?P<slug>[^/]*))?"
    r"(?:/(?:topic|subject)/(?P<topic>[^/]*))?(?:/(?:near|with)/(?P<message>\d{1,18}))?/?"
)
_UPLOADED = re.compile(
    r"(?:https?://[^/\s]+)?/?user_uploads/(?:thumbnail/)?(?P<path>\d{1,9}(?:/[^/\s?#()]+){1,5}?)(?:/\d++x\d++[\w.-]*+)?"
    r"(?:[?#].*)?"
)


class Places:
    """Channels by their ids; knows which addresses lead to what the archive holds."""

    def __init__(self, first_in: Callable[[str, str], str], host: str = "") -> None:
        """`first_in` gives the key of the first message of a channel's topic; `host` is what hosts begin with."""
        self.first_in, self.host = first_in, host
        self.channels: dict[str, str] = {}

    def reference(self, address: str, label: str) -> str | None:
        """The reference that an address is, or nothing where it leads elsewhere."""
        found = _NARROW.fullmatch(address) if "#narrow/" in address else None
        if found is None or not self._is_here(found):
            return None
        key = found["channel"]
        if found["message"]:
            return message_reference(found["message"], label)
        return self.topic(key, topic_in(found["topic"] or ""), label)

    def topic(self, key: str, topic: str, label: str = "") -> str | None:
        """A reference to a topic's first message, or else to its channel if that is here."""
        if topic and (first := self.first_in(key, topic)):
            return message_reference(first, label or topic)
        if key not in self.channels:
            return None
        # The name of a channel is never added to a text that does not give it.
        return community_reference(key, label or "#")

    def _is_here(self, found: re.Match[str]) -> bool:
        """Whether an address is of this place: without a host, or with the name that the channel has here."""
        if not found["host"]:
            return True
        name, host = self.channels.get(found["channel"]), found["host"].partition("//")[2]
        is_host = bool(self.host) and host.startswith(f"{self.host}.")
        return is_host or (bool(name) and bool(found["slug"]) and slug_of(name or "") == slug_of(found["slug"]))


def uploaded(address: str) -> tuple[str, str] | None:
    """Where an uploaded file lies among the uploads, and its name; nothing if the address is of no upload."""
    found = _UPLOADED.fullmatch(address) if "user_uploads/" in address else None
    if found is None:
        return None
    path = clean(unquote(found["path"]))
    return path, path.rpartition("/")[2]


def slug_of(name: str) -> str:
    """What stays of a channel's name in addresses and in the names of folders."""
    return re.sub(r"[\W_]+", "-", topic_in(name)).strip("-").casefold()


def topic_in(encoded: str) -> str:
    """A topic out of an address or the name of a file, where a dot stands for the percent sign."""
    return clean(unquote(re.sub(r"\.(?=[0-9A-Fa-f]{2})", "%", encoded)))


def titled(topic: str) -> tuple[str, bool]:
    """The title of a topic, empty where it has none, and whether the topic was resolved."""
    title = topic.removeprefix("✔ ").strip()
    return "" if title == "(no topic)" else title, topic.startswith("✔ ")


def unescaped(markdown: str) -> str:
    """Words without the backslashes that keep their signs from being markup."""
    return re.sub(r"\\([^\w\s])", r"\1", markdown)
