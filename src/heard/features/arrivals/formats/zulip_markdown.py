"""Zulip's Markdown as ours: blocks for quotes, spoilers and formulas, mentions, topics and emoji by their names."""

import re
from collections.abc import Callable, Iterator

from heard.features.arrivals.formats.from_html import linked_picture, plain
from heard.features.arrivals.formats.links import scrubbed, without_secrets
from heard.features.arrivals.formats.references import clean, message_reference, person_reference
from heard.features.arrivals.formats.zulip_links import Places, uploaded

_FENCE = re.compile(r"[ ]{0,3}(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<kind>[^\s`]*+)[ \t]*+(?P<rest>[^`]*+)")
_DEEPEST = 12
_SIGNS = re.compile(
    r"(?<!`)(?P<code>`{1,20}+)(?!`)(?P<inside>[^\n]{0,4000}?[^`\n])(?P=code)(?!`)"
    r"|\$\$(?P<tex>[^\n$_](?:\\\$|[^$\n]){0,2000}?)(?<! )\$\$(?!\$)"
    r"|@_?\*\*(?P<person>[^*|\n]{1,120})(?:\|(?P<id>\d{1,18}))?\*\*"
    r"|@_?\*(?P<group>[^*\n]{1,120})\*(?!\*)"
    r"|#\*\*(?P<stream>[^*>\n]{1,120})(?:>(?P<topic>[^*\n]{0,120}?)(?:@(?P<message>\d{1,18}))?)?\*\*"
    r"|(?P<picture>!?)\[(?P<words>[^\[\]\n]{0,1000})\]"
    r"\((?P<target>[^\s()]{1,4000}(?:\([^\s()]{0,500}\)[^\s()]{0,500})?)(?:[ \t]+\"[^\"\n]{0,300}\")?\)"
    r"|<time:(?P<time>[^>\n]{1,60})>"
    r"|(?P<address>https?://[^\s<>\"'`\])]+)"
    r"|(?<![\w:]):(?P<emoji>[\w+-]{1,60}):"
    r"|(?<![\w\\/])@(?=\w)",
)
_QUICK = re.compile(r"[`$@#:\[~]")
_EVERYBODY = frozenset(["all", "everyone", "channel", "stream", "topic"])


class ZulipMarkdown:
    """Reads one message after another; `uploads` are the files that the last of them links to, each with its name."""

    def __init__(self, places: Places, emoji: Callable[[str], str]) -> None:
        self.places, self.emoji = places, emoji
        self.people: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.streams: dict[str, str] = {}
        self.uploads: dict[str, str] = {}
        self.secrets = 0

    def know(self, key: str, name: str) -> None:
        """Takes note of a person; a name that several have stands for nobody."""
        self.people[key] = name
        self.keys[name] = "" if name in self.keys else key

    def markdown(self, text: str) -> str:
        """The Markdown of what somebody typed."""
        self.uploads = {}
        text = clean(text)
        if not _QUICK.search(text):
            return text.strip("\n").rstrip()
        return scrubbed("\n".join(self._blocks(iter(text.split("\n")), "", 0))).strip("\n").rstrip()

    def _blocks(self, lines: Iterator[str], closing: str, depth: int) -> Iterator[str]:
        prose: list[str] = []
        for line in lines:
            if closing and line.strip() == closing:
                break
            fence = _FENCE.fullmatch(line) if "```" in line or "~~~" in line else None
            if fence is None or depth > _DEEPEST:
                prose.append(line)
                continue
            yield from self._prose(prose)
            prose = []
            if fence["kind"].lower() in ("quote", "quoted", "spoiler"):
                yield from self._quoted(fence, lines, depth)
            else:
                yield from _verbatim(fence, lines)
        yield from self._prose(prose)

    def _quoted(self, fence: re.Match[str], lines: Iterator[str], depth: int) -> Iterator[str]:
        if fence["kind"].lower() == "spoiler" and (title := " ".join(self._prose([fence["rest"].strip()]))):
            yield from ("", f"**{title}**", "")
        inside = "\n".join(self._blocks(lines, fence["fence"], depth + 1)).strip("\n")
        yield from (f"> {line}".rstrip() for line in inside.split("\n"))
        yield ""

    def _prose(self, lines: list[str]) -> Iterator[str]:
        if lines:
            yield _SIGNS.sub(self._shown, "\n".join(lines))

    def _shown(self, found: re.Match[str]) -> str:
        match found.lastgroup:
            case "inside":
                return found[0]
            case "tex":
                return f"${plain(found['tex'].strip())}$"
            case "person" | "id":
                return self._person(found["person"].strip(), found["id"] or "", found[0])
            case "group":
                return f"\\@{plain(found['group'])}"
            case "stream" | "topic" | "message":
                return self._topic(found)
            case "target":
                return self._link(found["target"], found["words"], is_picture=bool(found["picture"]))
            case "time":
                return plain(found["time"])
            case "address":
                return self._bare(found["address"])
            case "emoji":
                return self.emoji(found["emoji"]) or found[0]
            case _:
                return "\\@"

    def _person(self, name: str, key: str, typed: str) -> str:
        key = key or self.keys.get(name, "")
        if key in self.people and (name not in _EVERYBODY or name in self.keys):
            return person_reference(key, self.people[key])
        return plain(name) if typed.startswith("@_") else f"\\@{plain(name)}"

    def _topic(self, found: re.Match[str]) -> str:
        stream, topic = found["stream"], found["topic"] or ""
        label = f"#{stream} > {topic}" if topic else f"#{stream}"
        if found["message"]:
            return message_reference(found["message"], label)
        return self.places.topic(self.streams.get(stream.casefold(), ""), topic, label) or plain(label)

    def _link(self, address: str, words: str, *, is_picture: bool) -> str:
        label = clean(words).strip()
        if (upload := uploaded(address)) is not None:
            path, name = upload
            self.uploads.setdefault(path, name if "/" in label else label or name)
            return plain(label or name)
        if (reference := self.places.reference(address, label)) is not None:
            return reference
        kept = self._kept(address)
        if not kept.startswith(("http://", "https://", "mailto:")):
            return plain(label) or "…"
        if is_picture:
            return linked_picture(kept, label)
        shown = label if kept == address or "://" not in label else kept
        return f"[{_SIGNS.sub(self._in_label, shown)}](<{kept}>)"

    def _in_label(self, found: re.Match[str]) -> str:
        """A label is no link itself, so that only what is code or an emoji stands there as it would outside."""
        if found.lastgroup == "emoji":
            return self.emoji(found["emoji"]) or found[0]
        return found[0] if found.lastgroup in ("inside", "address") else plain(found[0])

    def _bare(self, address: str) -> str:
        rest = address[len(address.rstrip(".,;:!?*_~")) :]
        address = address.removesuffix(rest)
        if (upload := uploaded(address)) is not None:
            self.uploads.setdefault(*upload)
            return plain(upload[1]) + rest
        reference = self.places.reference(address, "")
        return (reference if reference is not None else self._kept(address) or "…") + rest

    def _kept(self, address: str) -> str:
        kept = without_secrets(address)
        self.secrets += kept != address
        return kept


def _verbatim(fence: re.Match[str], lines: Iterator[str]) -> Iterator[str]:
    """Code or a formula as it stands, up to its end or that of the text."""
    kind = re.sub(r"[^\w+#.-]", "", fence["kind"])
    inside = []
    for line in lines:
        if line.strip() == fence["fence"]:
            break
        inside.append(line)
    mark = "`" * max(3, 1 + max((len(run) for line in inside for run in re.findall("`+", line)), default=0))
    yield from (f"{mark}{kind}", *inside, mark)
