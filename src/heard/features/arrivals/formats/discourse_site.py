"""Which addresses lead to posts, people and categories of the same forum, and where its pictures are."""

import json
import re
from typing import Any

from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.discourse_people import People
from heard.features.arrivals.formats.discourse_posts import Found, is_direct
from heard.features.arrivals.formats.references import community_reference, message_reference, person_reference
from heard.features.arrivals.formats.values import number_in, text_in

_HOST = re.compile(r"(?:https?:)?//([\w.-]+(?::\d+)?)(?=/|$)", re.IGNORECASE)
_PATH = re.compile(
    r"/t/(?:(?=\d*+[^/?#])[^/?#]++/)?(?P<topic>\d{1,17})(?:/(?P<place>\d{1,9}))?(?:[/?#].*)?"
    r"|/p/(?P<post>\d{1,17})(?:[/?#].*)?"
    r"|/u(?:sers)?/(?P<person>[\w.-]+)(?:[/?#].*)?"
    r"|/c/(?:[\w%-]+/)*(?P<category>\d{1,9})(?:[/?#].*)?"
)


class Site:
    """One forum: what its addresses and names stand for."""

    def __init__(self, archive: Archive, host: str, found: Found, people: People) -> None:
        self.host, self.found, self.people = host, found, people
        self._files = {name[name.rindex("uploads/") :]: name for name in archive.names if "uploads/" in name}
        self.slugs = {
            slug: number for number, one in found.categories.items() if (slug := text_in(one.get("slug")).lower())
        }

    def whole(self, address: str) -> str:
        """An address of this site with its host."""
        if address.startswith("//"):
            return f"https:{address}"
        return f"https://{self.host}{address}" if address.startswith("/") and self.host else address

    def reference(self, address: str, label: str) -> str | None:
        """A reference in place of a link that leads to something of this forum; nothing where it leads elsewhere."""
        path = self._path(address)
        found = _PATH.fullmatch(path) if path else None
        if found is None:
            return None
        if found["person"]:
            return self.mention(found["person"])
        if found["category"]:
            return self.category(int(found["category"]), label)
        if found["post"]:
            key = int(found["post"]) if int(found["post"]) in self.found.posts else None
        else:
            key = self.found.posts.key_at(int(found["topic"]), int(found["place"] or 1))
        if key is None:
            return None
        return message_reference(str(key), label or self.title(key))

    def quoted(self, topic: str, place: str, name: str) -> str | None:
        """A reference to the post that words were quoted from."""
        if not (topic.isdecimal() and place.isdecimal() and len(topic) < 18 and len(place) < 18):
            return None
        key = self.found.posts.key_at(int(topic), int(place))
        return message_reference(str(key), name) if key is not None else None

    def mention(self, username: str) -> str | None:
        """A mention of somebody; nothing where nobody is called so."""
        key = self.people.key_of(username)
        return person_reference(key, f"@{username}") if key else None

    def category(self, number: int, label: str) -> str | None:
        """A link to a category; its name is not said where not everybody may know of it."""
        category = self.found.categories.get(number)
        if category is None or category.get("read_restricted"):
            return None
        return community_reference(str(number), label.lstrip("#") or text_in(category.get("name")))

    def title(self, post: int) -> str:
        """What the topic of a post is called, unless not everybody may know."""
        kept: dict[str, Any] = json.loads(self.found.posts.get(post) or "{}")
        topic = self.found.topic(number_in(kept.get("topic_id")) or 0)
        category = self.found.categories.get(number_in(topic.get("category_id", kept.get("category_id"))) or 0, {})
        is_hidden = bool(category.get("read_restricted")) or is_direct(kept, topic)
        return "" if is_hidden else text_in(kept.get("topic_title"))

    def member(self, address: str) -> str:
        """The file in the archive that an address of an upload stands for, or nothing."""
        at = address.find("/uploads/")
        return self._files.get(address[at + 1 :], "") if at >= 0 else ""

    def _path(self, address: str) -> str:
        found = _HOST.match(address)
        if found is None:
            return address if address.startswith("/") else ""
        return address[found.end() :] if found[1].lower() == self.host else ""
