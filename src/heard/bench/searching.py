"""What is looked for in the made-up organisation, and the index that it is looked for in."""

from collections.abc import Callable
from itertools import combinations
from urllib.parse import urlencode

from django.db import connection

from heard.bench.sizes import Size
from heard.bench.words import vocabulary
from heard.foundation.search.actions import begin_anew, fill_wholly, is_filling

KINDS = ("common", "middling", "rare", "apart", "mistyped", "nothing", "best", "live")


def typed(kind: str) -> list[str]:
    """What is typed, one after another: two words, unless `kind` says otherwise."""
    words, _weights = vocabulary()
    if kind == "middling":
        return [f"{words[nth]} {words[nth + 40]}" for nth in range(100, 140)]
    if kind == "rare":
        return [f"{words[nth]} {words[nth % 50]}" for nth in range(4_000, 4_040)]
    if kind == "apart":
        # Each is common, and a phrase of them is not.
        return [f'"{words[nth + 60]} {words[nth + 30]}"' for nth in range(40)]
    if kind == "mistyped":
        return [f"{words[nth][:-1]}xx {words[nth % 50]}" for nth in range(300, 340)]
    if kind == "nothing":
        return [f"q{nth}w{nth}" for nth in range(40)]
    pairs = [f"{one} {other}" for one, other in combinations(words[:12], 2)]
    return [pair[:-1] for pair in pairs] if kind == "live" else pairs


def asking_for(kind: str) -> Callable[[int], str]:
    """The address to ask for the nth time."""
    order = {"order": "best"} if kind == "best" else {}
    addresses = [f"/search/?{urlencode({'q': words, **order})}" for words in typed(kind)]
    return lambda nth: addresses[nth % len(addresses)]


def make_findable(size: Size, say: Callable[[str], None]) -> None:
    """Fills the index, unless it is full."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM search_document WHERE id > 0")
        there = cursor.fetchone()[0]
    if there >= size.threads and not is_filling():
        return
    say("the index …")
    if not there:
        begin_anew()
    fill_wholly()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE search_document, search_knownword, search_slip, search_counted")
        else:
            cursor.execute("ANALYZE search_document")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
