"""Discourse's own Markdown as ours: quotes, mentions, uploads, emoji and other signs that stand outside of code."""

import re
from html import unescape

from heard.features.arrivals.formats.discourse_emoji import emoji_named
from heard.features.arrivals.formats.discourse_quotes import quoted
from heard.features.arrivals.formats.discourse_site import Site
from heard.features.arrivals.formats.from_html import linked_picture, plain
from heard.features.arrivals.formats.links import without_secrets

_CODE = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?P<fence>```+|~~~+).*?(?:^[ \t>]*(?P=fence)[ \t]*$|\Z)"
    r"|(?<!`)(?P<tick>`{1,20}+)(?!`)[^\n]*?(?:\n(?!\s*\n)[^\n]*?){0,8}?(?<!`)(?P=tick)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_KEPT = re.compile("\ue003(\\d+)\ue003")
_HTML = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|del|details|div|dl|em|figure|font|h[1-6]|hr|i|iframe|img|ins|"
    r"kbd|li|mark|ol|p|picture|pre|q|s|small|source|span|strike|strong|sub|summary|sup|svg|table|tbody|td|th|thead|tr|"
    r"tt|u|ul|video|audio)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"(?=[!\[$<h@:#])(?:"
    r"\[!\[(?P<alt>[^\[\]\n]{0,500})\]\((?P<picture>[^\s()]{1,2000}+)[^()\n]{0,500}+\)\]\([^()\n]{0,2000}\)"
    r"|(?P<image>!?)\[(?P<label>(?:[^\[\]\n]|\[[^\[\]\n]*\]){0,1000})\]\(<?(?P<target>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?"
    r"(?P<title>[ \t]+\"[^\"\n]*\")?\)"
    r"|\$\$(?P<block>[^$]+)\$\$"
    r"|(?<![\w$\\])\$(?=[^$\n\\_^{*]*+[\\_^{*])(?P<formula>[^$\n]++)\$(?![\w$])"
    r"|<?(?P<address>https?://[^\s<>\"'`\]\ue000-\ue003]+)>?"
    r"|(?<![\w@/.\\`])@(?P<person>[^\W_][\w.-]*|_[\w.-]+)"
    r"|(?<![\w:\\]):(?P<emoji>[a-z0-9_+-]+(?::t[2-6])?):(?!\w)"
    r"|(?<![\w#/&\\])#(?P<tag>[\w:-]*[^\W\d_][\w:-]*)"
    r"|\[(?P<end>/?)(?P<mark>details|spoiler|poll|wrap|grid|date|date-range|b|i|s|u|url|img|center|size|color)"
    r"(?P<more>(?:[= ][^\]\n]{0,300})?)\])",
    re.IGNORECASE | re.DOTALL,
)
_UPLOAD = re.compile(r'(?:src|href)="([^"]{1,2000})"[^>]{0,2000}?data-base62-sha1="(\w+)"')
_TAGGED = re.compile(r'data-type="tag" data-slug="([^"]{1,100})"')
_NEVER_LAST = ".,;:!?*_~'\""
_MARKS = {"b": "**", "i": "_", "s": "~~"}


