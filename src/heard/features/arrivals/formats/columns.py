"""What the columns of a table of people are called, in the languages that office programs speak."""

import re
from functools import cache
from importlib.resources import files

from heard.plumbing.words import fold

# Among several columns for a manager, one that names them by number or address is better than one by name.
_BETTER = re.compile(r"\b(?:id|number|no|nr|email|mail|upn)\b")

_LONGEST = 200


def folded(header: str) -> str:
    """A header without case, accents and signs."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.findall(r"[a-z0-9]+", fold(spaced)))


@cache
def _fields() -> dict[str, str]:
    table = files("heard.features.arrivals.formats").joinpath("column_names.txt").read_text("utf-8")
    rows = [line.partition(":") for line in table.splitlines() if line and not line.startswith("#")]
    known = {folded(name): field for field, _colon, names in rows for name in names.split(";")}
    return {name.replace(" ", ""): field for name, field in known.items()} | known


def field_of(header: str) -> str:
    """The field that a column holds, or nothing; what stands in brackets after the name does not count."""
    header = header[:_LONGEST]
    bare = re.sub(r"\(.*?\)|\*", "", header)
    spellings = (folded(header), folded(header).replace(" ", ""), folded(bare))
    return next((field for spelling in spellings if (field := _fields().get(spelling))), "")


def columns_of(header: list[str]) -> dict[str, int]:
    """Which column holds which field; of several the first, but a manager's number or address before a name."""
    found: dict[str, int] = {}
    for nth, title in enumerate(header):
        field = field_of(title)
        if not field:
            continue
        is_better = field == "manager" and _BETTER.search(folded(title)) and field in found
        if field not in found or (is_better and not _BETTER.search(folded(header[found[field]]))):
            found[field] = nth
    # "Nom" and "Nombre" are a whole name where no other column holds the rest of it.
    if "name" not in found and ("first" in found) != ("last" in found):
        found["name"] = found.pop("first", -1) if "first" in found else found.pop("last")
    return found
