"""What counts as one emoji, by the rules of Unicode (UTS #51), and the emoji behind a short name."""

import re
from functools import cache
from importlib.resources import files

# Characters that are emoji, some of them reserved for emoji to come; and those among them that are shown as text
# unless U+FE0F follows, and those that take a skin tone. From emoji-data.txt of Unicode 16.
_EMOJI = """
a9 ae 203c 2049 2122 2139 2194-2199 21a9-21aa 231a-231b 2328 23cf 23e9-23f3 23f8-23fa 24c2 25aa-25ab 25b6 25c0
25fb-25fe 2600-2604 260e 2611 2614-2615 2618 261d 2620 2622-2623 2626 262a 262e-262f 2638-263a 2640 2642 2648-2653
265f-2660 2663 2665-2666 2668 267b 267e-267f 2692-2697 2699 269b-269c 26a0-26a1 26a7 26aa-26ab 26b0-26b1 26bd-26be
26c4-26c5 26c8 26ce-26cf 26d1 26d3-26d4 26e9-26ea 26f0-26f5 26f7-26fa 26fd 2702 2705 2708-270d 270f 2712 2714 2716
271d 2721 2728 2733-2734 2744 2747 274c 274e 2753-2755 2757 2763-2764 2795-2797 27a1 27b0 27bf 2934-2935 2b05-2b07
2b1b-2b1c 2b50 2b55 3030 303d 3297 3299 1f004 1f0cf 1f170-1f171 1f17e-1f17f 1f18e 1f191-1f19a 1f201-1f202 1f21a
1f22f 1f232-1f23a 1f250-1f251 1f300-1f321 1f324-1f393 1f396-1f397 1f399-1f39b 1f39e-1f3f0 1f3f3-1f3f5 1f3f7-1f4fd
1f4ff-1f53d 1f549-1f54e 1f550-1f567 1f56f-1f570 1f573-1f57a 1f587 1f58a-1f58d 1f590 1f595-1f596 1f5a4-1f5a5 1f5a8
1f5b1-1f5b2 1f5bc 1f5c2-1f5c4 1f5d1-1f5d3 1f5dc-1f5de 1f5e1 1f5e3 1f5e8 1f5ef 1f5f3 1f5fa-1f64f 1f680-1f6c5
1f6cb-1f6d2 1f6d5-1f6e5 1f6e9 1f6eb-1f6f0 1f6f3-1f6ff 1f7e0-1f7eb 1f7f0 1f90c-1f93a 1f93c-1f945 1f947-1f9ff
1fa70-1faff
"""
_SHOWN_AS_TEXT = """
a9 ae 203c 2049 2122 2139 2194-2199 21a9-21aa 2328 23cf 23ed-23ef 23f1-23f2 23f8-23fa 24c2 25aa-25ab 25b6 25c0
25fb-25fc 2600-2604 260e 2611 2618 261d 2620 2622-2623 2626 262a 262e-262f 2638-263a 2640 2642 265f-2660 2663
2665-2666 2668 267b 267e 2692 2694-2697 2699 269b-269c 26a0 26a7 26b0-26b1 26c8 26cf 26d1 26d3 26e9 26f0-26f1 26f4
26f7-26f9 2702 2708-2709 270c-270d 270f 2712 2714 2716 271d 2721 2733-2734 2744 2747 2763-2764 27a1 2934-2935
2b05-2b07 3030 303d 3297 3299 1f170-1f171 1f17e-1f17f 1f202 1f237 1f321 1f324-1f32c 1f336 1f37d 1f396-1f397
1f399-1f39b 1f39e-1f39f 1f3cb-1f3ce 1f3d4-1f3df 1f3f3 1f3f5 1f3f7 1f43f 1f441 1f4fd 1f549-1f54a 1f56f-1f570
1f573-1f579 1f587 1f58a-1f58d 1f590 1f5a5 1f5a8 1f5b1-1f5b2 1f5bc 1f5c2-1f5c4 1f5d1-1f5d3 1f5dc-1f5de 1f5e1 1f5e3
1f5e8 1f5ef 1f5f3 1f5fa 1f6cb 1f6cd-1f6cf 1f6e0-1f6e5 1f6e9 1f6f0 1f6f3
"""
_TAKES_A_TONE = """
261d 26f9 270a-270d 1f385 1f3c2-1f3c4 1f3c7 1f3ca-1f3cc 1f442-1f443 1f446-1f450 1f466-1f469 1f46b-1f46e 1f470-1f478
1f47c 1f481-1f483 1f485-1f487 1f48f 1f491 1f4aa 1f574-1f575 1f57a 1f590 1f595-1f596 1f645-1f647 1f64b-1f64f 1f6a3
1f6b4-1f6b6 1f6c0 1f6cc 1f90c 1f90f 1f918-1f91f 1f926 1f930-1f939 1f93d-1f93e 1f977 1f9b5-1f9b6 1f9b8-1f9b9 1f9bb
1f9cd-1f9cf 1f9d1-1f9dd 1fac3-1fac5 1faf0-1faf8
"""
_EITHER_OF_TWO = "👨👩🧑🫱🫲"
# One sign for two who share a skin tone, and the two where they do not.
_PAIRS = {
    "🤝": "🫱\u200d🫲",
    "👫": "👩\u200d🤝\u200d👨",
    "👬": "👨\u200d🤝\u200d👨",
    "👭": "👩\u200d🤝\u200d👩",
    "💏": "🧑\u200d❤\ufe0f\u200d💋\u200d🧑",
    "💑": "🧑\u200d❤\ufe0f\u200d🧑",
}
_TONES = dict(zip("23456", "🏻🏼🏽🏾🏿", strict=True))
_SHORT_NAME = re.compile(r"([\w+'.-]+?)(?:::skin-tone-([2-6])(?:(?:-|::skin-tone-)([2-6]))?)?")
_COUNTRY = re.compile(r"flag-([a-z])([a-z])")


