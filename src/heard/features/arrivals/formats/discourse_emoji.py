"""Discourse's names of emoji, as the emoji themselves."""

from heard.features.arrivals.formats.from_html import plain
from heard.plumbing.text.emoji import from_short_name

# What Discourse calls otherwise than others do.
_TABLE = """
🤔 thinking|🤗 hugs hugging|🙄 roll_eyes|🙂 slight_smile|🙁 slight_frown|🤐 zipper_mouth|🖖 vulcan_salute|🤘 metal
🤦 facepalm person_facepalming|🤦‍♂️ man_facepalming|🤦‍♀️ woman_facepalming|🤷 person_shrugging|🤷‍♂️ man_shrugging
🤷‍♀️ woman_shrugging|🤣 rofl|🥰 smiling_face_with_three_hearts|🤖 robot|☹️ frowning_face|😦 frowning_face_with_open_mouth
😀 grinning_face|☺️ smiling_face|🏅 medal_sports|🥇 1st_place_medal|🥈 2nd_place_medal|🥉 3rd_place_medal
🕵️‍♂️ male_detective|🤮 vomiting_face|🤠 cowboy_hat_face|🤩 star_struck|🙇‍♂️ bowing_man|💁‍♀️ tipping_hand_woman
🙆‍♂️ ok_man|🤟 love_you_gesture|👊 fist_oncoming|🤛 fist_left|🤜 fist_right|🇪🇺 eu
"""
_NAMES = {
    name: sign
    for row in _TABLE.replace("\n", "|").split("|")
    if row.strip()
    for sign, *names in [row.split()]
    for name in names
}


def emoji_named(name: str) -> str:
    """The emoji of a name such as `+1` or `wave:t3`, or nothing for an emoji of their own making."""
    bare, _colons, tone = name.strip().strip(":").lower().partition(":t")
    toned = from_short_name(f"{bare}::skin-tone-{tone}") if tone else None
    return toned or from_short_name(bare) or _NAMES.get(bare, "")


def emoji_in_text(name: str) -> str:
    """The emoji, or else its name as text."""
    return emoji_named(name) or plain(name.strip())
