"""Slack's rich text as Markdown: lines, lists, quotes and code, and the styles within them."""

from typing import Any

from heard.features.arrivals.formats.emoji_names import emoji_named
from heard.features.arrivals.formats.references import clean
from heard.features.arrivals.formats.slack_text import Labels, fenced, plain, settled

_MARKS = (("bold", "**"), ("italic", "_"), ("strike", "~~"))


class _Unknown(Exception):
    """An element of a kind that came after this was written."""


def rich_text(blocks: Any, labels: Labels) -> str:
    """The Markdown of a message's rich text, or nothing where there is none or it holds something unknown."""
    found = [block for block in dicts_in(blocks) if block.get("type") == "rich_text"]
    try:
        return settled(_joined([part for block in found for part in dicts_in(block.get("elements"))], labels))
    except _Unknown:
        return ""


def _joined(parts: list[dict[str, Any]], labels: Labels) -> str:
    """The parts one after the other; lists that follow each other are one list with levels."""
    said = ""
    for nth, part in enumerate(parts):
        words = _rich(part, labels)
        is_more = nth and part.get("type") == parts[nth - 1].get("type") == "rich_text_list"
        said += words.removeprefix("\n") if is_more else words
    return said


def dicts_in(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, and nothing where there is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def string_in(value: Any) -> str:
    """A clean string, or an empty one where something else stands."""
    return clean(value) if isinstance(value, str) else ""


def _rich(part: dict[str, Any], labels: Labels) -> str:
    match part.get("type"):
        case "rich_text_section":
            return _line(part, labels)
        case "rich_text_preformatted":
            return fenced("".join(_raw(element) for element in dicts_in(part.get("elements"))))
        case "rich_text_quote":
            return "\n" + "\n".join(f"> {line}" for line in _line(part, labels).strip("\n").split("\n")) + "\n"
        case "rich_text_list":
            return _bullets(part, labels)
    raise _Unknown


def _bullets(part: dict[str, Any], labels: Labels) -> str:
    is_ordered = part.get("style") == "ordered"
    indent = "    " * min(_number(part.get("indent")), 6)
    first = _number(part.get("offset")) + 1
    lines = []
    for nth, item in enumerate(dicts_in(part.get("elements"))):
        mark = f"{first + nth}." if is_ordered else "-"
        words = _line(item, labels) if item.get("type") == "rich_text_section" else _rich(item, labels)
        lines.append(f"{indent}{mark} " + words.strip().replace("\n", f"\n{indent}    "))
    return "\n" + "\n".join(lines) + "\n"


def _line(part: dict[str, Any], labels: Labels) -> str:
    """The words of a line; neighbours of one style share its marks, since `**a****b**` is not bold."""
    runs: list[tuple[str, str]] = []
    for element in dicts_in(part.get("elements")):
        words, marks = _word(element, labels), _marks(element)
        if runs and runs[-1][1] == marks:
            words = runs.pop()[0] + words
        runs.append((words, marks))
    return "".join(
        _marked(words, marks, runs[nth - 1][0][-1:] if nth else "", runs[nth + 1][0][:1] if nth + 1 < len(runs) else "")
        for nth, (words, marks) in enumerate(runs)
    )


def _word(element: dict[str, Any], labels: Labels) -> str:
    match element.get("type"):
        case "text":
            text = string_in(element.get("text"))
            return _code(text) if _style(element).get("code") else plain(text)
        case "link":
            return labels.link(string_in(element.get("url")), string_in(element.get("text")))
        case "user":
            return labels.person(string_in(element.get("user_id")))
        case "channel":
            return labels.channel(string_in(element.get("channel_id")))
        case "usergroup":
            return plain("@" + (string_in(element.get("usergroup_name")) or "group"))
        case "broadcast":
            return plain("@" + string_in(element.get("range")))
        case "emoji":
            return _emoji(element)
        case "date":
            return plain(string_in(element.get("fallback")) or str(element.get("timestamp", "")))
        case "color":
            return plain(string_in(element.get("value")))
        case "team":
            return ""
    raise _Unknown


def _emoji(element: dict[str, Any]) -> str:
    name, tone = string_in(element.get("name")), _number(element.get("skin_tone"))
    known = emoji_named(f"{name}::skin-tone-{tone}" if tone else name)
    if known or "unicode" not in element:
        return known or f":{name}:"
    try:
        return "".join(chr(int(code, 16)) for code in string_in(element["unicode"]).split("-"))
    except (ValueError, OverflowError):
        return f":{name}:"


def _marks(element: dict[str, Any]) -> str:
    style = _style(element)
    return "".join(mark for name, mark in _MARKS if style.get(name))


def _marked(text: str, marks: str, before: str, after: str) -> str:
    """Text between marks, line by line; blanks, and signs that touch a letter outside, stand outside the marks."""
    if not marks or not text.strip():
        return text
    lines = text.split("\n")
    for nth, line in enumerate(lines):
        left = before if nth == 0 else ""
        right = after if nth == len(lines) - 1 else ""
        words = line.strip()
        start = line.index(words)
        end = start + len(words)
        while left.isalnum() and start < end and not line[start].isalnum():
            start += 1
        while right.isalnum() and end > start and not line[end - 1].isalnum():
            end -= 1
        if start < end:
            lines[nth] = f"{line[:start]}{marks}{line[start:end]}{marks[::-1]}{line[end:]}"
    return "\n".join(lines)


def _code(text: str) -> str:
    """Text as code, whatever signs stand in it."""
    if not text.strip():
        return text
    return f"`{text}`" if "`" not in text else f"`` {text} ``"


def _style(element: dict[str, Any]) -> dict[str, Any]:
    style = element.get("style")
    return style if isinstance(style, dict) else {}


def _raw(element: dict[str, Any]) -> str:
    return string_in(element.get("text")) or string_in(element.get("url"))


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 10_000 else 0
