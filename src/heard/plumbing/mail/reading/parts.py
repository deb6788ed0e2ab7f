"""The parts of a mail: which of them are its words, and which come along as files."""

from collections.abc import Iterator
from email.message import Message
from typing import NamedTuple

from .headers import as_text, decoded
from .quotes import own_words
from .words import from_html, from_plain

MOST_PARTS, DEEPEST = 100, 20
MOST_TEXT = 400_000
"""Bytes of text that are read of a mail; a message of Heard is far shorter."""
SMALL = 20_000
"""A picture inside the text with fewer bytes is taken for a logo in a signature."""
PASSED_OVER = frozenset(
    {
        *("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"),
        *(
            "application/pgp-keys",
            "text/vcard",
            "text/x-vcard",
            "text/directory",
            "application/pkcs7-mime",
            "application/x-pkcs7-mime",
        ),
        *("message/delivery-status", "message/disposition-notification", "text/rfc822-headers"),
    }
)


class Enclosed(NamedTuple):
    """A file that came with a mail."""

    name: str
    content: bytes


def is_encrypted(message: Message) -> bool:
    """Whether only its reader can read it (S/MIME or PGP)."""
    kind = message.get_content_type()
    is_sealed = kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}
    return kind == "multipart/encrypted" or (is_sealed and _parameter(message, "smime-type") != "signed-data")


def text_and_files(message: Message) -> tuple[str, tuple[Enclosed, ...]]:
    """What somebody wrote, as Markdown and without quotes and signatures, and the files they sent with it."""
    plain: list[str] = []
    html: list[str] = []
    enclosed: list[Message] = []
    sources = ""
    room = MOST_TEXT
    for part in leaves(message):
        kind = part.get_content_type()
        if kind in {"text/plain", "text/html"} and not _is_attached(part):
            raw = _bytes_of(part)[:room]
            room -= len(raw)
            text = as_text(raw, _parameter(part, "charset"))
            if kind == "text/html":
                html.append(from_html(text))
                sources += text
            else:
                is_flowed = _parameter(part, "format").lower() == "flowed"
                plain.append(from_plain(text, flowed=is_flowed, joined=_parameter(part, "delsp").lower() == "yes"))
        elif kind not in PASSED_OVER:
            enclosed.append(part)
    written = "\n\n".join(part for part in plain if part.strip()) or "\n\n".join(html)
    files = [file for part in enclosed if (file := _file_of(part, sources))]
    return own_words(written), tuple(dict.fromkeys(files))


def leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that hold no others, in their order; what is nested deeper or stands further back is left out."""
    count = 0
    waiting: list[tuple[Message, int]] = [(message, depth)]
    while waiting and count < MOST_PARTS:
        part, depth = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            if depth < DEEPEST:
                waiting += [(one, depth + 1) for one in reversed(payload) if isinstance(one, Message)]
            continue
        count += 1
        yield part


def _bytes_of(part: Message) -> bytes:
    """What a part holds, decoded; of one that cannot be decoded, as it came."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, TypeError, AttributeError):
        payload = None
    if isinstance(payload, bytes):
        return payload
    whole = part.get_payload()
    if isinstance(whole, list):  # a mail inside the mail
        try:
            return whole[0].as_bytes() if whole and isinstance(whole[0], Message) else b""
        except (ValueError, LookupError, TypeError, AttributeError, KeyError):
            return b""
    return str(whole).encode("utf-8", "replace")


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name, "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return str(value[2] if isinstance(value, tuple) else value or "").strip()


def _is_attached(part: Message) -> bool:
    return bool(_name_of(part)) or _disposition(part) == "attachment"


def _disposition(part: Message) -> str:
    value = str(part.get("Content-Disposition", "") or "")
    return value.partition(";")[0].strip().lower()


def _name_of(part: Message) -> str:
    try:
        return decoded(str(part.get_filename() or ""))[:200]
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _file_of(part: Message, html: str) -> Enclosed | None:
    """The file that a part is, or nothing where it holds nothing, or is a logo that stands in the text."""
    content = _bytes_of(part)
    kind = part.get_content_type()
    mark = str(part.get("Content-ID", "") or "").strip(" <>")
    stands_in_text = _disposition(part) != "attachment" or bool(mark and f"cid:{mark}" in html)
    is_inside = kind.startswith("image/") and stands_in_text
    is_dressing = is_inside or kind == "application/ms-tnef"  # which has little but fonts where no file is in it
    if not content or (is_dressing and len(content) < SMALL):
        return None
    fallback = "mail.eml" if kind == "message/rfc822" else f"file.{kind.rpartition('/')[2][:10]}"
    return Enclosed(_name_of(part) or fallback, content)
