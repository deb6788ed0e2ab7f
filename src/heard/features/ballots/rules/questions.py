"""What may be asked, and what may be answered to it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from heard.features.ballots.errors import BodyIsMalformed, SchemeIsUnusable

CODE = re.compile(r"[0-9a-z][0-9a-z_-]{0,39}")
MOST_QUESTIONS = 100
MOST_OPTIONS = 100
LONGEST = 1_000
LONGEST_EVER = 10_000
STEP = 8_192
BOUNDS = {"recommend": (0, 10), "agree": (1, 5), "vote": (-1, 1)}
KINDS = {*BOUNDS, "choice", "comment"}
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Question:
    """What the heart knows of a question: how it is answered, never what it asks.

    recommend: 0 to 10 · agree: 1 to 5 · vote: -1 disagree, 0 pass, 1 agree · choice: 0 to `options` - 1 ·
    comment: words, at most `longest` characters.
    """

    code: str
    kind: str
    options: int = 0
    longest: int = 0

    def __post_init__(self) -> None:
        """Raises SchemeIsUnusable."""
        choices = 2 <= self.options <= MOST_OPTIONS if self.kind == "choice" else self.options == 0
        words = 0 < self.longest <= LONGEST_EVER if self.kind == "comment" else self.longest == 0
        if not CODE.fullmatch(self.code) or self.kind not in KINDS or not choices or not words:
            raise SchemeIsUnusable

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the most that an answer may be."""
        return (0, self.options - 1) if self.kind == "choice" else BOUNDS[self.kind]


def scheme_of(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """The questions as they are published. Raises SchemeIsUnusable where two have one name, or there are too many."""
    listed = [asdict(question) for question in questions]
    if len({question["code"] for question in listed}) != len(listed) or len(listed) > MOST_QUESTIONS:
        raise SchemeIsUnusable
    return listed


def size_of(questions: Iterable[Question]) -> int:
    """How many bytes every body has, whatever is answered: room for the longest, in steps of 8,192."""
    room = 1_024 + sum(80 + 4 * question.longest for question in questions)
    return -(-room // STEP) * STEP


def checked(answers: Mapping[Any, Any], scheme: Iterable[Mapping[str, Any]]) -> dict[str, int | str]:
    """The answers that say something, as they will be kept. Raises BodyIsMalformed for what nobody asked."""
    questions = {one["code"]: Question(**one) for one in scheme}
    if not set(answers) <= set(questions):
        raise BodyIsMalformed
    kept = {code: _kept(given, questions[code]) for code, given in answers.items()}
    return {code: answer for code, answer in kept.items() if answer != ""}


def _kept(given: object, question: Question) -> int | str:
    if question.kind == "comment":
        if not isinstance(given, str) or len(given) > 2 * question.longest + 2:
            raise BodyIsMalformed
        words = given.replace("\r\n", "\n").strip()
        if len(words) > question.longest or CONTROLS.search(words):
            raise BodyIsMalformed
        return words
    least, most = question.bounds
    if type(given) is not int or not least <= given <= most:
        raise BodyIsMalformed
    return given
