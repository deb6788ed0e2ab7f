"""Likes and other reactions to Discourse's posts, most of them without names."""

from collections.abc import Iterator
from typing import Any

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.discourse_emoji import emoji_named
from heard.features.arrivals.formats.discourse_people import People
from heard.features.arrivals.formats.records import CountRecord, Noted, ReactionRecord
from heard.features.arrivals.formats.values import dict_in, dicts_in, number_in, text_in

_LIKE = 2
_LONGEST_NAME, _MOST = 38, 1_000_000


def reactions_of(post: dict[str, Any], key: str, people: People) -> Iterator[ReactionRecord | CountRecord | Noted]:
    """A record for each person who is named and each emoji, and one for all others with the same emoji."""
    where = post["where"]
    counts: dict[str, int] = {}
    named: set[tuple[str, str]] = set()
    for name, count, users in _reactions(post):
        emoji = emoji_named(name)
        if not emoji:
            emoji = f":{name[:_LONGEST_NAME]}:"
            yield Noted(reasons.CUSTOM_EMOJI, where, count)
        for user in users:
            person = people.key_of(user)
            if person and (person, emoji) not in named and count:
                named.add((person, emoji))
                count -= 1
                yield ReactionRecord(key, person, emoji, where=where)
        counts[emoji] = counts.get(emoji, 0) + count
    yield from (CountRecord(key, emoji, count, where) for emoji, count in counts.items() if count)


def reaction_count(post: dict[str, Any]) -> int:
    """How many reactions a post has."""
    return sum(count for _name, count, _users in _reactions(post))


def _reactions(post: dict[str, Any]) -> list[tuple[str, int, list[str]]]:
    """Name, count and known usernames of each emoji. Where reactions are listed, they hold the likes already."""
    found = []
    for one in dicts_in(post.get("reactions")):
        users = [text_in(dict_in(user).get("username")) for user in dicts_in(one.get("users"))]
        if name := text_in(one.get("id")).strip(":"):
            found.append((name, max(_count(one), len(set(users))), users))
    if not found:
        likes = sum(_count(one) for one in dicts_in(post.get("actions_summary")) if one.get("id") == _LIKE)
        found = [("heart", likes, [])]
    return [one for one in found if one[1]]


def _count(one: dict[str, Any]) -> int:
    return min(max(number_in(one.get("count")) or 0, 0), _MOST)
