"""Finds posts, topics, categories and people in Discourse's JSON, whatever shape it has, and puts them on the shelf."""

import json
import re
from collections.abc import Iterator
from typing import Any

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.discourse_people import People
from heard.features.arrivals.formats.discourse_reactions import reaction_count
from heard.features.arrivals.formats.json_stream import parts
from heard.features.arrivals.formats.records import Noted, Record, Skipped
from heard.features.arrivals.formats.shelf import Shelf, Sorted
from heard.features.arrivals.formats.values import dict_in, dicts_in, list_in, number_in, text_in

_POSTS = ("", "posts", "latest_posts", "private_posts")
_WITHIN = frozenset([*_POSTS, "post_stream", "topic_list", "topics", "category_list", "categories", "users"])
_OF_POST = (
    "id user_id username topic_id topic_title post_number post_type action_code reply_to_post_number category_id "
    "created_at updated_at version reads raw cooked hidden deleted_at user_deleted wiki actions_summary reactions "
    "accepted_answer polls can_vote archetype topic_archetype"
)
_OF_TOPIC = (
    "title category_id tags closed archived pinned pinned_globally archetype accepted_answer vote_count can_vote "
    "deleted_at stream"
)
_POST_FIELDS, _TOPIC_FIELDS = frozenset(_OF_POST.split()), frozenset(_OF_TOPIC.split())
_IN_TOPIC = frozenset(["fancy_title", "post_stream", "latest_posts"])
_LINKED = re.compile(r'data-type="category" data-slug="([\w-]{1,80})" data-id="(\d{1,9})"', re.ASCII)
_ABOUT = re.compile(r"About the (.{1,80}) category")


def json_members(archive: Archive) -> list[str]:
    """The members that may hold posts."""
    return [name for name in archive.names if not archive.is_packed or name.lower().endswith(".json")]


class Found:
    """What stands in an archive, each post once and in its newest version."""

    def __init__(self, archive: Archive, people: People) -> None:
        self.archive, self.people = archive, people
        self.posts = Sorted()
        self.categories: dict[int, dict[str, Any]] = {}
        self.asked: set[int] = set()
        self._topics = Shelf()

    def topic(self, number: int) -> dict[str, Any]:
        """What a topic says of itself, beside what its posts say."""
        kept = self._topics.get(number)
        return dict_in(json.loads(kept)) if kept else {}

    def everything(self) -> Iterator[Record]:
        """Reads all members; gives what stays behind already here."""
        noted: list[Noted] = []
        for name in json_members(self.archive):
            rest: dict[str, Any] = {}
            nth = 0
            for part, thing in parts(self.archive, name, _WITHIN, noted):
                if part in _WITHIN:
                    nth += 1
                    yield from self._take(part, thing, f"{name}, record {nth}")
                else:
                    rest[part] = thing
            if is_post(rest):
                yield from self._post(rest, name)
            elif "title" in rest or "stream" in rest:
                self._topic(rest, name)
        yield from noted

    def _take(self, part: str, thing: Any, where: str) -> Iterator[Record]:
        if not isinstance(thing, dict):
            if part in _POSTS:
                yield Skipped(reasons.NO_MESSAGE, where)
        elif part == "private_posts":
            yield Skipped(reasons.DIRECT_MESSAGE, where)
        elif part == "categories" or "read_restricted" in thing:
            self._category(thing)
        elif part == "users":
            self.people.meet(thing, where, id_field="id")
        elif part == "topics" or not (_IN_TOPIC.isdisjoint(thing) or is_post(thing)):
            yield from self._whole_topic(thing, where)
        elif is_post(thing):
            yield from self._post(thing, where)
        else:
            yield Skipped(reasons.NO_MESSAGE, where)

    def _whole_topic(self, topic: dict[str, Any], where: str) -> Iterator[Record]:
        """A topic, and the posts that stand within it."""
        stream = dict_in(topic.get("post_stream"))
        for nth, post in enumerate([*list_in(stream.get("posts")), *list_in(topic.get("latest_posts"))], 1):
            yield from self._take("posts", post, f"{where}, post {nth}")
        self._topic(topic | {"stream": stream.get("stream")}, where)

    def _topic(self, topic: dict[str, Any], where: str) -> None:
        number = number_in(topic.get("id"))
        if number is None:
            return
        kept = {field: topic[field] for field in _TOPIC_FIELDS & topic.keys() if topic[field] is not None}
        self._topics.put(number, json.dumps(self.topic(number) | kept | {"where": where}))

    def _category(self, category: dict[str, Any]) -> None:
        number = number_in(category.get("id"))
        if number is None:
            return
        fields = ("name", "slug", "description_text", "description_excerpt", "read_restricted")
        self.categories[number] = {field: category.get(field) for field in fields}
        for inner in dicts_in(category.get("subcategory_list")):
            self._category(inner)

    def _post(self, post: dict[str, Any], where: str) -> Iterator[Record]:
        key, topic = number_in(post.get("id")), number_in(post.get("topic_id"))
        place = number_in(post.get("post_number"))
        if not (key and topic and place) or min(key, topic, place) < 1:
            yield Skipped(reasons.NO_MESSAGE, where)
            return
        self.people.meet(post, where)
        self._learn(post, topic, place)
        kept = {field: post[field] for field in _POST_FIELDS & post.keys() if post[field] is not None}
        kept["where"] = where
        before = self.posts.get(key)
        older = kept
        if before is None:
            self.posts.put(key, topic, place, json.dumps(kept))
            return
        earlier = json.loads(before)
        if _newness(kept) > _newness(earlier):
            self.posts.replace(key, topic, place, json.dumps(kept))
            older = earlier
        yield Skipped(reasons.SAID_TWICE, older["where"])
        if count := reaction_count(older):
            yield Noted(reasons.SAME_REACTION, older["where"], count)

    def _learn(self, post: dict[str, Any], topic: int, place: int) -> None:
        """What a post says of its topic and of its category."""
        if post.get("accepted_answer") is True:
            self.asked.add(topic)
        about = _ABOUT.fullmatch(text_in(post.get("topic_title"))) if place == 1 else None
        category = number_in(post.get("category_id"))
        if about and category is not None and len(self.categories.get(category, {})) < 3:
            self.categories[category] = self.categories.get(category, {}) | {"name": about[1]}
        cooked = post.get("cooked")
        for slug, number in _LINKED.findall(cooked) if isinstance(cooked, str) and "hashtag-cooked" in cooked else ():
            known = self.categories.setdefault(int(number), {"name": slug})
            known.setdefault("slug", slug)


def is_post(thing: dict[str, Any]) -> bool:
    """Whether this is a post, and no topic, category or person."""
    return "post_number" in thing and ("cooked" in thing or "raw" in thing)


def is_direct(post: dict[str, Any], topic: dict[str, Any]) -> bool:
    """Whether a post was written to some people and not to the forum."""
    said = (topic.get("archetype"), post.get("topic_archetype"), post.get("archetype"))
    return "private_message" in said


def _newness(post: dict[str, Any]) -> tuple[int, str, int]:
    """Of two copies of a post the one edited later is newer, or the one that was read by more."""
    version, reads = number_in(post.get("version")), number_in(post.get("reads"))
    return version or 0, text_in(post.get("updated_at")), reads or 0
