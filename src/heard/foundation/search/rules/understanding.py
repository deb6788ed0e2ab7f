"""What somebody means by what they type: words, phrases, what to leave out, and filters."""

import re
from dataclasses import dataclass, field
from datetime import date

from heard.foundation.search.rules.asked import Asked, Term
from heard.plumbing.text import fold_hashtag
from heard.plumbing.tongues import split

LONGEST = 400
MOST_TERMS = 16
SAID_AS = {
    "thread": "share",
    "share": "share",
    "question": "ask",
    "ask": "ask",
    "idea": "suggest",
    "suggest": "suggest",
    "reply": "reply",
    "answer": "reply",
    "file": "file",
}
SEEN_AS = {"file": "file", "picture": "picture", "image": "picture", "photo": "picture", "link": "link"}
_PIECE = re.compile(r'-?(?:[a-z]+:)?"[^"]*(?:"|$)|\S+', re.IGNORECASE)
_FILTER = re.compile(r'(from|in|has|before|after|kind):"?([^"]*)"?', re.IGNORECASE)


@dataclass
class _Reading:
    """What has been understood so far."""

    terms: list[Term] = field(default_factory=list)
    waiting: tuple[str, bool, str] | None = None
    lists: dict[str, list[tuple[str, bool]]] = field(
        default_factory=lambda: {"from": [], "in": [], "kind": [], "has": [], "tag": []}
    )
    days: dict[str, date] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)

    def filter(self, name: str, value: str, *, is_wanted: bool, written: str) -> None:
        """Takes in `name:value`."""
        if name in {"before", "after"}:
            if day := day_of(value):
                self.days[name] = day
            else:
                self.odd.append(written)
            return
        known = {"kind": SAID_AS, "has": SEEN_AS}.get(name)
        value = known.get(value.lower().removesuffix("s"), "") if known else value.strip().lstrip("@#")
        if value:
            self.lists[name].append((value, is_wanted))
        else:
            self.odd.append(written)

    def takes(self, piece: str) -> bool:
        """Whether the filter before this was empty, as in `from: joana`, and this is its value."""
        if self.waiting is None:
            return False
        (name, is_wanted, written), self.waiting = self.waiting, None
        value = piece.strip('"').strip()
        if not value or _FILTER.fullmatch(piece.removeprefix("-")):
            self.odd.append(written)
            return False
        self.filter(name, value, is_wanted=is_wanted, written=f"{written} {piece}")
        return True

    def word(self, piece: str, *, is_exact: bool, is_left_out: bool) -> None:
        """Takes in a word or a phrase; what holds no word is nothing."""
        words = tuple(word.folded for word in split(piece))[:20]
        if words and len(self.terms) < MOST_TERMS:
            self.terms.append(Term(piece, words, is_exact, is_left_out))


def day_of(typed: str) -> date | None:
    """A day as `2026-11-24`, a month as `2026-11` or a year as `2026`: its first day; nothing for anything else."""
    parts = typed.strip().split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3 or len(parts[0]) != 4:
        return None
    try:
        year, month, day = (*(int(part) for part in parts), 1, 1)[:3]
        return date(year, month, day)
    except ValueError:
        return None


def understood(typed: str) -> Asked:
    """Reads what was typed. Whatever it is, something is understood, and nothing is refused."""
    cut = typed[:LONGEST]
    reading = _Reading()
    for piece in _PIECE.findall(cut.replace("\0", " ").replace("“", '"').replace("”", '"').replace("„", '"')):
        if reading.takes(piece):
            continue
        is_left_out = piece.startswith("-") and len(piece) > 1
        bare = piece[1:] if is_left_out else piece
        if (found := _FILTER.fullmatch(bare)) and found.group(2).strip():
            reading.filter(found.group(1).lower(), found.group(2), is_wanted=not is_left_out, written=piece)
        elif found and bare.endswith(":"):
            reading.waiting = (found.group(1).lower(), not is_left_out, piece)
        elif bare.startswith("#") and len(bare) > 1 and any(letter.isalpha() for letter in bare):
            reading.lists["tag"].append((fold_hashtag(bare.lstrip("#")), not is_left_out))
        else:
            reading.word(bare.strip('"'), is_exact=bare.startswith('"'), is_left_out=is_left_out)
    if reading.waiting:
        reading.odd.append(reading.waiting[2])
    return Asked(
        terms=tuple(reading.terms),
        people=tuple(reading.lists["from"][:8]),
        places=tuple(reading.lists["in"][:8]),
        kinds=tuple(reading.lists["kind"][:8]),
        has=tuple(reading.lists["has"][:8]),
        tags=tuple(reading.lists["tag"][:8]),
        after=reading.days.get("after"),
        before=reading.days.get("before"),
        odd=tuple(reading.odd),
        is_cut=len(typed) > LONGEST,
    )
