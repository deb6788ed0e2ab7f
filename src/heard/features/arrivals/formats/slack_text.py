"""Slack's own markup as Markdown, with references to people, channels and messages in it."""

import re
from dataclasses import dataclass, field

from heard.features.arrivals.formats.emoji_names import with_emoji
from heard.features.arrivals.formats.links import scrubbed, without_secrets
from heard.features.arrivals.formats.references import clean, community_reference, message_reference, person_reference

_CODE = re.compile(r"```(?P<block>.+?)```|`(?P<inline>[^`\n]+)`", re.DOTALL)
_CONTROL = re.compile(r"<([^<>\n]+)>")
_KEPT = re.compile("\ue003(\\d+)\ue003")
_ARCHIVED = re.compile(r"https?://[\w.-]+\.slack\.com/archives/([A-Za-z0-9]+)/p(\d{10})(\d{6})", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|mailto|ftp|tel):", re.IGNORECASE)
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])(?P<bold>[^*\n]*?[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<italic>[^_\n]*?[^\s_]|[^\s_][^\n]{0,200}?[^\s_])_(?![\w_])"
    r"|(?<![\w~])~(?=[^\s~])(?P<struck>[^~\n]*?[^\s~])~(?![\w~])"
    r"|(?P<sign>[*_~\\])"
)
_BULLET = re.compile(r"^([^\S\n]*)[•◦▪‣·]\ufe0e?\s+", re.MULTILINE)
_LOOKS_LIKE_HEADING = re.compile(r"^(\s{0,3})(#{1,6}(?=\s|$))", re.MULTILINE)
_LIST_OR_QUOTE = re.compile(r"\s*(?:[-*+]\s|\d{1,9}[.)]\s|>)")
_BROADCASTS = ("here", "channel", "everyone", "group")


@dataclass(slots=True)
class Labels:
    """What ids stand for, as far as the archive says; `secrets` counts what was taken out of links."""

    people: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    secrets: int = 0

    def person(self, key: str, label: str = "") -> str:
        """A mention, or the bare name of somebody who does not come along."""
        key = key.upper()
        if key in self.people:
            return person_reference(key, self.people[key])
        return plain("@" + label.lstrip("@")) if label else "@?"

    def channel(self, key: str, label: str = "") -> str:
        """A link to a community; the name of a private one is never added to a text that does not give it."""
        key = key.upper()
        label = label or self.channels.get(key, "")
        if key in self.channels:
            return community_reference(key, label or "#")
        return plain("#" + label) if label else "#?"

    def link(self, address: str, label: str = "") -> str:
        """A Markdown link without secrets; to a message of this archive it becomes a reference."""
        archived = _ARCHIVED.match(address)
        if archived and archived[1].upper() in self.channels:
            shown = "" if label.startswith("http") else label
            return message_reference(f"{archived[1].upper()}/{archived[2]}.{archived[3]}", shown)
        safe = without_secrets(address)
        if safe != address:
            self.secrets += 1
        bare = re.sub(r"^(?:https?://|mailto:|tel:)", "", safe)
        if not safe or not _ADDRESS.match(safe):
            return plain(label if label and label != address else "…")
        target = safe.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
        if not label or label in (address, safe, bare):
            return bare if safe.startswith(("mailto:", "tel:")) else f"<{target}>"
        words = plain(label.replace("\n", " ")).replace("[", "\\[").replace("]", "\\]")
        return f"[{words}](<{target}>)" if re.search(r"[()]", target) else f"[{words}]({target})"


def markdown(text: str, labels: Labels) -> str:
    """The Markdown of a message's `text`, as Slack would show it."""
    text = clean(text)
    pieces, at = [], 0
    for code in _CODE.finditer(text):
        pieces += [_prose(text[at : code.start()], labels), _code(code, labels)]
        at = code.end()
    pieces.append(_prose(text[at:], labels))
    return scrubbed(settled("".join(pieces)))


def plain(text: str) -> str:
    """Text in which nothing is markup, written so that Markdown shows it as it is."""
    text = _EMPHASIS.sub(
        lambda found: found[0] if len(found[0]) == 1 and _is_harmless(found) else _shown(found[0]), text
    )
    return _guarded(text)