def as_emoji(text: str) -> str | None:
    """The text if it is one emoji and nothing else, as Unicode writes it in full (❤ becomes ❤️), or None."""
    if len(text) > 16 or not _one_emoji().fullmatch(text):
        return None
    return _unqualified().sub("\\g<0>\ufe0f", _needless().sub("\\1", text))


def is_emoji(text: str) -> bool:
    """Whether the text is one emoji: a joined family, a flag, a keycap or one with a skin tone is one."""
    return as_emoji(text) is not None


def from_short_name(name: str) -> str | None:
    """The emoji called `name` in chat, with its colons or without (`:+1::skin-tone-3:`), or None.

    None is what an organisation's own emoji give: their pictures are not known here.
    """
    match = _SHORT_NAME.fullmatch(name.strip().strip(":").lower())
    if match is None:
        return None
    base, *tones = match.groups()
    if country := _COUNTRY.fullmatch(base):
        return "".join(chr(0x1F1E6 - ord("a") + ord(letter)) for letter in country.groups())
    emoji = _short_names().get(base)
    if emoji is None or tones[0] is None:
        return emoji
    return _with_tones(emoji, _TONES[tones[0]], _TONES[tones[1] or tones[0]])


def _with_tones(emoji: str, first: str, last: str) -> str:
    """The emoji in one or two skin tones, where it takes any."""
    if first != last:
        emoji = _PAIRS.get(emoji, emoji)
    joined = emoji.split("\u200d")
    last_index = len(joined) - 1
    are_two = last_index > 0 and joined[0][0] in _EITHER_OF_TWO and joined[-1][0] in _EITHER_OF_TWO
    for index in (0, last_index) if are_two else (0,):
        if _takes_a_tone().match(joined[index]):
            tone = first if index == 0 else last
            joined[index] = joined[index][0] + tone + joined[index][1:].removeprefix("\ufe0f")
    return "\u200d".join(joined)


def _class(ranges: str) -> str:
    """`"a9 2194-2199"` as the characters of a class in a regular expression."""
    return "".join("-".join(f"\\U{int(code, 16):08x}" for code in run.split("-")) for run in ranges.split())


@cache
def _one_emoji() -> re.Pattern[str]:
    element = f"(?:[{_class(_TAKES_A_TONE)}]\ufe0f?[🏻-🏿]|[{_class(_EMOJI)}]\ufe0f?)"
    flag = "[🇦-🇿]{2}|🏴[\U000e0061-\U000e007a\U000e0030-\U000e0039]{3,6}\U000e007f"
    return re.compile(f"{element}(?:\u200d{element}){{0,3}}|{flag}|[0-9#*]\ufe0f?\u20e3")


@cache
def _unqualified() -> re.Pattern[str]:
    return re.compile(f"[{_class(_SHOWN_AS_TEXT)}](?![\ufe0f🏻-🏿])|[0-9#*](?=\u20e3)")


@cache
def _needless() -> re.Pattern[str]:
    return re.compile(f"([^{_class(_SHOWN_AS_TEXT)}0-9#*])\ufe0f|(?<=.)\ufe0f(?=[🏻-🏿])")


@cache
def _takes_a_tone() -> re.Pattern[str]:
    return re.compile(f"[{_class(_TAKES_A_TONE)}]")


@cache
def _short_names() -> dict[str, str]:
    table = files(__package__).joinpath("short_names.txt").read_text(encoding="utf-8")
    rows = (line.split(" ") for line in table.splitlines() if line[0] != "#" or line.startswith("#\ufe0f"))
    return {name: emoji for emoji, *names in rows for name in names}
