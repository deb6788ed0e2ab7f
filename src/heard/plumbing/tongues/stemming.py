"""Words without their endings, by the rules of each language (Snowball)."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import Stemmer

from heard.plumbing.words import LONGEST, fold

LANGUAGES = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
_stemmers: dict[str, Stemmer.Stemmer] = {}


@lru_cache(maxsize=100_000)
def stem(written: str, language: str) -> str:
    """The folded stem of a word in `language` (of LANGUAGES); endings are told by accents, so give it as written."""
    if language not in _stemmers:
        # Words are kept by the cache above.
        _stemmers[language] = Stemmer.Stemmer(LANGUAGES[language], 0)
    return fold(_stemmers[language].stemWord(written.lower()))[:LONGEST]


@lru_cache(maxsize=5_000)
def stems(written: str) -> Mapping[str, frozenset[str]]:
    """The stems that a word may have, each with the languages in which it has it."""
    found: dict[str, frozenset[str]] = {}
    for language in LANGUAGES:
        one = stem(written, language)
        found[one] = found.get(one, frozenset()) | {language}
    return MappingProxyType(found)
