"""How much of what was said the index holds."""

from heard.foundation.search.models import Filling, Source


def how_full() -> int:
    """Percent, rounded down: 100 only where all is there; without known words no less is found."""
    rows = Filling.objects.exclude(kind=Source.WORDS).values_list("total", "done", "finished_at")
    waiting = [row for row in rows if row[2] is None]
    if not waiting:
        return 100
    total, done = sum(row[0] for row in rows), sum(row[1] for row in rows)
    return min(99, done * 100 // max(total, 1))
