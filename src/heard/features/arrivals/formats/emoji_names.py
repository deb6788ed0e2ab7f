"""The names that Slack, and others after it, give emoji, as the emoji themselves."""

import re

from heard.plumbing.text.emoji import from_short_name

_NAME = re.compile(r":([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:", re.IGNORECASE)
_OLD_NAMES = {"simple_smile": "🙂", "slightly_smiling": "🙂", "thumbsup_all": "🙌", "hotdog": "🌭"}


def emoji_named(name: str) -> str:
    """The emoji of a name such as `+1` or `wave::skin-tone-3`, or nothing for an emoji of their own making."""
    bare = name.strip(":")
    return from_short_name(bare) or from_short_name(bare.lower()) or _OLD_NAMES.get(bare, "")


def with_emoji(text: str) -> str:
    """Puts emoji where their names stand between colons; other names stay as they are."""
    if ":" not in text:
        return text
    return _NAME.sub(lambda found: emoji_named(found[0]) or found[0], text)
