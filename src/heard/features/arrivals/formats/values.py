"""Takes simple values out of foreign JSON, in which anything may stand anywhere."""

from typing import Any

from heard.features.arrivals.formats.references import clean


def text_in(value: Any) -> str:
    """A clean text, also of a number; nothing where something else stands."""
    if isinstance(value, str):
        return clean(value).strip()
    return str(value) if type(value) is int and abs(value) < 10**18 else ""


def number_in(value: Any) -> int | None:
    """A whole number that fits 64 bits, also one written as text; nothing where something else stands."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        value = int(value)
    return value if type(value) is int and abs(value) < 10**18 else None


def dict_in(value: Any) -> dict[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def list_in(value: Any) -> list[Any]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def dicts_in(value: Any) -> list[dict[str, Any]]:
    """The objects in a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
