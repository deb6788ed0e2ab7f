"""Cuts off what a mail quotes and how it is signed. In doubt nothing is cut: words of one's own are never lost.

What is taken for a quotation: lines that begin with `>` at one end of the mail, with the line that introduces them;
all below a line that says so (ours, Outlook's, the header of a quoted mail); a signature below `-- `.
Answers between the lines of a quotation stay with it.
"""

import re

from ..posting import OLD_REPLY_LINE, REPLY_LINE
from .tongues import INTRODUCES, IS_ORIGINAL, IS_SENT_FROM, MAIL_HEADERS, MUST_STAND, SUBJECTS

LONGEST_SIGNATURE = 10
EMPTY = re.compile(r"[\s\u200b]*|\s*[-_=*]{3,}\s*")
LONGEST_LINE = 1_000
"""Characters of a line that are looked at; nothing that a mail reader writes round a quotation is longer."""
INTRODUCTION = 3
"""Lines over which a mail reader may break the line that introduces a quotation."""


def own_words(text: str) -> str:
    """What somebody wrote, of a mail as Markdown."""
    lines = text.replace("\r\n", "\n").split("\n")
    lines = _above_separator(lines)
    lines = _without_signature(_without_quotes(_without_signature(lines)))
    return _trimmed(lines)


def _above_separator(lines: list[str]) -> list[str]:
    """What stands above a line that says that all below is quoted."""
    last_marked = max((nth for nth, line in enumerate(lines) if line.startswith(">")), default=-1)
    bare_lines = [_bare(line) for line in lines]
    for nth, (line, bare) in enumerate(zip(lines, bare_lines, strict=True)):
        if _is_ours(bare) or IS_ORIGINAL.fullmatch(bare) or _is_mail_header(line, bare_lines[nth : nth + 10]):
            return _without_introduction(lines[:nth])
        if nth >= last_marked and _introduces_by_address(bare, line):
            return lines[:nth]
    return lines


def _is_ours(line: str) -> bool:
    marks = (REPLY_LINE, OLD_REPLY_LINE)
    return any(len(line) > 2 * len(mark) and line.startswith(mark) and line.endswith(mark) for mark in marks)


def _is_mail_header(line: str, bare_lines: list[str]) -> bool:
    """Whether the header of a quoted mail begins at a line, as Outlook writes it: From, Subject, and one more."""
    if line.startswith(">") or not (first := MAIL_HEADERS.match(bare_lines[0])):
        return False
    if first["name"].lower() not in MUST_STAND:
        return False
    names = {found["name"].lower() for bare in bare_lines if (found := MAIL_HEADERS.match(bare))}
    return len(names) >= 3 and bool(names & SUBJECTS)


def _introduces_by_address(bare: str, line: str) -> bool:
    """Whether this is `On … Heard <heard@…> wrote:`, which some readers put before what they do not mark."""
    is_whole = "@" in bare and bare.endswith(":") and not line.startswith(">")
    return is_whole and bool(INTRODUCES.search(bare))


def _without_quotes(lines: list[str]) -> list[str]:
    """Less the quotation at the end, and the one at the beginning where it is the only one.

    Only where something shows that a letter is quoted: people quote poets too.
    """
    blocks = _blocks(lines)
    quoted = [nth for nth, (is_quote, _lines) in enumerate(blocks) if is_quote]
    if not quoted or not _quotes_a_letter(lines):
        return lines
    if quoted[-1] == len(blocks) - 1:
        blocks = blocks[:-1]
        if blocks:
            blocks[-1] = (False, _without_introduction(blocks[-1][1]))
        quoted = quoted[:-1]
    starts = 1 if blocks and not blocks[0][0] and not _trimmed(_without_introduction(blocks[0][1])) else 0
    if quoted and quoted[0] == starts:
        rest = blocks[starts + 1 :] if len(quoted) == 1 else blocks[starts:]
        return [line for _is_quote, part in rest for line in part]
    return [line for _is_quote, part in blocks for line in part]


def _quotes_a_letter(lines: list[str]) -> bool:
    """Whether our line stands anywhere, or one that says when who wrote."""
    bare = [_bare(line.lstrip("> ")) for line in lines]
    windows = (" ".join(bare[nth : nth + count]) for nth in range(len(bare)) for count in range(1, INTRODUCTION + 1))
    return any(map(_is_ours, bare)) or any(map(_introduces, windows))


def _blocks(lines: list[str]) -> list[tuple[bool, list[str]]]:
    """Runs of quoted and of other lines; empty lines go with what stands before them, and at the end with nothing."""
    blocks: list[tuple[bool, list[str]]] = []
    for line in lines:
        is_quote = line.startswith(">")
        if blocks and (not line.strip() or blocks[-1][0] == is_quote):
            blocks[-1][1].append(line)
        elif line.strip():
            blocks.append((is_quote, [line]))
    return blocks


def _without_introduction(lines: list[str]) -> list[str]:
    """Less the line, or the few that it was broken into, at the end, which says who wrote what is quoted next."""
    kept = list(lines)
    while kept and not _bare(kept[-1]):
        kept.pop()
    for count in range(1, min(INTRODUCTION, len(kept)) + 1):
        if _introduces(" ".join(_bare(line) for line in kept[-count:])):
            return kept[:-count]
    return lines


def _introduces(line: str) -> bool:
    """Whether a line says when who wrote: it has a date, a word for writing or an address, and no half of a bracket."""
    is_whole = line.endswith((":", "：")) and len(line) < 300 and line.count("<") == line.count(">")
    return is_whole and bool(re.search(r"\d", line)) and bool("@" in line or INTRODUCES.search(line))


def _without_signature(lines: list[str]) -> list[str]:
    """Less what stands below `-- `, and less a last line as “Sent from my telephone”."""
    below = 0
    for nth in range(len(lines) - 1, -1, -1):
        line = lines[nth]
        if line.rstrip() in {"--", "\\--"}:
            lines = lines[:nth]
            break
        below += bool(line.strip())
        if below > LONGEST_SIGNATURE or line.startswith(">"):
            break
    kept = list(lines)
    while kept and not _bare(kept[-1]):
        kept.pop()
    return kept[:-1] if kept and IS_SENT_FROM.fullmatch(_bare(kept[-1])) else lines


def _bare(line: str) -> str:
    """A line without what makes it bold, a link or a rule."""
    line = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", line.strip()[:LONGEST_LINE])
    return re.sub(r"^[-_=*]{3,}$|[*\\]|\u200b", "", line).strip()


def _trimmed(lines: list[str]) -> str:
    """The lines less the empty ones, and the rules, at both ends."""
    first, last = 0, len(lines)
    while first < last and EMPTY.fullmatch(lines[first]):
        first += 1
    while last > first and EMPTY.fullmatch(lines[last - 1]):
        last -= 1
    return "\n".join(lines[first:last]).rstrip()
