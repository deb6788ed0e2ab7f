"""Asking, announcing, reminding, releasing what may be shown, and asking again."""

from heard.features.asks.actions.announcing import announce
from heard.features.asks.actions.asking import refuse_wrong_times, write_poll, write_pulse
from heard.features.asks.actions.asking_at_once import ask_pulse, ask_vote
from heard.features.asks.actions.going_on import look_at, look_at_all, run_again
from heard.features.asks.actions.releasing import close, release_if_due
from heard.features.asks.actions.reminding import remind, stop_schedule
from heard.features.asks.actions.withdrawing import withdraw

__all__ = [
    "announce",
    "ask_pulse",
    "ask_vote",
    "close",
    "look_at",
    "look_at_all",
    "refuse_wrong_times",
    "release_if_due",
    "remind",
    "run_again",
    "stop_schedule",
    "withdraw",
    "write_poll",
    "write_pulse",
]
