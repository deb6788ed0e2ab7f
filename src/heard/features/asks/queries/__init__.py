"""Every way to look at asks."""

from heard.features.asks.queries.figures import votes_in_words
from heard.features.asks.queries.going_on import left_lying, schedule_of, schedules, under_way
from heard.features.asks.queries.leading import asked_before, polls_under_way, units_offered
from heard.features.asks.queries.ledger import ask_by_id
from heard.features.asks.queries.reaching import led_by
from heard.features.asks.queries.seeing import (
    Listed,
    ask_by_code,
    ballot_called,
    listed,
    open_asks_for,
    polls_in,
    questions_of,
    visible_to,
    votes_about,
)

__all__ = [
    "Listed",
    "ask_by_code",
    "ask_by_id",
    "asked_before",
    "ballot_called",
    "led_by",
    "left_lying",
    "listed",
    "open_asks_for",
    "polls_in",
    "polls_under_way",
    "questions_of",
    "schedule_of",
    "schedules",
    "under_way",
    "units_offered",
    "visible_to",
    "votes_about",
    "votes_in_words",
]
