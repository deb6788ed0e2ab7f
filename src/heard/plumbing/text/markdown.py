"""The Markdown that people write: CommonMark with tables, strikethrough and bare addresses, and without HTML."""

import re
from collections import Counter

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline

# Blocks within blocks, each list item counting twice; the parser drops what lies deeper.
DEEPEST = 20
LONGEST_ADDRESS = 2_000

_BARE_ADDRESS = re.compile(
    rf"://(?=[\w\[])[^\s<>\"`\u3000-\u3003\u300c-\u3011\uff01\uff08\uff09\uff0c\uff1b\uff1f]{{1,{LONGEST_ADDRESS}}}"
)
_SCHEME_BEFORE = re.compile(r"(?<![\w.+-])https?\Z", re.IGNORECASE)
_NEVER_LAST = "?!.,:;*_~'"
_PAIRS = {")": "(", "]": "["}
_ALLOWED_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|[/?#])", re.IGNORECASE)
# Where something other than words may begin or end: a third as many places as the parser would stop at by itself.
_NOT_WORDS = re.compile(r"[\n\\`*_\[\]<]|!(?=\[)|~(?=~)|:(?=//)|&(?=[#A-Za-z])")
_LABEL = re.compile(r"\[([^\[\]]+)\]")
_REFERENCE = re.compile(r"\[([^\[\]]+)\]:[ \t]*<?(?:https?://|mailto:|/)", re.IGNORECASE)


def parser() -> MarkdownIt:
    """A parser to be kept: making one costs a hundred times what a message does."""
    markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "breaks": True, "maxNesting": DEEPEST})
    markdown.enable(["table", "strikethrough"])
    # A line under a line is a rule, as in chat, and does not turn the words above it into a heading.
    markdown.disable(["html_block", "html_inline", "lheading"])
    # What was escaped stays apart from the text around it, so that \\@name greets nobody.
    markdown.disable("text_join")
    markdown.block.ruler.at("reference", _used_reference)
    markdown.inline.ruler.after("text", "bare_address", _bare_address)
    markdown.inline.terminator_re = _NOT_WORDS
    markdown.validateLink = _is_allowed_address  # type: ignore[method-assign, assignment]
    return markdown


def _is_allowed_address(address: str) -> bool:
    return _ALLOWED_ADDRESS.match(address) is not None


def _used_reference(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """`[label]: address` defines a link only where the label is used, since a definition is not shown.

    "[Update]: tomorrow" is something that somebody says.
    """
    start = state.bMarks[first] + state.tShift[first]
    found = _REFERENCE.match(state.src, start)
    if found is None:
        return False
    if "labels" not in state.env:
        state.env["labels"] = Counter(label.casefold() for label in _LABEL.findall(state.src))
    if state.env["labels"][found[1].casefold()] < 2:
        return False
    return reference(state, first, last, silent)


def _bare_address(state: StateInline, silent: bool) -> bool:
    """`https://…` in running text becomes a link, less the punctuation that ends the sentence."""
    if state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME_BEFORE.search(state.pending[-6:])
    rest = _BARE_ADDRESS.match(state.src, state.pos, state.posMax)
    if scheme is None or rest is None:
        return False
    tail = _without_punctuation(rest[0])
    shown = scheme[0] + tail
    if len(tail) <= len("://"):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(shown)}
        state.push("text", "", 0).content = shown
        state.push("link_close", "a", -1)
    state.pos += len(tail)
    return True


def _without_punctuation(address: str) -> str:
    """The address less trailing punctuation, and less a closing bracket that nothing in it opened."""
    while address:
        last = address[-1]
        opening = _PAIRS.get(last)
        if last not in _NEVER_LAST and (opening is None or address.count(last) <= address.count(opening)):
            break
        address = address[:-1]
    return address
