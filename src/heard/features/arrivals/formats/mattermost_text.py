"""Mattermost's Markdown as ours, with references to people and channels in it."""

import re
from dataclasses import dataclass, field
from typing import Any

from heard.features.arrivals.formats.emoji_names import emoji_named
from heard.features.arrivals.formats.from_html import linked_picture, plain
from heard.features.arrivals.formats.links import scrubbed, without_secrets
from heard.features.arrivals.formats.references import clean, community_reference, person_reference
from heard.features.arrivals.formats.values import dicts_in, text_in

_CODE = re.compile(
    r"^(?P<fence>```+|~~~+).*?(?:^(?P=fence)[ \t]*$|\Z)|(?<!`)(?P<tick>`{1,20}+)(?!`).+?(?P=tick)", re.M | re.S
)
_SIGNS = re.compile(
    r"!\[(?P<words>[^\[\]\n]*)\]\((?P<image>https?://[^\s()]++)(?:[ \t]++[^()\n]*+)?\)"
    r"|(?P<address>https?://[^\s<>\"'`)\]]+)"
    r"|(?<![\w@/.\\])@(?P<person>[a-z0-9][a-z0-9._-]{0,199})"
    r"|(?<![\w~/\\])~(?P<channel>[a-z0-9][a-z0-9_-]*)(?![\w~])"
    r"|(?<![\w:]):(?P<emoji>[a-z0-9_+-]+):",
    re.IGNORECASE,
)
_QUICK = re.compile(r"[@~:]")


@dataclass(slots=True)
class Names:
    """What names in a text stand for. `secrets` counts what was taken out of links; private channels are nameless."""

    people: dict[str, str]
    channels: dict[str, str] = field(default_factory=dict)
    secrets: int = 0

    def markdown(self, text: str, team: str) -> str:
        """The Markdown of a message said in a channel of `team`."""
        text = clean(text)
        if not _QUICK.search(text):
            return text.strip("\n").rstrip()
        pieces, at = [], 0
        for code in _CODE.finditer(text):
            pieces += [self._prose(text[at : code.start()], team), code[0]]
            at = code.end()
        pieces.append(self._prose(text[at:], team))
        return scrubbed("".join(pieces)).strip("\n").rstrip()

    def attached(self, props: Any, team: str) -> str:
        """The words of what a program attached to a message, quoted."""
        attachments = props.get("attachments") if isinstance(props, dict) else None
        quotes = [words for one in dicts_in(attachments) if (words := self._attachment(one, team))]
        return "\n\n".join("\n".join(f"> {line}".rstrip() for line in words.split("\n")) for words in quotes)

    def _prose(self, text: str, team: str) -> str:
        def shown(found: re.Match[str]) -> str:
            if found["image"]:
                kept = self._kept(found["image"])
                return linked_picture(kept, found["words"]) if kept else plain(found["words"]) or "…"
            if found["address"]:
                return self._kept(found["address"]) or "…"
            if found["person"]:
                return self._person(found["person"])
            if found["channel"]:
                key = f"{team}/{found['channel'].lower()}"
                if key not in self.channels:
                    return found[0]
                return community_reference(key, f"#{self.channels[key] or found['channel']}")
            return emoji_named(found["emoji"]) or found[0]

        return _SIGNS.sub(shown, text)

    def _kept(self, address: str) -> str:
        safe = without_secrets(address)
        self.secrets += safe != address
        return safe

    def _person(self, name: str) -> str:
        """A mention; signs at the end of a name may be the end of a sentence instead."""
        key, rest = name.lower(), ""
        while key and key not in self.people and key[-1] in "._-":
            key, rest = key[:-1], name[len(key) - 1 :]
        return person_reference(key, self.people[key]) + rest if key in self.people else f"\\@{name}"

    def _attachment(self, one: dict[str, Any], team: str) -> str:
        title, link = text_in(one.get("title")), text_in(one.get("title_link"))
        author = text_in(one.get("author_name"))
        safe = self._kept(link) if link.startswith(("http://", "https://")) else ""
        fields = [
            f"{plain(text_in(each.get('title')))}: {self.markdown(text_in(each.get('value')), team)}".removeprefix(": ")
            for each in dicts_in(one.get("fields"))
        ]
        lines = [
            self.markdown(text_in(one.get("pretext")), team),
            f"**{plain(author)}**" if author else "",
            (f"[{plain(title)}](<{safe}>)" if safe else f"**{plain(title)}**") if title else "",
            self.markdown(text_in(one.get("text")), team),
            *fields,
            plain(text_in(one.get("footer"))),
        ]
        words = "\n".join(line for line in lines if line.strip())
        return words or self.markdown(text_in(one.get("fallback")), team)
