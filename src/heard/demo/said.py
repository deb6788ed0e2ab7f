"""What was said in the demo company, and how its scripts in `talk/*.txt` are read.

A script is plain text, so that it can be written and corrected like a conversation:

    == ask joana 2d 06:40 pinned 👍12      a thread: kind, who, days ago and clock (or "3h" ago)
    The title, on one line

    The body, in Markdown, until the next mark.
    @@ pavel 38m settles 🙏41              a reply, so long after the thread; "settles" if it answered
    What Pavel replied.
    @@@ joana 6m                           an answer to that reply, so long after the line above
    What Joana answered.

Dates that must stay fresh are written `{day +21}` and `{month -2}`, counted from when it was said.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

_HEAD = re.compile(r"^(==|@@@?) (.+)$")
_SPAN = re.compile(r"(\d+)([dhm])")
_GOT = re.compile(r"^(\D+)(\d+)$")
_UNIT = {"d": "days", "h": "hours", "m": "minutes"}
KINDS = ("share", "ask", "suggest")


class ScriptIsBroken(ValueError):
    """A line of a script that does not follow its grammar."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path.name}, line {line}: {why}")


@dataclass(slots=True)
class Reply:
    """Something said under a thread, `after` the thread; an answer, `after` what was said just above it."""

    by: str
    after: timedelta
    settles: bool
    got: tuple[tuple[str, int], ...]
    text: str = ""
    answers: list["Reply"] = field(default_factory=list)


@dataclass(slots=True)
class Thread:
    """What somebody said, `days` ago at a `clock` time or exactly `ago`, and everything said to it."""

    kind: str
    by: str
    days: int
    clock: tuple[int, int] | None
    ago: timedelta
    pinned: bool
    got: tuple[tuple[str, int], ...]
    title: str = ""
    text: str = ""
    replies: list[Reply] = field(default_factory=list)


def read_script(path: Path) -> list[Thread]:
    """Every thread of one script, in the order written; raises ScriptIsBroken with the line."""
    threads: list[Thread] = []
    speech: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        head = _HEAD.match(line)
        if not head:
            speech.append(line)
            continue
        _finish(threads, speech)
        speech = []
        try:
            _open(threads, head[1], head[2].split())
        except (IndexError, KeyError, ValueError) as error:
            raise ScriptIsBroken(path, number, str(error)) from error
    _finish(threads, speech)
    return threads


def span(text: str) -> timedelta:
    """Read "2d", "3h", "40m" or a run of them such as "1h20m"."""
    found = _SPAN.findall(text)
    if "".join(f"{count}{unit}" for count, unit in found) != text:
        raise ValueError(f"“{text}” is not a span of time")
    return sum((timedelta(**{_UNIT[unit]: int(count)}) for count, unit in found), timedelta())


def _open(threads: list[Thread], mark: str, words: list[str]) -> None:
    """Begin a thread, a reply or an answer at the right place."""
    if mark == "==":
        threads.append(_thread(words))
        return
    by, after, *rest = words
    reply = Reply(by, span(after), rest[:1] == ["settles"], _got(rest[rest[:1] == ["settles"] :]))
    last = threads[-1]
    (last.replies if mark == "@@" else last.replies[-1].answers).append(reply)


def _thread(words: list[str]) -> Thread:
    kind, by, when, *rest = words
    if kind not in KINDS:
        raise ValueError(f"“{kind}” is none of {', '.join(KINDS)}")
    days, clock, ago = 0, None, timedelta()
    if rest and ":" in rest[0]:
        hour, minute = rest.pop(0).split(":")
        days, clock = span(when).days, (int(hour), int(minute))
    else:
        ago = span(when)
    pinned = rest[:1] == ["pinned"]
    return Thread(kind, by, days, clock, ago, pinned, _got(rest[pinned:]))


def _got(words: list[str]) -> tuple[tuple[str, int], ...]:
    """Read "👍12 ❤️3" as emoji and how many gave it."""
    found = [_GOT.match(word) for word in words]
    if None in found:
        raise ValueError(f"“{' '.join(words)}” are not reactions")
    return tuple((match[1], int(match[2])) for match in found if match)


def _finish(threads: list[Thread], speech: list[str]) -> None:
    """Give the words read since the last mark to whoever opened it."""
    said = "\n".join(speech).strip()
    if not threads:
        return
    last = threads[-1]
    if not last.title:
        last.title, _, last.text = (part.strip() for part in said.partition("\n"))
    elif last.replies[-1].answers:
        last.replies[-1].answers[-1].text = said
    else:
        last.replies[-1].text = said
