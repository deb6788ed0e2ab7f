"""What a page says of itself to others who link to it: its title, a sentence, its site, a picture."""

import codecs
import re
from dataclasses import dataclass
from html import unescape
from itertools import islice

MOST_BYTES = 400_000
MOST_TEXT = 300_000
MOST_TAGS = 3_000
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE)
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?([\w:.-]{1,40})""", re.IGNORECASE)
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# By hand, and so that none looks far from where it stands: the parser of the standard library takes minutes for a page
# that is all riddles.
_META = re.compile(r"""<meta\b((?:[^<>"']|"[^"]{0,1500}"|'[^']{0,1500}')*+)""", re.IGNORECASE)
_GIVEN = re.compile(
    r"""(?P<name>[a-z:_-]{1,40})\s{0,9}=\s{0,9}(?:"(?P<in_two>[^"]*)"|'(?P<in_one>[^']*)'|(?P<bare>[^\s"'>]{1,3000}))""",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title\b[^<>]{0,300}>", re.IGNORECASE)
_TITLE_END = re.compile(r"</title", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
# Longer numbers mean no letter, and the parser of the standard library raises for them.
_LONG_NUMBER = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")
# What turns, hides or breaks the letters around it.
_UNSHOWN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Head:
    """Each on one line, and empty where the page says nothing; `picture` is an address as the page writes it."""

    title: str = ""
    description: str = ""
    site: str = ""
    picture: str = ""


def head_of(body: bytes, content_type: str = "") -> Head:
    """Reads as much of a page as is needed; whatever the page is, something comes of it, in time that is linear."""
    text = _without_comments(text_of(body, content_type))
    begins = _BODY.search(text)
    head = _read(text[: begins.start()] if begins else text)
    return head if head.title or not begins else _read(text)  # some pages say it below


def unescaped(text: str) -> str:
    """The letters that a page means."""
    return unescape(_LONG_NUMBER.sub("\ufffd", text))


def _read(text: str) -> Head:
    named: dict[str, str] = {}
    for found in islice(_META.finditer(text), MOST_TAGS):
        said = {
            one["name"].lower(): one["in_two"] or one["in_one"] or one["bare"] or ""
            for one in _GIVEN.finditer(found[1])
        }
        name = unescaped(said.get("property") or said.get("name") or "").strip().lower()
        if name and said.get("content"):
            named.setdefault(name, unescaped(said["content"]))

    def first(*names: str) -> str:
        return next((said for name in names if (said := one_line(named.get(name, "")))), "")

    return Head(
        title=first("og:title", "twitter:title") or _title(text),
        description=first("og:description", "twitter:description", "description"),
        site=first("og:site_name", "application-name"),
        picture=first("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"),
    )


def _title(text: str) -> str:
    begins = _TITLE.search(text)
    if begins is None:
        return ""
    words = text[begins.end() : begins.end() + 2_000]
    ends = _TITLE_END.search(words)
    return one_line(unescaped(words[: ends.start()] if ends else words))


def _without_comments(text: str) -> str:
    kept, done = [], 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[done:start])
        done = end + 3
    return "".join([*kept, text[done:]])


def one_line(text: str) -> str:
    """Text from elsewhere as it may stand in a line of ours."""
    return " ".join(_UNSHOWN.sub(" ", text[:2_000]).encode("utf-8", "replace").decode().split())


def text_of(body: bytes, content_type: str = "") -> str:
    """The page as text: by its first bytes, its header, what it declares, or else UTF-8 or Windows' Latin."""
    body = body[:MOST_BYTES]
    for mark, encoding in _MARKS.items():
        if body.startswith(mark):
            return body.decode(encoding, "replace")[:MOST_TEXT]
    declared = _DECLARED.search(body[:4_096])
    told = _IN_HEADER.search(content_type)
    for name in (told and told[1], declared and declared[1].decode("ascii", "replace")):
        if name and (encoding := _encoding(name)):
            return body.decode(encoding, "replace")[:MOST_TEXT]
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(body)
    if text.count("\ufffd") > 3:
        text = body.decode("windows-1252", "replace")
    return text[:MOST_TEXT]


def _encoding(name: str) -> str:
    """The codec of that name, if it is one for text; browsers read Latin-1 as Windows'."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if not getattr(found, "_is_text_encoding", True) or found.name.startswith(("idna", "punycode", "unicode", "raw")):
        return ""
    return "windows-1252" if found.name in {"iso8859-1", "ascii"} else found.name
