"""The log of what was published, as everybody may read it."""

from typing import Any

from heard.features.ballots.models import Entry
from heard.features.ballots.rules import START


def checkpoint() -> dict[str, Any]:
    """How many lines the log has, and the hash of the last, which holds all before it."""
    number, hashed = Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, START)
    return {"size": number, "hash": hashed}


def log_from(number: int) -> list[Any]:
    """Its lines from this number on; the first has the number 1."""
    entries = Entry.objects.filter(number__gte=number).order_by("number")
    return list(entries.values("number", "kind", "body", "hash"))
