"""The HTML that Zulip makes of a message, as Markdown with references in it."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape

from django.utils.translation import gettext as _

from heard.features.arrivals.formats.from_html import Html, plain
from heard.features.arrivals.formats.references import clean
from heard.features.arrivals.formats.zulip_links import Places, unescaped, uploaded

_MATH = re.compile(r'<span class="katex(?P<display>-display)?">')
_TEX = re.compile(r'<annotation encoding="application/x-tex">([^<]*)</annotation>')
_CODE = re.compile(r'<div class="codehilite"(?P<attributes>[^<>]*)>')
_LANGUAGE = re.compile(r'data-code-language="([\w+#. -]{1,40})"')
_SPOILER = re.compile(r'<div class="spoiler-content"[^<>]*>')
_MENTION = re.compile(r'<span class="user-mention[^"<>]*"(?P<attributes>[^<>]*)>(?P<label>[^<]*)</span>')
_PERSON = re.compile(r'data-user-id="([^"]{1,40})"')
_EMOJI = re.compile(
    r'<span (?>[^<>]*?class="emoji emoji-)(?P<code>[0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,9})"[^<>]*>[^<]*</span>'
)
_TAG = re.compile(r"<[^<>]*>")
_BETWEEN = {tag: re.compile(f"<(/?){tag}\\b[^<>]*>") for tag in ("span", "div")}
_PREVIEWS = frozenset(
    ["message_inline_image", "message_inline_ref", "message_embed", "youtube-video", "embed-video", "twitter-tweet",
     "inline-preview-twitter", "vimeo-video", "message_inline_video"]
)  # fmt: skip
_KEPT = "x-kept"


class ZulipHtml(Html):
    """Reads one message after another; `uploads` are the files that the last of them links to, each with its name."""

    def __init__(self, places: Places, mention: Callable[[str, str], str]) -> None:
        """`mention` gives the Markdown of a mention by its id, which may be `*`, and its label."""
        super().__init__()
        self.places, self.mention = places, mention
        self.uploads: dict[str, str] = {}
        self._kept: list[str] = []
        self._shows_previews = False

    def markdown(self, html: str) -> str:
        self.uploads, self._kept = {}, []
        html = clean(html)
        if "<span" in html or "<div" in html:
            html = self._prepared(html)
        self._shows_previews = False
        if not (text := super().markdown(html)) and "<div" in html:
            # Nothing but a picture that was sent for itself.
            self._shows_previews = True
            text = super().markdown(html)
        return text

    def link(self, attributes: Mapping[str, str], address: str, words: str) -> str | None:
        label = unescaped(words).strip()
        is_bare = label.startswith(("http", "#narrow", "/")) or label == address or self._shows_previews
        if (upload := uploaded(address)) is not None:
            path, name = upload
            self.uploads.setdefault(path, name if is_bare or "/" in label else label or name)
            return plain(name) if is_bare else words
        if (reference := self.places.reference(address, "" if is_bare else label)) is not None:
            return reference
        return words if address.startswith(("#", "/")) else None

    def image(self, attributes: Mapping[str, str], address: str, words: str) -> str | None:
        if "emoji" in attributes.get("class", "").split():
            return plain(words)
        if (upload := uploaded(address)) is not None:
            self.uploads.setdefault(*upload)
            return plain(words.strip() or upload[1])
        return plain(words.strip() or _("image")) if self._shows_previews else None

    def element(self, tag: str, attributes: Mapping[str, str]) -> str | None:
        if tag == _KEPT:
            nth = attributes.get("n", "")
            return self._kept[int(nth)] if nth.isdecimal() and len(nth) < 9 and int(nth) < len(self._kept) else ""
        is_preview = (
            tag == "div" and not self._shows_previews and not _PREVIEWS.isdisjoint(attributes.get("class", "").split())
        )
        return "" if is_preview else None

    def _prepared(self, html: str) -> str:
        """What the library could not see in an element's name and attributes alone, made into what it can."""
        if "katex" in html:
            html = _replaced(html, _MATH, "span", self._math)
        if "codehilite" in html:
            html = _replaced(html, _CODE, "div", _code)
        if "spoiler-content" in html:
            html = _replaced(html, _SPOILER, "div", lambda _found, inside: f"<blockquote>{inside}</blockquote>")
        if "emoji-" in html:
            html = _EMOJI.sub(lambda found: emoji_of_code(found["code"]), html)
        if "user-mention" in html:
            html = _MENTION.sub(self._mentioned, html)
        return html

    def _mentioned(self, found: re.Match[str]) -> str:
        person = _PERSON.search(found["attributes"])
        label = unescape(found["label"]).strip()
        return self._keep(self.mention(person[1] if person else "", label)) if label else ""

    def _math(self, found: re.Match[str], inside: str) -> str:
        tex = _TEX.search(inside)
        words = unescape(tex[1] if tex else _TAG.sub("", inside)).strip()
        if not found["display"]:
            return self._keep(f"${plain(' '.join(words.split()))}$") if words else ""
        return f'<pre><code class="language-math">{_escaped(words)}\n</code></pre>'

    def _keep(self, markdown: str) -> str:
        self._kept.append(markdown)
        return f'<{_KEPT} n="{len(self._kept) - 1}"></{_KEPT}>'


def emoji_of_code(code: str) -> str:
    """The emoji of Zulip's code, such as `1f44d` or `1f1e6-1f1e8`, or nothing where it is none."""
    try:
        signs = "".join(chr(int(part, 16)) for part in code.split("-"))
    except (ValueError, OverflowError):
        return ""
    return clean(signs) if len(signs) <= 12 and not any(sign in signs for sign in "<>&\n\x00") else ""


def _code(found: re.Match[str], inside: str) -> str:
    language = _LANGUAGE.search(found["attributes"])
    name = re.sub(r"[^\w+#.-]", "", language[1]).lower() if language else ""
    words = _TAG.sub("", inside).strip("\n")
    return (
        f'<pre><code class="language-{name}">{words}\n</code></pre>' if name else f"<pre><code>{words}\n</code></pre>"
    )


def _replaced(html: str, opening: re.Pattern[str], tag: str, made: Callable[[re.Match[str], str], str]) -> str:
    """Every whole element that `opening` begins, replaced by what is made of what stands in it."""
    pieces, at = [], 0
    while found := opening.search(html, at):
        end = next(_ends(html, found.end(), tag), None)
        if end is None:
            break
        pieces += [html[at : found.start()], made(found, html[found.end() : end.start()])]
        at = end.end()
    return "".join(pieces) + html[at:]


def _ends(html: str, at: int, tag: str) -> Iterator[re.Match[str]]:
    depth = 1
    for found in _BETWEEN[tag].finditer(html, at):
        depth += -1 if found[1] else 1
        if depth == 0:
            yield found


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
