"""A token as a browser prints it to be carried: a line of text that begins with `heard1.`, read and checked here."""

import re
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from heard.cli import taking
from heard.cli.answers import fail
from heard.cli.elsewhere import cookieless_origin, origin_of
from heard.cli.token_files import TokenFile, words_in

CARRIED = re.compile(r"(?:.*#token=)?(heard1\..+)", re.DOTALL)
SIZES = (32, 256, 16, 16)
"""Of prefix, signature, ballot and group; what comes after them opens the words of the questions."""
NO_KEY = "It came without the key to the words of its questions, so they are asked by their numbers."
UNREAD = (
    "The words that are published for it cannot be read, or are not those that everybody is asked. So they are not "
    "shown, and the questions are asked by their numbers."
)


def line_in(words: str) -> str | None:
    """The carried token in what was pasted, typed or scanned, with or without the address before it."""
    found = CARRIED.fullmatch(re.sub(r"\s", "", words))
    return found[1] if found else None


def words_of(file: Path) -> str:
    """What stands in a file; nothing, where it cannot be read as text."""
    try:
        return words_in(file)
    except (OSError, ValueError):
        return ""


def unpack(text: str, url: str) -> TokenFile:
    """The token as a file of `heard speak take` would hold it; ends the command where it is none that was signed there.

    What it says of the ballot, and in which words that asks, is taken from what is published to everybody.
    """
    from heard.features.ballots.rules import Spent, is_signed
    from heard.plumbing import base64url

    (prefix, signature, ballot, group), words_key = _parts(text)
    origin = cookieless_origin(origin_of(url))
    keys, seen = taking.checked_keys(origin, ballot.hex())
    key = next((one for one in keys["groups"] if one["group"] == group.hex()), None)
    spent = Spent(prefix=prefix, signature=signature, group=group.hex())
    if key is None or not is_signed(spent, ballot.hex(), key["n"]):
        fail("This token was not signed here. Something is missing or mistyped: capital letters count.")
    page = _worded(keys, words_key) or _nameless(keys, NO_KEY if not words_key else UNREAD)
    page |= {name: keys[name] for name in ("what", "opens", "closes")} | {"invited": key["invited"]}
    own = {"prefix": base64url.encode(prefix), "signature": base64url.encode(signature)}
    return TokenFile(origin, ballot.hex(), group.hex(), key["n"], page | {"group_name": "your group"}, seen, [own])


def _parts(text: str) -> tuple[tuple[bytes, ...], bytes]:
    """Prefix, signature, ballot and group, and the key to the words; ends the command for anything else."""
    from heard.plumbing import base64url

    try:
        whole, cut = base64url.decode(text.split(".")[1]), list[bytes]()
    except ValueError:
        whole, cut = b"", []
    if len(whole) not in {sum(SIZES), sum(SIZES) + 16}:
        fail("This token cannot be read. Something is missing or mistyped: capital letters count.")
    for size in SIZES:
        cut.append(whole[:size])
        whole = whole[size:]
    return tuple(cut), whole


def _worded(keys: dict[str, Any], words_key: bytes) -> dict[str, Any] | None:
    """What everybody is asked, in the words that are published; nothing where they cannot be read, or are others."""
    from heard.features.ballots.rules import opened_words

    try:
        title, intro, worded = opened_words(words_key, keys)
        pairs = list(zip(keys["questions"], worded, strict=True))
    except ValueError:
        return None
    if any((one["code"], one["options"]) != (said["code"], len(said["options"])) for one, said in pairs):
        return None
    return {"title": title, "intro": intro, "questions": [one | said for one, said in pairs]}


def _nameless(keys: dict[str, Any], why: str) -> dict[str, Any]:
    """The questions by their numbers, as they stand on paper."""
    questions = [
        {
            **one,
            "text": f"Question {nth}, as it stands on your other device or on paper",
            "options": [f"Answer {letter(at)}" for at in range(one["options"])],
        }
        for nth, one in enumerate(keys["questions"], 1)
    ]
    return {"title": "A token from another device", "intro": why, "questions": questions}


def letter(nth: int) -> str:
    """The letter that stands beside an option on paper: A for 0, Z for 25, AA for 26."""
    return ascii_uppercase[nth] if nth < len(ascii_uppercase) else letter(nth // 26 - 1) + letter(nth % 26)
