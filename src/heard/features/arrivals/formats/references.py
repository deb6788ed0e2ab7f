"""References inside a text to people, communities and messages that have no address here yet; and clean text."""

import re
from collections.abc import Callable

# References inside a text stand between two private-use signs, which `clean` takes out of anything foreign.
_OPEN, _SHUT, _PART = "\ue000", "\ue001", "\ue002"
_REFERENCE = re.compile(f"{_OPEN}([^{_OPEN}{_SHUT}{_PART}]*){_PART}([^{_SHUT}{_PART}]*){_PART}([^{_SHUT}]*){_SHUT}")
_FOREIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\ue003\ud800-\udfff]")


def person_reference(key: str, label: str) -> str:
    """Stands in a text for a mention; `label` is what is shown where the person did not come along."""
    return f"{_OPEN}person{_PART}{key}{_PART}{label}{_SHUT}"


def community_reference(key: str, label: str) -> str:
    """Stands in a text for a link to a community."""
    return f"{_OPEN}community{_PART}{key}{_PART}{label}{_SHUT}"


def message_reference(key: str, label: str) -> str:
    """Stands in a text for a link to a message."""
    return f"{_OPEN}message{_PART}{key}{_PART}{label}{_SHUT}"


def resolve_references(text: str, resolve: Callable[[str, str, str], str]) -> str:
    """Replaces each reference by `resolve(kind, key, label)`; kind is `person`, `community` or `message`."""
    if _OPEN not in text:
        return text
    return _REFERENCE.sub(lambda found: resolve(found[1], found[2], found[3]), text)


def references(text: str) -> list[tuple[str, str]]:
    """Every (kind, key) that a text refers to, in order."""
    return [(found[1], found[2]) for found in _REFERENCE.finditer(text)] if _OPEN in text else []


def clean(text: str) -> str:
    """Foreign text without what no database takes (NUL, lone surrogates, controls); line ends become newlines."""
    # Whatever is printable holds nothing of this; so it is with almost every text.
    if text.replace("\n", " ").replace("\t", " ").isprintable():
        return text
    return _FOREIGN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
