"""How much of what was said the index holds."""

from heard.foundation.search.models import Source
from heard.foundation.search.queries.walking import run


def how_full() -> int:
    """Percent, rounded down: 100 only where all is there; without known words no less is found."""
    rows = run(f"SELECT total, done, finished_at IS NULL FROM search_filling WHERE kind <> {int(Source.WORDS)}")
    if not any(is_waiting for _total, _done, is_waiting in rows):
        return 100
    total, done = sum(int(row[0]) for row in rows), sum(int(row[1]) for row in rows)
    return min(99, done * 100 // max(total, 1))
