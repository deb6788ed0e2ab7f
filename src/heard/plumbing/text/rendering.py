"""From what somebody typed to what everybody reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

from markdown_it.token import Token

from .cleaning import clean_rendered, storable
from .markdown import DEEPEST, parser
from .measuring import LARGEST_HTML, is_much_html, is_much_work
from .plain import excerpt, plain_text
from .walking import Walk
from .words import HANDLE, spellings

# Longer texts are shown as they were typed: parsing them would hold up everybody else.
LONGEST_MARKDOWN = 160_000

# How many handles of one text are looked up; whoever writes more than these greets nobody.
MOST_HANDLES = 200

_PARSER = parser()


class Linker(Protocol):
    """Knows where people and hashtags are found."""

    def people(self, handles: set[str]) -> Mapping[str, tuple[str, str]]:
        """The address and the name shown of each of these lower-case handles that belongs to somebody.

        Asked once for a text, and not at all where it mentions nobody.
        """

    def tag_url(self, tag: str) -> str:
        """The address of a folded hashtag, which comes without its `#`."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as it is read, and whom and what it names: each once, in the order of the text."""

    html: str
    mentions: tuple[str, ...]
    hashtags: tuple[str, ...]
    plain: str

    def excerpt(self, n: int) -> str:
        """The beginning of it on one line, in `n` characters at most."""
        return excerpt(self.plain, n)


def render(source: str, *, link: Linker) -> Rendered:
    """Render Markdown; whatever is typed gives a page, and never an error.

    A mention becomes `<a class="mention">` with the person's name, an unknown handle stays text. Links that lead
    outside say so in `rel`; pictures that are not our own become links. What is too long, too deeply nested, or
    would become too much is shown as it was typed.
    """
    source = storable(source)
    tokens = _parse(source)
    if tokens is None:
        return _as_typed(source)
    walk = Walk(_people_named_in(source, link), link.tag_url)
    walk.over(tokens)
    drawn = _PARSER.renderer.render(tokens, _PARSER.options, {})
    if len(drawn) > LARGEST_HTML:
        return _as_typed(source)
    return Rendered(clean_rendered(drawn), tuple(walk.mentions), tuple(walk.hashtags), plain_text(tokens))


def _as_typed(source: str) -> Rendered:
    lines = escape(source).splitlines()
    return Rendered(clean_rendered(f'<p dir="auto">{"<br>\n".join(lines)}</p>'), (), (), source)


def plain(source: str) -> str:
    """What Markdown says, without its marks; handles and hashtags stay as typed."""
    source = storable(source)
    tokens = _parse(source)
    if tokens is None:
        return source
    Walk({}, tag_url=str).over(tokens)
    return plain_text(tokens)


def _parse(source: str) -> Sequence[Token] | None:
    """The tokens of the source, or None where they would not show all of it or take too long to find."""
    if len(source) > LONGEST_MARKDOWN or is_much_work(source):
        return None
    tokens = _PARSER.parse(source)
    is_whole = all(token.level < DEEPEST - 1 for token in tokens)
    return tokens if is_whole and not is_much_html(tokens) else None


def _people_named_in(source: str, link: Linker) -> Mapping[str, tuple[str, str]]:
    """Everybody whose handle stands anywhere in the source, code and all, by one question."""
    handles: dict[str, None] = {}
    for found in HANDLE.finditer(source) if "@" in source else ():
        handles.update(dict.fromkeys(spellings(found["handle"])))
        if len(handles) >= MOST_HANDLES:
            break
    return link.people(set(handles)) if handles else {}
