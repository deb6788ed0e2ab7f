"""Words that lead somewhere: `@handle`, `#hashtag` and e-mail addresses in running text."""

import re
import unicodedata
from itertools import groupby

LONGEST_HASHTAG = 64


def _marks() -> str:
    """The combining marks that words of many scripts are written with and that `\\w` leaves out, as ranges.

    Without them #हिन्दी would end after its first letter.
    """
    codes = (code for code in range(0x300, 0x1200) if unicodedata.category(chr(code)) in {"Mn", "Mc"})
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0])]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


_LETTER = rf"[\w{_marks()}]"
_INNER = rf"[\w\-\u200c\u200d{_marks()}]"
_NOT_AFTER = r"(?<![\w@#/&+-])"
_HANDLE = r"@(?P<handle>[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?)(?!@|\w*@)"
_HASHTAG = rf"#(?P<hashtag>{_LETTER}(?:{_INNER}{{0,{LONGEST_HASHTAG - 2}}}{_LETTER})?)(?!{_LETTER})"
_EMAIL = r"(?P<email>[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![\w@])"

HANDLE = re.compile(_NOT_AFTER + _HANDLE)
LEADING_WORD = re.compile(rf"{_NOT_AFTER}(?:{_HANDLE}|{_HASHTAG}|{_EMAIL})")


def fold_hashtag(hashtag: str) -> str:
    """The one spelling under which a hashtag, given without its `#`, is found however it was typed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", hashtag).casefold())


def is_hashtag(word: str) -> bool:
    """Whether `word` names something: #12 is a number, not a hashtag."""
    return any(character.isalpha() for character in word)


def spellings(handle: str) -> tuple[str, ...]:
    """The handles that `@handle` may mean, likeliest first: a full stop may have ended a sentence."""
    handle = handle.lower()
    shorter = handle.rpartition(".")[0].rstrip("._-")
    return (handle, shorter) if shorter else (handle,)
