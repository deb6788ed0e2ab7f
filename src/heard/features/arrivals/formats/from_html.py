"""Turns the HTML of other systems into Markdown with references. A library converts; what is special is said here."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.utils.translation import gettext as _
from html_to_markdown import (
    CodeBlockStyle,
    ConversionOptions,
    HeadingStyle,
    HiddenContent,
    HighlightStyle,
    InlineDataMedia,
    LinkStyle,
    ListIndentType,
    NewlineStyle,
    OutputFormat,
    TierStrategy,
    UrlEscapeStyle,
    WhitespaceMode,
    convert,
)

from heard.features.arrivals.formats.links import scrubbed, without_secrets
from heard.features.arrivals.formats.references import clean

_OPTIONS = ConversionOptions(
    escape_asterisks=True,
    escape_underscores=True,
    escape_misc=True,
    extract_metadata=False,
    expand_abbreviations=False,
    include_blockquote_citations=False,
    autolinks=False,
    list_indent_width=4,
    # Named in full: words for them would be looked up again for every text, which takes longer than converting it.
    inline_data_media=InlineDataMedia.DROP_ELEMENT,
    heading_style=HeadingStyle.ATX,
    list_indent_type=ListIndentType.SPACES,
    highlight_style=HighlightStyle.DOUBLE_EQUAL,
    whitespace_mode=WhitespaceMode.NORMALIZED,
    newline_style=NewlineStyle.SPACES,
    code_block_style=CodeBlockStyle.BACKTICKS,
    hidden_content=HiddenContent.DROP,
    url_escape_style=UrlEscapeStyle.ANGLE,
    link_style=LinkStyle.INLINE,
    output_format=OutputFormat.MARKDOWN,
    tier_strategy=TierStrategy.AUTO,
)
# The library leaves out what stands a thousand elements deep; nobody wrote that.
_DEEPEST = 300
_BEGUN = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)
_END_BY_THEMSELVES = frozenset(["br", "hr", "img", "p", "li", "dt", "dd", "tr", "td", "th", "wbr", "input", "source"])
_AS_USUAL, _LEFT_OUT = {"type": "continue"}, {"type": "skip"}
_LONGEST = 2_000_000
# No part may look further than where the next of its kind begins, nor for runs of ever other lengths: a text of many
# beginnings would take the square of its length.
_OUTSIDE = re.compile(
    r"(?<!`)(?P<fence>`{3,20}+)(?!`)[^\n]*\n.*?(?P=fence)|(?<!`)(?P<code>`{1,20}+)(?!`).+?(?<!`)(?P=code)(?!`)"
    r"|\]\([^()\n]*\)|<[^<>\s]+>"
    "|\ue000[^\ue000\ue001]*\ue001"
    r"|(?<![\w\\])@(?=\w)",
    re.DOTALL,
)
_ALONE = re.compile(r"[\w.!-]+(?: [\w.!-]+)*")


class Html:
    """What a system's HTML means. A format derives from it; each method gives Markdown, or None for the usual way.

    Markdown that a method gives stands as it is: escape what is foreign with `plain`, or make a reference of it.
    An instance may be used for any number of texts, one after another; `secrets` counts the links that lost some.
    """

    def __init__(self) -> None:
        self.secrets = 0
        self._error: Exception | None = None

    def link(self, attributes: Mapping[str, str], address: str, words: str) -> str | None:
        """A link; `words` are Markdown already."""

    def image(self, attributes: Mapping[str, str], address: str, words: str) -> str | None:
        """A picture; `words` are its alternative text, as they stand."""

    def element(self, tag: str, attributes: Mapping[str, str]) -> str | None:
        """Any element, before what is in it is looked at; an empty text leaves it out with all it holds."""

    def markdown(self, html: str) -> str:
        """The Markdown of a piece of foreign HTML; nothing in it is markup of ours that was only text there."""
        if len(html) > _LONGEST:
            return f"{self.markdown(html[:_LONGEST])}\n\n{_('(The rest of this was too long to come along.)')}"
        text = clean(html)
        if "<" not in text and "&" not in text:
            return self._scrubbed(plain(text).strip())
        if text.count("<") > _DEEPEST and _is_too_deep(text):
            return self._scrubbed(plain(unescape(_TAG.sub(" ", text))).strip())
        self._error = None
        converted = convert(text, _OPTIONS, visitor=self)  # type: ignore[arg-type]
        if self._error:  # the library passes over what its visitor raises
            raise self._error
        return self._scrubbed(_naming_nobody(str(converted.content or "").strip()))

    def _scrubbed(self, markdown: str) -> str:
        """Also addresses that are only text, or code, may hold secrets."""
        kept = scrubbed(markdown)
        self.secrets += kept != markdown
        return kept

    def visit_link(self, context: Any, address: str, words: str, _title: str | None) -> Any:
        """Called by the library."""
        try:
            said = self.link(context.attributes(), address, words)
            if said is None:
                said = self._usual_link(address, words)
        except Exception as error:
            self._error = error
            return _AS_USUAL
        return {"type": "custom", "output": said}

    def _usual_link(self, address: str, words: str) -> str:
        kept = without_secrets(address)
        if kept != address:
            self.secrets += 1
            # Where an address is its own label, that holds the secret too.
            words = (plain(kept) or "…") if "://" in words else words
        return f"[{words}]({_target(kept)})" if kept and words.strip() else words

    def visit_image(self, context: Any, address: str, words: str, _title: str | None) -> Any:
        """Called by the library; a picture that stays elsewhere becomes a link that says so."""
        try:
            said = self.image(context.attributes(), address, words)
        except Exception as error:
            self._error = error
            return _AS_USUAL
        return {"type": "custom", "output": linked_picture(address, words) if said is None else said}

    def visit_element_start(self, context: Any) -> Any:
        """Called by the library."""
        try:
            said = self.element(context.tag_name, context.attributes())
        except Exception as error:
            self._error = error
            return _AS_USUAL
        if said is None:
            return _AS_USUAL
        return {"type": "custom", "output": said} if said else _LEFT_OUT


def _is_too_deep(html: str) -> bool:
    depth = 0
    for found in _BEGUN.finditer(html):
        if found[2].lower() not in _END_BY_THEMSELVES:
            depth = max(0, depth - 1) if found[1] else depth + 1
            if depth > _DEEPEST:
                return True
    return False


def plain(text: str) -> str:
    """Foreign text that is no markup, so that Markdown takes it for none."""
    return text if _ALONE.fullmatch(text) else re.sub(r"([\\`*_{}\[\]<>#|~@])", r"\\\1", text)


def linked_picture(address: str, words: str) -> str:
    """A picture that did not come along, as a link that says so."""
    kept = without_secrets(address)
    named = plain(words.strip()) or "image"
    return f"[{named}]({_target(kept)})" if kept.startswith(("http://", "https://")) else named


def _naming_nobody(markdown: str) -> str:
    """Markdown in which an `@` that was only text there mentions nobody here."""
    return _OUTSIDE.sub(lambda found: "\\@" if found[0] == "@" else found[0], markdown) if "@" in markdown else markdown


def _target(address: str) -> str:
    return re.sub(r"[\s()<>]", lambda found: f"%{ord(found[0]):02X}", address)
