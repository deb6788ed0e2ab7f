"""Sees to it that what a source calls things can be stored, whatever signs stand in it and however long it is."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, get_type_hints

from heard.features.arrivals.formats.records import Record
from heard.features.arrivals.formats.references import clean

_LONGEST_KEY = 255


def storable(records: Iterator[Record]) -> Iterator[Record]:
    """The records; keys and names that no database takes are changed, different ones to different ones."""
    for record in records:
        kind: Any = type(record)
        names, values_of = _texts_in(kind)
        values = values_of(record)
        if (joined := "".join(values)).isprintable() and len(joined) <= _LONGEST_KEY:
            yield record
            continue
        mended = {
            name: storable_key(value) if name.endswith("key") else clean(value)
            for name, value in zip(names, values, strict=True)
        }
        yield _again(record, mended) if tuple(mended.values()) != values else record


def storable_key(key: str, longest: int = _LONGEST_KEY) -> str:
    """A key as it is, or where it cannot be stored, what can be read of it and a mark of the whole."""
    read = clean(key)
    if read == key and len(key) <= longest:
        return key
    mark = blake2b(key.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()
    return f"{read[: longest - 20]}~{mark}"


def _again[T: Record](record: T, mended: dict[str, Any]) -> T:
    return replace(record, **mended)


@cache
def _texts_in(kind: type[Any]) -> tuple[tuple[str, ...], Callable[[Record], tuple[str, ...]]]:
    """Every text of a record but its words, which each format has cleaned, and the name of a member."""
    hints: dict[str, Any] = get_type_hints(kind)
    names = tuple(it.name for it in fields(kind) if hints[it.name] is str and it.name not in ("text", "member"))
    return names, attrgetter(*names)