def fenced(code: str) -> str:
    """A block of code on lines of its own, whatever signs stand in it."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
    return f"\n{fence}\n{code.strip(chr(10))}\n{fence}\n"


def settled(text: str) -> str:
    """Markdown in which a paragraph does not run on in the list or quote above it, and no line turns into code."""
    lines: list[str] = []
    in_fence = was_block = False
    for line in text.strip("\n").split("\n"):
        is_fence = line.lstrip().startswith("```")
        in_fence ^= is_fence
        goes_on = was_block and bool(line.strip()) and line.startswith("  ")
        is_block = not in_fence and not is_fence and (goes_on or bool(_LIST_OR_QUOTE.match(line)))
        if not (in_fence or is_fence or is_block):
            line = line.strip() if line.startswith(("    ", "\t")) else line.rstrip()
            if line and was_block:
                lines.append("")
            if not line and lines and not lines[-1]:
                continue
        lines.append(line)
        was_block = is_block
    return "\n".join(lines).rstrip("\n")


def _prose(text: str, labels: Labels) -> str:
    if not text:
        return ""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(_control(found[1], labels))
        return f"\ue003{len(kept) - 1}\ue003"

    text = _CONTROL.sub(keep, text)
    text = _quoted_to_the_end(with_emoji(text))
    text = _guarded(_emphasised(unescape_slack(_BULLET.sub(r"\1- ", text))))
    text = _LOOKS_LIKE_HEADING.sub(r"\1\\\2", text)
    return _KEPT.sub(lambda found: kept[int(found[1])], text)


def _control(inside: str, labels: Labels) -> str:
    target, _bar, label = inside.partition("|")
    label = unescape_slack(label)
    if target.startswith("@"):
        return labels.person(target[1:], label)
    if target.startswith("#"):
        return labels.channel(target[1:], label)
    if target.startswith("!"):
        name = target[1:].partition("^")[0]
        return plain(label if label else f"@{name}") if name in _BROADCASTS else plain(label or f"@{name}")
    return labels.link(unescape_slack(target), label)


def _code(found: re.Match[str], labels: Labels) -> str:
    def shown(control: re.Match[str]) -> str:
        target, _bar, label = control[1].partition("|")
        known = labels.people.get(target[1:].upper(), "") if target.startswith("@") else ""
        return label or (f"@{known}" if known else without_secrets(target))

    code = unescape_slack(_CONTROL.sub(shown, found["block"] or found["inline"]))
    return fenced(code) if found["block"] else f"`{code}`"


def unescape_slack(text: str) -> str:
    """Slack escapes three signs and no others."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in text else text


def _quoted_to_the_end(text: str) -> str:
    before, mark, after = text.partition("&gt;&gt;&gt;")
    if not mark or (before and not before.endswith("\n")):
        return text
    return before + "\n".join(f"&gt; {line}" for line in after.strip().split("\n"))


def _emphasised(text: str) -> str:
    def shown(found: re.Match[str]) -> str:
        for name, mark in (("bold", "**"), ("italic", "_"), ("struck", "~~")):
            if found[name] is not None:
                return f"{mark}{_emphasised(found[name])}{mark}"
        return found[0] if _is_harmless(found) else "\\" + found[0]

    return _EMPHASIS.sub(shown, text)


def _is_harmless(found: re.Match[str]) -> bool:
    text, at = found.string, found.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if found[0] == "\\":
        return not (after and after.isascii() and not after.isalnum() and not after.isspace())
    if found[0] == "~":
        return "~" not in (before, after)
    if found[0] == "_":
        return before.isalnum() and after.isalnum()
    return after.isspace() and (before in ("", "\n") or before.isspace())


def _shown(text: str) -> str:
    return re.sub(r"([*_~\\])", r"\\\1", text)


def _guarded(text: str) -> str:
    """Signs that Markdown or Heard would read as markup and Slack does not: entities, and names after `@`."""
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    return re.sub(r"(?<![\w\\])@(?=\w)", r"\\@", text)
