"""Freezing rolls, handing out tokens, and keeping no order of it."""

from heard.features.rolls.actions.ending import end
from heard.features.rolls.actions.forgetting import forget_waits
from heard.features.rolls.actions.freezing import freeze
from heard.features.rolls.actions.issuing import draw_waits, issue
from heard.features.rolls.actions.raising import raise_smallest
from heard.features.rolls.actions.shuffling import shuffle_issued

__all__ = ["draw_waits", "end", "forget_waits", "freeze", "issue", "raise_smallest", "shuffle_issued"]
