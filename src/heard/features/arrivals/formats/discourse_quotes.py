"""Quotes as Discourse writes them, `[quote="name, post:3, topic:7"]…[/quote]`, as lines of a Markdown quote."""

import re
from collections.abc import Callable

_TAG = re.compile(r"\[quote(?:=(?P<said>[^\]\n]{0,300}))?\]|\[/quote\]", re.IGNORECASE)
_PART = re.compile(r"(post|topic|username)\s*:\s*([^,]{1,100})", re.IGNORECASE)
_DEEPEST = 8


def quoted(text: str, said_by: Callable[[str, str, str], str]) -> list[tuple[int, str]]:
    """Each line and how deep in quotes it stands; `said_by(name, topic, post)` gives the words above a quote.

    A tag without its counterpart is text.
    """
    tags = list(_TAG.finditer(text))
    paired = _paired(tags)
    lines: list[tuple[int, str]] = []
    depth = at = 0
    for nth, tag in enumerate(tags):
        if nth not in paired:
            continue
        _add(lines, depth, text[at : tag.start()])
        at = tag.end()
        if tag[0].startswith("[/"):
            depth -= 1
            lines.append((min(depth, _DEEPEST), ""))
            continue
        lines.append((min(depth, _DEEPEST), ""))
        depth += 1
        if heading := said_by(*_source(tag["said"] or "")):
            lines += [(min(depth, _DEEPEST), heading), (min(depth, _DEEPEST), "")]
    _add(lines, depth, text[at:])
    return [line for nth, line in enumerate(lines) if line[1] or not nth or lines[nth - 1] != line]


def _add(lines: list[tuple[int, str]], depth: int, text: str) -> None:
    if text.strip():
        lines += [(min(depth, _DEEPEST), line) for line in text.strip("\n").split("\n")]


def _paired(tags: list[re.Match[str]]) -> set[int]:
    """Which tags have a counterpart."""
    found: set[int] = set()
    begun: list[int] = []
    for nth, tag in enumerate(tags):
        if not tag[0].startswith("[/"):
            begun.append(nth)
        elif begun:
            found |= {begun.pop(), nth}
    return found


def _source(said: str) -> tuple[str, str, str]:
    """Name, topic and post of what stands in a tag."""
    said = said.strip().strip('"“”„«»')
    parts = {name.lower(): value.strip() for name, value in _PART.findall(said)}
    name = re.split(r",\s*(?:post|topic|full|username)\s*:", said, maxsplit=1)[0].strip().rstrip(",")
    return name, parts.get("topic", ""), parts.get("post", "")
