"""Text of a mail as Markdown: flowed or wrapped lines are joined again, HTML is converted."""

import re

from html_to_markdown import ConversionOptions, convert

from ..posting import REPLY_LINE

WRAPPED_AT = 72
"""Mail readers wrap what they send near here; a line that had room for the next word was ended by whoever wrote."""
SEPARATOR = f"{REPLY_LINE} {REPLY_LINE}"
_STARTS_ANEW = re.compile(r"\s*(?:[-*+•–]\s|\d{1,3}[.)]\s|>|#|\||`{3}|$)")
_PICTURE = re.compile(r"<img\b[^>]{0,2000}+>|<o:p>|</o:p>", re.IGNORECASE)
# What mail readers put before or round what they quote without marking it as a quotation.
_QUOTED_BELOW = re.compile(
    r"<(?:div|hr|table)\b[^<>]{0,300}?\b(?:id|class|name)=[\"']?[^\"'<>]{0,100}?"
    r"(?:divRplyFwdMsg|appendonsend|OutlookMessageHeader|yahoo_quoted|yahooQuotedMessage|protonmail_quote"
    r"|ms-outlook-mobile-reference-message|stopSpelling|mail-editor-reference-message-container)[^<>]{0,300}>"
    r"|<div\b[^<>]{0,300}?border:\s*none;\s*border-top:\s*solid\s+#?(?:E1E1E1|B5C4DF)[^<>]{0,300}>",
    re.IGNORECASE,
)
_OPTIONS = ConversionOptions(
    escape_asterisks=True,
    escape_underscores=True,
    extract_metadata=False,
    include_blockquote_citations=False,
    autolinks=False,
)


def from_plain(text: str, *, flowed: bool, joined: bool) -> str:
    """Plain text with its paragraphs on one line each (RFC 3676 where it is `flowed`, `joined` for its DelSp)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n")
    return "\n".join(_flowing(lines, joined) if flowed else _unwrapped(lines))


def _flowing(lines: list[str], joined: bool) -> list[str]:
    found: list[str] = []
    is_open = False
    for line in lines:
        quote, rest = _quote_and_rest(line)
        if not quote and rest.startswith(" "):
            rest = rest[1:]  # space-stuffed
        if is_open and found and _quote_and_rest(found[-1])[0] == quote and rest.rstrip() != "--":
            found[-1] += rest
        else:
            found.append(quote + rest)
        is_open = rest.endswith(" ") and rest != "-- "
        if is_open and joined:
            found[-1] = found[-1][:-1]
    return [line if line == "-- " else line.rstrip() for line in found]


def _quote_and_rest(line: str) -> tuple[str, str]:
    found = re.match(r"(>[> ]*)(.*)", line, re.DOTALL)
    return (found[1], found[2]) if found else ("", line)


def _unwrapped(lines: list[str]) -> list[str]:
    found: list[str] = []
    last = ""
    for line in lines:
        first, _space, _rest = line.partition(" ")
        was_wrapped = len(last) <= WRAPPED_AT + 8 and len(last) + 1 + len(first) > WRAPPED_AT and len(last) > 50
        if was_wrapped and not _STARTS_ANEW.match(line) and not last.startswith((">", "    ")) and line[:1] != " ":
            found[-1] = f"{found[-1].rstrip()} {line}"
        else:
            found.append(line)
        last = line
    return found


def from_html(html: str) -> str:
    """HTML as Markdown, with a line where a mail reader begins to quote, and without pictures from elsewhere."""
    html = _QUOTED_BELOW.sub(lambda found: f"<p>{SEPARATOR}</p>{found[0]}", _PICTURE.sub("", _without_comments(html)))
    try:
        converted = convert(html, _OPTIONS)
    except (ValueError, RuntimeError, TypeError):  # what the library will not take
        return ""
    return str(converted.content or "").replace("\x00", "").strip()


def _without_comments(html: str) -> str:
    pieces = html.split("<!--")
    return pieces[0] + "".join(piece.partition("-->")[2] for piece in pieces[1:])
