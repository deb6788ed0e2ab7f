"""Discourse's HTML as Markdown with references: quotes, mentions, previews of links, pictures, formulas, emoji."""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape

from heard.features.arrivals.formats.discourse_emoji import emoji_in_text
from heard.features.arrivals.formats.discourse_site import Site
from heard.features.arrivals.formats.from_html import Html, linked_picture, plain

_QUOTE = re.compile(r'<aside class="quote\b[^"]*"([^<>]*)>\s*(?:<div class="title">)')
_ATTRIBUTE = re.compile(r'data-(username|post|topic|onebox-src)="([^"]*)"')
_END_OF_TITLE = re.compile(r"</div>\s*<blockquote>")
_PREVIEW = re.compile(r'<aside class="onebox\b[^"]*"([^<>]*)>')
_TITLE = re.compile(r"<h[34][^<>]*>\s*<a[^<>]*>(.{1,500}?)</a>", re.DOTALL)
_FORMULA = re.compile(r'<(span|div) class="math">([^<]*)</\1>')
_TAG = re.compile(r"<[^<>]*>")
_LEFT_OUT = {"svg", "script", "style", "template"}
_CLASSES_LEFT_OUT = {"meta", "anchor", "footnote-backref", "quote-controls", "poll-info", "poll-buttons", "show-more"}
_QUOTED = "heard-quoted"


class Cooked(Html):
    """Knows what Discourse makes of Markdown. `members` are files of the archive that stand in the text."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site = site
        self.members: list[str] = []

    def markdown(self, html: str) -> str:
        if "<aside" in html:
            html = _replaced(html, _QUOTE, _END_OF_TITLE, _heading_of_quote)
            html = _replaced(html, _PREVIEW, re.compile("</aside>"), _preview)
        if 'class="math"' in html:
            html = _FORMULA.sub(_formula, html)
        return super().markdown(html)

    def link(self, attributes: Mapping[str, str], address: str, words: str) -> str | None:
        classes = attributes.get("class", "").split()
        if _QUOTED in classes:
            topic, _slash, place = address.partition("/")
            name = attributes.get("title", "")
            return (self.site.quoted(topic, place, name) or plain(name)) + ":"
        if "lightbox" in classes:
            return words
        if "mention" in classes:
            return self.site.mention(address.rstrip("/").rpartition("/")[2]) or words
        if "hashtag-cooked" in classes or "hashtag" in classes:
            return self._hashtag(attributes, address, words)
        if self.member(address):
            return words
        if address.startswith("#"):
            return words
        if (reference := self.site.reference(address, _unmarked(words))) is not None:
            return reference
        whole = self.site.whole(address)
        if not whole.lower().startswith(("http://", "https://", "mailto:", "tel:")):
            return words
        return self._usual_link(whole, words) if whole != address else None

    def image(self, attributes: Mapping[str, str], address: str, words: str) -> str | None:
        classes = attributes.get("class", "").split()
        if "avatar" in classes or "site-icon" in classes:
            return ""
        if "emoji" in classes:
            return emoji_in_text(attributes.get("title", "") or words)
        if self.member(address):
            return plain(words.strip())
        return linked_picture(self.site.whole(address), words)

    def element(self, tag: str, attributes: Mapping[str, str]) -> str | None:
        classes = attributes.get("class", "").split()
        return "" if tag in _LEFT_OUT or not _CLASSES_LEFT_OUT.isdisjoint(classes) else None

    def member(self, address: str) -> bool:
        """Whether the archive holds what is at an address; if so it will be a file of the post."""
        member = self.site.member(address)
        if member:
            self.members.append(member)
        return bool(member)

    def _hashtag(self, attributes: Mapping[str, str], address: str, words: str) -> str:
        slug = attributes.get("data-slug", "") or address.rstrip("/").rpartition("/")[2]
        if attributes.get("data-type") == "tag" or "/tag/" in address:
            return f"#{slug}" if re.fullmatch(r"[\w-]+", slug) else plain(f"#{slug}")
        return self.site.reference(address, slug) or plain(f"#{slug}")


def _replaced(
    html: str, opening: re.Pattern[str], closing: re.Pattern[str], made: Callable[[re.Match[str], str], str]
) -> str:
    """Every part between an opening and the next closing, made anew; time grows with the length and no faster."""
    pieces, at = [], 0
    while (found := opening.search(html, at)) and (end := closing.search(html, found.end())):
        pieces += [html[at : found.start()], made(found, html[found.end() : end.start()])]
        at = end.end()
    return "".join([*pieces, html[at:]])


def _heading_of_quote(found: re.Match[str], title: str) -> str:
    """Who said it, as a link that `link` makes a reference of, at the head of what is quoted."""
    said = dict(_ATTRIBUTE.findall(found[1]))
    name = said.get("username") or unescape(_TAG.sub("", title)).strip().rstrip(":")
    if not name:
        return "<aside><blockquote>"
    target = f"{said.get('topic', '')}/{said.get('post', '')}"
    name = escape(unescape(name)[:200])
    return f'<aside><blockquote><p><a class="{_QUOTED}" href="{escape(target)}" title="{name}">{name}</a></p>'


def _preview(found: re.Match[str], inside: str) -> str:
    """A preview of a page elsewhere, as a link with its title."""
    address = dict(_ATTRIBUTE.findall(found[1])).get("onebox-src", "")
    title = _TITLE.search(inside)
    words = _TAG.sub("", title[1]).strip() if title else ""
    return f'<p><a href="{address}">{words or address}</a></p>' if address else ""


def _formula(found: re.Match[str]) -> str:
    return f"${found[2].strip()}$" if found[1] == "span" else f"<p>$${found[2].strip()}$$</p>"


def _unmarked(label: str) -> str:
    return re.sub(r"\\(?=[^\w\s])", "", label)
