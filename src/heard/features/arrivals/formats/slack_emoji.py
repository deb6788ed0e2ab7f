"""Slack's names of emoji, as the emoji themselves."""

import re
from functools import cache
from importlib.resources import files

_NAME = re.compile(r":([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:", re.IGNORECASE)
_TONES = {"2": "\U0001f3fb", "3": "\U0001f3fc", "4": "\U0001f3fd", "5": "\U0001f3fe", "6": "\U0001f3ff"}
_OLD_NAMES = {"simple_smile": "🙂", "slightly_smiling": "🙂", "thumbsup_all": "🙌", "hotdog": "🌭"}


@cache
def _known() -> dict[str, tuple[str, bool]]:
    known = {name: (sign, False) for name, sign in _OLD_NAMES.items()}
    table = files("heard.features.arrivals.formats").joinpath("slack_emoji.txt").read_text("utf-8")
    for line in table.splitlines():
        if not line.startswith("# "):
            sign, *names = line.split(" ")
            takes_tone = sign.startswith("+")
            known |= dict.fromkeys(names, (sign.removeprefix("+"), takes_tone))
    return known


def emoji_named(name: str) -> str:
    """The emoji of a name such as `+1` or `wave::skin-tone-3`, or nothing for an emoji of their own making."""
    bare, _colons, tone = name.strip(":").partition("::skin-tone-")
    sign, takes_tone = _known().get(bare) or _known().get(bare.lower()) or ("", False)
    if not (tone in _TONES and takes_tone):
        return sign
    rest = sign[1:].removeprefix("\ufe0f")
    return sign[0] + _TONES[tone] + rest


def with_emoji(text: str) -> str:
    """Puts emoji where their names stand between colons; other names stay as they are."""
    if ":" not in text:
        return text
    return _NAME.sub(lambda found: emoji_named(found[0]) or found[0], text)