class Raw:
    """Reads Markdown; `members` are files of the archive that stand in the text, `secrets` counts mended links."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.members: list[str] = []
        self.secrets = 0
        self._cooked = ""
        self._uploads: dict[str, str] | None = None
        self._tags: set[str] | None = None

    def markdown(self, raw: str, cooked: str) -> str | None:
        """Our Markdown; nothing where HTML stands in it, which `cooked` then says better."""
        kept: list[str] = []

        def keep(found: re.Match[str]) -> str:
            kept.append(found[0])
            return f"\ue003{len(kept) - 1}\ue003"

        text = _CODE.sub(keep, raw) if "`" in raw or "~~~" in raw else raw
        if cooked and "<" in text and _HTML.search(text):
            return None
        self._cooked, self._uploads, self._tags = cooked, None, None
        text = _SIGNS.sub(self._shown, _without_comments(text))
        lines = quoted(text, self._said_by) if "[quote" in text.lower() else [(0, line) for line in text.split("\n")]
        shown = []
        for depth, line in lines:
            whole = _KEPT.sub(lambda found: kept[int(found[1])], line)
            shown += [f"{'> ' * depth}{one}".rstrip() if depth else one for one in whole.split("\n")]
        return "\n".join(shown).strip("\n").rstrip()

    def _shown(self, found: re.Match[str]) -> str:
        if found["picture"]:
            return self._picture(found["picture"], found["alt"])
        if found["target"] is not None:
            return self._link(found["image"], found["label"], found["target"])
        if found["block"]:
            return "$$" + re.sub(r"^([-+=#>])", r"\\\1", _literal(found["block"]), flags=re.MULTILINE) + "$$"
        if found["formula"]:
            return f"${_literal(found['formula'])}$"
        if found["address"]:
            return self._address(found["address"], found[0])
        if found["person"]:
            return self._mention(found["person"])
        if found["emoji"]:
            return emoji_named(found["emoji"]) or found[0]
        if found["tag"]:
            return self._hashtag(found["tag"])
        return self._mark(found)

    def _picture(self, address: str, words: str) -> str:
        whole, named = self._whole(address), words.partition("|")[0].strip()
        if member := self.site.member(whole):
            self.members.append(member)
            return plain(named)
        return linked_picture(self._safe(whole), named)

    def _link(self, image: str, label: str, address: str) -> str:
        if image:
            return self._picture(address, label)
        whole = self._whole(address)
        label = re.sub(r"\|attachment$", "", label)
        if member := self.site.member(whole):
            self.members.append(member)
            return label
        if (reference := self.site.reference(whole, label)) is not None:
            return reference
        safe = self._safe(whole)
        if safe != whole and "://" in label:
            label = plain(safe)
        return f"[{label}](<{safe}>)" if safe and "\ue003" not in safe else label or "…"

    def _address(self, address: str, whole: str) -> str:
        is_framed = whole.startswith("<") and whole.endswith(">")
        bare = address if is_framed else address.rstrip(_NEVER_LAST)
        bare = bare if is_framed else _without_surplus(bare)
        rest = "" if is_framed else address[len(bare) :] + (">" if whole.endswith(">") else "")
        before = "<" if whole.startswith("<") and not is_framed else ""
        reference = self.site.reference(bare, "")
        return f"{before}{reference if reference is not None else self._safe(bare) or '…'}{rest}"

    def _mention(self, name: str) -> str:
        bare = name.rstrip("._-")
        for username in (name, bare):
            if username and (mention := self.site.mention(username)) is not None:
                return mention + name[len(username) :]
        return f"\\@{name}"

    def _hashtag(self, name: str) -> str:
        """A category is linked, a tag stays one, and everything else was only text."""
        slug = name.rpartition(":")[2].lower()
        number = self.site.slugs.get(slug)
        if number is not None and (reference := self.site.category(number, slug)) is not None:
            return reference
        bare = name.removesuffix("::tag")
        if self._tags is None:
            self._tags = set(_TAGGED.findall(self._cooked))
        is_tag = name.endswith("::tag") or bare.lower() in self._tags
        return f"#{bare}" if is_tag or not self._cooked else f"\\#{name}"

    def _mark(self, found: re.Match[str]) -> str:
        name, more = found["mark"].lower(), found["more"]
        if name in _MARKS:
            return found[0] if more else _MARKS[name]
        if name == "details" and not found["end"]:
            return f"**{more[1:].strip().strip('“”').strip(chr(34)) or '…'}**"
        if name.startswith("date"):
            said = re.findall(r"(?:=|\b(?:time|timezone|from|to)=)\"?([\w:./+-]+)", more)
            return " ".join(dict.fromkeys(said))
        return ""

    def _said_by(self, name: str, topic: str, place: str) -> str:
        return (self.site.quoted(topic, place, name) or plain(name)) + ":" if name else ""

    def _whole(self, address: str) -> str:
        """The address of an upload, which Markdown only calls by a short name."""
        if not address.startswith("upload://"):
            return self.site.whole(address)
        short = address.removeprefix("upload://")
        if self._uploads is None:
            self._uploads = {name: where for where, name in _UPLOAD.findall(self._cooked)}
        long = self._uploads.get(short.partition(".")[0])
        return self.site.whole(unescape(long) if long else f"/uploads/short-url/{short}")

    def _safe(self, address: str) -> str:
        kept = without_secrets(address)
        self.secrets += kept != address
        return kept


def _without_comments(text: str) -> str:
    """Markdown without what HTML would not show."""
    pieces, at = [], 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        pieces.append(text[at:begin])
        at = end + 3
    return "".join([*pieces, text[at:]])


def _literal(formula: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~@])", r"\\\1", formula)


def _without_surplus(address: str) -> str:
    """An address without brackets at its end that were opened before it."""
    surplus, end = address.count(")") - address.count("("), len(address)
    while surplus > 0 and address[end - 1] == ")":
        surplus, end = surplus - 1, end - 1
        while address[end - 1] in _NEVER_LAST:
            end -= 1
    return address[:end]
