"""Asks another process for the words in a file, and does without them where it takes too long."""

import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

MOST_CHARACTERS = 200_000
SECONDS = 20
MEGABYTES = 512
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
READABLE = {
    "application/pdf": "pdf",
    f"{_OPEN_XML}wordprocessingml.document": "docx",
    f"{_OPEN_XML}spreadsheetml.sheet": "xlsx",
    f"{_OPEN_XML}presentationml.presentation": "pptx",
    f"{_OPEN_DOCUMENT}text": "odf",
    f"{_OPEN_DOCUMENT}spreadsheet": "odf",
    f"{_OPEN_DOCUMENT}presentation": "odf",
    "text/plain": "text",
    "text/csv": "text",
    "text/tab-separated-values": "text",
    "text/markdown": "text",
}


class Reason(StrEnum):
    """Why no words were read."""

    LOCKED = "locked"
    BROKEN = "broken"
    TOO_MUCH = "too much"
    NOTHING = "nothing"


class NotRead(Exception):
    """There are no words to be had from this file."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def text_of(file: BinaryIO, mime: str, *, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> str:
    """The first 200,000 characters of the words in an open file of a type in READABLE; raises NotRead."""
    reader = str(Path(__file__).with_name("reader.py"))
    limits = [str(MOST_CHARACTERS), str(seconds), str(megabytes)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", reader, READABLE[mime], *limits],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds * 2 + 5,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotRead(Reason.TOO_MUCH) from error
    first, _, said = done.stdout.decode("utf-8", "replace").partition("\n")
    if done.returncode or first not in {"read", *Reason}:
        raise NotRead(Reason.TOO_MUCH)
    if first != "read":
        raise NotRead(Reason(first))
    text = said[:MOST_CHARACTERS].replace("\0", "").strip()
    if not text:
        raise NotRead(Reason.NOTHING)
    return text
