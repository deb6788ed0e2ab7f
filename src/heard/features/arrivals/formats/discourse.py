"""Discourse: topics as its API gives them, or one post after another as tools keep them, as JSON in any packing."""

import re
from collections import Counter
from collections.abc import Iterator

from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.discourse_people import People
from heard.features.arrivals.formats.discourse_posts import Found, json_members
from heard.features.arrivals.formats.discourse_site import Site
from heard.features.arrivals.formats.discourse_talk import Talk
from heard.features.arrivals.formats.records import Record

_SIGNS = tuple(re.compile(rf'"{name}"\s*:') for name in ("cooked", "raw", "post_number", "topic_id", "topic_slug"))
_LOOKED_AT, _HEAD = 400, 1 << 16
_OF_AVATAR = re.compile(r"/user_avatar/([\w-]+(?:\.[\w-]+)+)/")
_OF_LINK = re.compile(
    r"https?://([\w-]+(?:\.[\w-]+)+(?::\d+)?)/(?:t/[\w%-]+/\d+|u/[\w.-]+|letter_avatar_proxy/|images/emoji/)"
)
_OF_POST = re.compile(r'"created_at"\s*:\s*"([\w:.+-]{10,40})"')


def recognises(archive: Archive) -> bool:
    """Whether topics or posts of Discourse stand in it."""
    for name in json_members(archive)[:20]:
        head = archive.head(name, _HEAD)
        if re.search(r'"(?:post_stream|latest_posts)"\s*:', head):
            return True
        if sum(bool(sign.search(head)) for sign in _SIGNS) >= 3:
            return True
    return False


def place_of(archive: Archive) -> str:
    """The host of the forum; where nothing names it, when the first of its posts was written."""
    host = host_of(archive)
    if host:
        return host
    members = json_members(archive)[:_LOOKED_AT]
    return min((moment for name in members for moment in _OF_POST.findall(archive.head(name, _HEAD))), default="")


def host_of(archive: Archive) -> str:
    """The host that pictures of people name, or that most links to topics and people lead to."""
    avatars: Counter[str] = Counter()
    links: Counter[str] = Counter()
    for name in json_members(archive)[:_LOOKED_AT]:
        head = archive.head(name, _HEAD).replace("\\/", "/")
        avatars.update(host.lower() for host in _OF_AVATAR.findall(head))
        links.update(host.lower() for host in _OF_LINK.findall(head))
    hosts = avatars or links
    return max(sorted(hosts), key=lambda host: hosts[host], default="")


def records(archive: Archive) -> Iterator[Record]:
    """People, then each topic with its posts, its category before the first of them."""
    people = People()
    found = Found(archive, people)
    yield from found.everything()
    yield from people.records()
    yield from Talk(found, Site(archive, host_of(archive), found, people)).records()
