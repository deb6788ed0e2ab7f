"""Questions as somebody drafts them: chosen from ready sets, or typed one a line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import category, normalize

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heard.features.asks.errors import QuestionIsUnclear, WrongNumberOfQuestions
from heard.features.asks.rules.sets import ITEMS
from heard.plumbing.words import fold

MOST_QUESTIONS = 15
MOST_OPTIONS = 12
LONGEST_TEXT, LONGEST_OPTION, LONGEST_COMMENT = 300, 100, 1_000
MARKED = re.compile(r"\[([^\]]*)\]\s*(.*)", re.DOTALL)
LISTED = re.compile(r"(?:\d{1,2}[.)]|[-–•*·])(?:\s+|$)")
TURNED = re.compile(r"\s*\(r(?:everse[ds]?)?\)\s*$", re.IGNORECASE)
MARKS = {"0-10": "recommend", "agree": "agree", "reversed": "agree", "choose": "choice", "words": "comment"}
SECONDS = {"recommend": 6, "agree": 5, "choice": 7, "comment": 20, "vote": 10}
SOON_DONE = 60
"""Seconds: what takes longer is left unanswered by many, and whoever drafts it is told so."""
# Blank on the screen, though no space: fillers of Hangul, blank braille, a joiner, variation selectors.
BLANK = "\u115f\u1160\u2800\u034f" + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
# Cyrillic and Greek letters that look like Latin ones, small or large.
LOOKALIKES = str.maketrans("авекмнорстухіјѕһԁԛԝαβεζηικμνορτυχ", "abekmhopctyxijshdqwabezhikmvoptyx", BLANK)


@dataclass(frozen=True)
class Draft:
    """A question before it is asked."""

    kind: str
    text: str
    options: tuple[str, ...] = ()
    is_reversed: bool = False
    ready_set: str = ""

    @property
    def topic(self) -> str:
        """The same for the same question, whoever asks it and however it is set."""
        return topic_of(self.kind, self.text, self.options)


def topic_of(kind: str, text: str, options: Iterable[str] = ()) -> str:
    """The digest of a question as it is read aloud: in small letters, without points, spaces and what is not seen.

    The options count in any order.
    """
    said = [kind, bare(text), *sorted(bare(option) for option in options)]
    return sha256("\n".join(said).encode()).hexdigest()


def bare(text: str) -> str:
    """The letters and digits of a text alone, in lower case, without accents; its signs where it has neither."""
    folded = visible(text)
    return "".join(filter(str.isalnum, folded)) or folded


def visible(text: str) -> str:
    """Whatever of a text leaves ink, in lower case and without accents."""
    folded = fold(normalize("NFKC", text)).translate(LOOKALIKES)
    return "".join(one for one in folded if category(one)[0] not in "CZ")


def chosen(keys: Iterable[str]) -> list[Draft]:
    """The ready questions of these keys, in the order of their sets; what there is not is passed over."""
    wanted = set(keys)
    return [
        Draft(item.kind, item.text, is_reversed=item.is_reversed, ready_set=ready.code)
        for key, (ready, item) in ITEMS.items()
        if key in wanted
    ]


def typed(words: str) -> list[Draft]:
    """Questions one a line: five-point agreement, unless [0-10], [reversed], [choose] or [words] stands before.

    The options of a choice stand behind it, each after a |. What a pasted list has before its items is left out, and
    (R) behind one says, as in many questionnaires, that it is reversed. Raises QuestionIsUnclear.
    """
    return [draft_of(unlisted(line.strip())) for line in words.splitlines() if line.strip()]


def unlisted(line: str) -> str:
    """The line without the number or bullet of a list before it."""
    found = LISTED.match(line)
    return line[found.end() :] if found else line


def draft_of(line: str) -> Draft:
    """One line. Raises QuestionIsUnclear."""
    mark, text = "agree", line
    if found := MARKED.fullmatch(line):
        mark, text = found[1].strip().lower(), found[2].strip()
    if mark not in MARKS:
        raise QuestionIsUnclear(line, _("[%(mark)s] is no kind of question.") % {"mark": mark[:40]})
    if mark == "agree" and TURNED.search(text):
        mark, text = "reversed", TURNED.sub("", text)
    kind = MARKS[mark]
    text, *options = [part.strip() for part in text.rstrip("| ").split("|")] if kind == "choice" else [text]
    return checked(Draft(kind, text, tuple(options), is_reversed=mark == "reversed"))


def as_typed(drafts: Iterable[Draft]) -> tuple[list[str], str]:
    """The other way round: the keys of what is ready, and the rest as somebody would type it."""
    keys = {(item.text, item.kind): key for key, (_set, item) in ITEMS.items()}
    ready = [keys[draft.text, draft.kind] for draft in drafts if draft.ready_set and (draft.text, draft.kind) in keys]
    own = [draft for draft in drafts if not draft.ready_set or (draft.text, draft.kind) not in keys]
    return ready, "\n".join(line_of(draft) for draft in own)


def line_of(draft: Draft) -> str:
    """One question as it is typed."""
    marks = {"recommend": "[0-10] ", "choice": "[choose] ", "comment": "[words] "}
    mark = "[reversed] " if draft.is_reversed else marks.get(draft.kind, "")
    return mark + " | ".join((draft.text, *draft.options))


def checked(draft: Draft) -> Draft:
    """The same draft. Raises QuestionIsUnclear where it cannot be asked."""
    if not visible(draft.text):
        raise QuestionIsUnclear(draft.text, _("It has no words."))
    if len(draft.text) > LONGEST_TEXT:
        raise QuestionIsUnclear(draft.text, _("It is longer than %(n)s letters.") % {"n": LONGEST_TEXT})
    if draft.kind == "choice" and not 2 <= len(draft.options) <= MOST_OPTIONS:
        raise QuestionIsUnclear(draft.text, _("Give 2 to %(n)s answers to choose from.") % {"n": MOST_OPTIONS})
    if not all(visible(option) for option in draft.options):
        raise QuestionIsUnclear(draft.text, _("One of its answers has no words."))
    if len({visible(option) for option in draft.options}) < len(draft.options):
        raise QuestionIsUnclear(draft.text, _("Two of its answers are the same."))
    if any(len(option) > LONGEST_OPTION for option in draft.options):
        raise QuestionIsUnclear(draft.text, _("An answer is longer than %(n)s letters.") % {"n": LONGEST_OPTION})
    return draft


def fit_to_ask(drafts: list[Draft]) -> list[Draft]:
    """The same drafts. Raises WrongNumberOfQuestions, and QuestionIsUnclear where one stands twice."""
    if not 1 <= len(drafts) <= MOST_QUESTIONS:
        raise WrongNumberOfQuestions(len(drafts), MOST_QUESTIONS)
    topics: set[str] = set()
    for draft in drafts:
        if draft.topic in topics:
            raise QuestionIsUnclear(draft.text, _("It is asked twice."))
        topics.add(draft.topic)
    return drafts


def seconds_for(kinds: Iterable[str]) -> int:
    """How long answering takes, about."""
    return sum(SECONDS[kind] for kind in kinds)


def length_told(seconds: int) -> str:
    """How long that is as people say it: in seconds up to a minute and a half, then in minutes."""
    if seconds <= 90:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = round(seconds / 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
