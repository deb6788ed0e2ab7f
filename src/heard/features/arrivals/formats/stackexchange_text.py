"""The words of a Stack Exchange site as Markdown: posts are HTML, comments a small Markdown of their own."""

import re
from collections.abc import Mapping

from heard.features.arrivals.formats.bare_text import bare
from heard.features.arrivals.formats.from_html import Html, plain
from heard.features.arrivals.formats.links import without_secrets
from heard.features.arrivals.formats.references import message_reference, person_reference
from heard.features.arrivals.formats.stackexchange_people import People
from heard.features.arrivals.formats.stackexchange_site import Site
from heard.plumbing.words import fold

_COMMENT = re.compile(
    r"(?<!`)(?P<tick>`{1,20}+)(?!`)(?P<code>.{1,600}?)(?<!`)(?P=tick)(?!`)"
    r"|\[(?P<label>[^\]\[\n]{1,600})\]\((?P<target>https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+\"[^\"]*\")?\)"
    r"|(?P<address>https?://[^\s<>\"`]+)"
    r"|(?<![\w@/])@(?P<name>[^\W_][\w'.-]{1,80})"
    r"|(?<![\w*])\*\*(?P<bold>[^*\n]{1,600})\*\*(?![\w*])"
    r"|(?<![\w*_])(?P<mark>[*_])(?P<italic>[^*_\s](?:[^*_\n]{0,600}[^*_\s])?)(?P=mark)(?![\w*_])",
    re.IGNORECASE,
)
_NEVER_LAST = ".,;:!?)'\"*_"
# A comment has no blocks: what would begin one here is text.
_BLOCK = re.compile(r"^(?=[-+=])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])", re.MULTILINE)


class Words(Html):
    """Knows links to people and posts of the same site."""

    def __init__(self, people: People, site: Site) -> None:
        super().__init__()
        self.people, self.site = people, site

    def link(self, attributes: Mapping[str, str], address: str, words: str) -> str | None:
        return self.reference(address, words)

    def element(self, tag: str, attributes: Mapping[str, str]) -> str | None:
        return "" if tag in ("svg", "script", "style") else None

    def reference(self, address: str, label: str) -> str | None:
        """A reference in place of a link that leads to somebody or something of this site."""
        kind, key = self.site.target(address)
        if kind == "message":
            return message_reference(key, _unmarked(label) if label != address else "")
        if kind == "person" and (name := self.people.name_of(key)):
            return person_reference(key, name)
        return None

    def comment(self, text: str, present: Mapping[str, str]) -> str:
        """The Markdown of a comment; `present` are the keys of those who spoke before, by their folded names."""
        pieces, at = [], 0
        for found in _COMMENT.finditer(text):
            pieces += [self._bare(text[at : found.start()]), self._shown(found, present)]
            at = found.end()
        pieces.append(self._bare(text[at:]))
        return _BLOCK.sub(r"\\", "".join(pieces).strip())

    def _shown(self, found: re.Match[str], present: Mapping[str, str]) -> str:
        if found["code"]:
            return found[0]
        if found["label"]:
            return self._linked(found["target"], self._bare(found["label"]))
        if found["address"]:
            address = found["address"].rstrip(_NEVER_LAST)
            if found["address"][len(address) :].startswith(")") and address.count("(") > address.count(")"):
                address += ")"
            return self._linked(address, "") + self._bare(found["address"][len(address) :])
        if found["name"]:
            return self._mention(found["name"], present)
        if found["bold"]:
            return f"**{self._bare(found['bold'])}**"
        return f"{found['mark']}{self._bare(found['italic'])}{found['mark']}"

    def _linked(self, address: str, label: str) -> str:
        if (reference := self.reference(address, label)) is not None:
            return reference
        kept = without_secrets(address)
        self.secrets += kept != address
        if not kept:
            return label or "…"
        return f"[{label}](<{kept}>)" if label and "<" not in kept and ">" not in kept else f"<{kept}>"

    def _mention(self, name: str, present: Mapping[str, str]) -> str:
        """Whoever is called so, or begins so, of those who spoke before."""
        wanted = called(name.rstrip(".'-"))
        key = present.get(wanted) or next(
            (key for one, key in reversed(list(present.items())) if len(wanted) > 2 and one.startswith(wanted)), ""
        )
        rest = name[len(name.rstrip(".'-")) :]
        return person_reference(key, f"@{self.people.name_of(key)}") + plain(rest) if key else plain(f"@{name}")

    def _bare(self, text: str) -> str:
        return bare(text)[0] if text else ""


def called(name: str) -> str:
    """A name as it is written after an `@`: without spaces, whatever its case."""
    return re.sub(r"\s", "", fold(name))


def _unmarked(label: str) -> str:
    return re.sub(r"\\(?=[^\w\s])", "", label)
