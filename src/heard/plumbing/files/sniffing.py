"""What a file is, read off its first bytes; what a browser or a name claims is not believed."""

import codecs
import re
from typing import BinaryIO, NamedTuple

HEAD = 4_096
UNKNOWN = "application/octet-stream"
# The pictures that heard.plumbing.images takes apart.
_IMAGES = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"}
_BEGINNINGS: dict[bytes, str] = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": "application/zip",
    b"PK\x05\x06": "application/zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "application/x-ole-storage",
    b"\x1f\x8b": "application/gzip",
    b"BZh": "application/x-bzip2",
    b"\xfd7zXZ\x00": "application/x-xz",
    b"\x28\xb5\x2f\xfd": "application/zstd",
    b"7z\xbc\xaf\x27\x1c": "application/x-7z-compressed",
    b"Rar!\x1a\x07": "application/vnd.rar",
    b"OggS": "audio/ogg",
    b"fLaC": "audio/flac",
    b"ID3": "audio/mpeg",
    b"\xff\xfb": "audio/mpeg",
    b"\x1aE\xdf\xa3": "video/webm",
    b"MZ": "application/vnd.microsoft.portable-executable",
    b"\x7fELF": "application/x-elf",
}
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_FTYP = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
}
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
# Many kinds of file have one dress; which of them it is only its name says, and nothing hangs on it.
_DRESSED_ALIKE = {
    "application/zip": {
        "docx": _OPEN_XML + "wordprocessingml.document",
        "xlsx": _OPEN_XML + "spreadsheetml.sheet",
        "pptx": _OPEN_XML + "presentationml.presentation",
        "odt": _OPEN_DOCUMENT + "text",
        "ods": _OPEN_DOCUMENT + "spreadsheet",
        "odp": _OPEN_DOCUMENT + "presentation",
        "epub": "application/epub+zip",
    },
    "application/x-ole-storage": {
        "doc": "application/msword",
        "xls": "application/vnd.ms-excel",
        "ppt": "application/vnd.ms-powerpoint",
        "msg": "application/vnd.ms-outlook",
    },
    "text/plain": {
        "csv": "text/csv",
        "tsv": "text/tab-separated-values",
        "md": "text/markdown",
        "json": "application/json",
        "ics": "text/calendar",
    },
}
_NEVER_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


class Sniffed(NamedTuple):
    """What a file is by its content, and whether that is a picture that can be re-encoded."""

    mime: str
    is_image: bool


def sniff(file: BinaryIO | bytes, name: str = "") -> Sniffed:
    """The type of a file by its first bytes; the file is left at its beginning.

    HTML, SVG, XML and scripts are plain text here: nothing that a browser would run has a type that makes it.
    """
    head = file[:HEAD] if isinstance(file, bytes) else _head(file)
    mime = _by_content(head)
    suffix = name.rpartition(".")[2].lower()
    return Sniffed(_DRESSED_ALIKE.get(mime, {}).get(suffix, mime), mime in _IMAGES)


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return head


def _by_content(head: bytes) -> str:
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        return _FTYP.get(head[8:12], "video/mp4")
    for beginning, mime in _BEGINNINGS.items():
        if head.startswith(beginning):
            return mime
    return "text/plain" if _is_text(head) else UNKNOWN


def _is_text(head: bytes) -> bool:
    """Whether the bytes are UTF-8, maybe cut off in a character, without anything that text does not hold."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return _NEVER_IN_TEXT.search(text) is None
