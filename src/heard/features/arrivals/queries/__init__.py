"""Every way to look at moving in."""

from heard.features.arrivals.queries.newcomers import (
    Newcomer,
    Newcomers,
    accounts_of,
    joinings,
    latest_joinings,
    newcomer_called,
    newcomers,
)
from heard.features.arrivals.queries.runs import (
    Arrival,
    arrival,
    is_anything_here,
    listed_runs,
    run_by_id,
    run_seen_by,
    runs_seen_by,
)

__all__ = [
    "Arrival",
    "Newcomer",
    "Newcomers",
    "accounts_of",
    "arrival",
    "is_anything_here",
    "joinings",
    "latest_joinings",
    "listed_runs",
    "newcomer_called",
    "newcomers",
    "run_by_id",
    "run_seen_by",
    "runs_seen_by",
]
