"""The only HTML that is let through, whoever wrote it."""

import re

import nh3

RELATION = "nofollow noopener noreferrer"
_OWN_FILE = re.compile(r"/files/(?!(?:[^?#]*/)?\.{1,2}(?:[/?#]|\Z))[\w./~-]+(?:\?[\w=&.-]*)?\Z", re.ASCII)
_UNSTORABLE = re.compile("[\0\ud800-\udfff\ue000-\ue003]")
_PRE = re.compile(r"(<pre[^>]*>)\n+")
_LANGUAGE = re.compile(r"language-[\w+#.-]{1,32}\Z")
_CLASSES = {
    "a": {"mention", "hashtag"},
    "li": {"task"},
    "td": {"align-left", "align-centre", "align-right"},
    "th": {"align-left", "align-centre", "align-right"},
}
_DIRECTIONS = {"dir": {"auto", "ltr", "rtl"}}
_TAGS = {"a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p"}
_TAGS |= {"pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
_ATTRIBUTES = {
    "a": {"class", "href", "title"},
    "code": {"class"},
    "img": {"alt", "loading", "src", "title"},
    "li": {"class"},
    "ol": {"start"},
    "td": {"class"},
    "th": {"class"},
}


def storable(text: str) -> str:
    """The text with what cannot be kept shown as missing characters.

    That is halves of characters and NUL, which no database holds, and U+E000 to U+E003, by which pages mark slots.
    """
    return _UNSTORABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """A name or a title as it is kept: storable, and without breaks or stray blanks."""
    return " ".join(storable(text).split())


def is_own_file(address: str) -> bool:
    """Whether a picture at this address is one of ours; no other is ever fetched by a reader's browser."""
    return _OWN_FILE.match(address) is not None


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        is_known = _LANGUAGE.match(value) if tag == "code" else value in _CLASSES.get(tag, ())
        return value if is_known else None
    if attribute == "src":
        return value if is_own_file(value) else None
    return value


def _cleaner(attributes: dict[str, set[str]], relation: str | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=attributes,
        attribute_filter=_allowed,
        tag_attribute_values=dict.fromkeys(_TAGS, _DIRECTIONS),
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=relation,
    )


_OTHERS = _cleaner(_ATTRIBUTES, RELATION)
# What we rendered says itself which links lead outside.
_OURS = _cleaner({**_ATTRIBUTES, "a": _ATTRIBUTES["a"] | {"rel"}}, None)


def clean(html: str) -> str:
    """HTML from elsewhere, less everything that is not text, structure, a link or a picture of ours.

    Each link says `rel="nofollow noopener noreferrer"`. Cleaning twice changes nothing.
    """
    return _settled(_OTHERS.clean(storable(html)))


def clean_rendered(html: str) -> str:
    """The same for HTML that was rendered here, which marks its outside links by itself."""
    return _settled(_OURS.clean(html))


def _settled(html: str) -> str:
    """The HTML as a parser would leave it once more: no returns, no line break at the start of a `pre`."""
    if "\r" in html:
        html = html.replace("\r", "\n")
    return _PRE.sub(r"\1", html) if "<pre" in html else html
