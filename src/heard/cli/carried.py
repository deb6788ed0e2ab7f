"""A token as a browser prints it to be carried: a line of text that begins with `heard1.`, read and checked here."""

import json
import re
import zlib
from pathlib import Path
from typing import Any

from heard.cli import taking
from heard.cli.answers import fail
from heard.cli.elsewhere import cookieless_origin, origin_of
from heard.cli.token_files import TokenFile

CARRIED = re.compile(r"(?:.*#token=)?(heard1\..+)", re.DOTALL)
SIZES = (32, 256, 16, 16)
LONGEST_WORDS = 1_000_000


def line_in(words: str) -> str | None:
    """The carried token in what was pasted, typed or scanned, with or without the address before it."""
    found = CARRIED.fullmatch(re.sub(r"\s", "", words))
    return found[1] if found else None


def words_of(file: Path) -> str:
    """What stands in a file; nothing, where it cannot be read as text."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def unpack(text: str, url: str) -> TokenFile:
    """The token as a file of `heard speak take` would hold it; ends the command where it is none that was signed there.

    What it says of the ballot is taken from what is published to everybody, and its words are held against that.
    """
    from heard.features.ballots.rules import Spent, is_signed
    from heard.plumbing import base64url

    (prefix, signature, ballot, group), worded = _parts(text)
    origin = cookieless_origin(origin_of(url))
    keys, seen = taking.checked_keys(origin, ballot.hex())
    key = next((one for one in keys["groups"] if one["group"] == group.hex()), None)
    spent = Spent(prefix=prefix, signature=signature, group=group.hex())
    if key is None or not is_signed(spent, ballot.hex(), key["n"]):
        fail("This token was not signed here. Something is missing or mistyped: capital letters count.")
    page = _nameless(keys) if worded is None else _worded(keys, worded)
    page |= {name: keys[name] for name in ("what", "opens", "closes")} | {"invited": key["invited"]}
    own = {"prefix": base64url.encode(prefix), "signature": base64url.encode(signature)}
    return TokenFile(origin, ballot.hex(), group.hex(), key["n"], page, seen, [own])


def _parts(text: str) -> tuple[tuple[bytes, ...], list[Any] | None]:
    """Prefix, signature, ballot and group, and the words where they came along; ends the command for anything else."""
    from heard.plumbing import base64url

    _mark, packed, *words = text.split(".")
    try:
        whole, cut = base64url.decode(packed), list[bytes]()
        for size in SIZES:
            cut.append(whole[:size])
            whole = whole[size:]
        if whole or len(cut[-1]) != SIZES[-1]:
            raise ValueError
        return tuple(cut), json.loads(_inflated(base64url.decode(words[0]))) if words else None
    except (ValueError, zlib.error):
        fail("This token cannot be read. Something is missing or mistyped: capital letters count.")


def _inflated(packed: bytes) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, LONGEST_WORDS)


def _worded(keys: dict[str, Any], worded: list[Any]) -> dict[str, Any]:
    """What was asked in the words that came along, which must be everybody's."""
    from heard.features.ballots.rules import words_digest

    try:
        title, group_name, intro, listed = worded
        pairs = zip(keys["questions"], listed, strict=True)
        questions = [
            {**one, "text": text, "options": options, "is_reversed": bool(is_reversed)}
            for one, (is_reversed, text, *options) in pairs
        ]
        is_said = words_digest(title, intro, questions) == keys.get("words")
    except (ValueError, TypeError, AttributeError):
        is_said = False
    if not is_said:
        fail("The questions are not worded in it as they are for everybody. Answer on the device that it came from.")
    return {"title": title, "intro": intro, "group_name": group_name, "questions": questions}


def _nameless(keys: dict[str, Any]) -> dict[str, Any]:
    """The questions by their numbers, as they stand on paper."""
    questions = [
        {
            **one,
            "text": f"Question {nth}, as it stands on your other device or on paper",
            "options": [f"Answer {at + 1}" for at in range(one["options"])],
        }
        for nth, one in enumerate(keys["questions"], 1)
    ]
    return {"title": "A token from another device", "intro": "", "group_name": "your group", "questions": questions}
