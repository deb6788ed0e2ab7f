"""Conversations without a name in the demo company: two listeners, tokens for speaking, and a talk at each stage."""

import random
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from heard.demo.browsers import Token, hand_in, some_of, tokens_of
from heard.demo.confided import TALKS
from heard.demo.letters import listener_key
from heard.demo.talking import DAY, HOUR, Listeners, Talking
from heard.demo.then import as_of
from heard.features.asks.actions import ask_vote, look_at_all
from heard.features.ballots.actions import rewrite_what_may_grow
from heard.features.desk.actions import begin_month, keep_key, name_listener
from heard.features.voice.actions import wait_no_longer
from heard.features.voice.queries import opened
from heard.foundation.people.models import Person

LISTENED_FOR, SPOKEN_FOR, STILL_OPEN = 40 * DAY, 27 * DAY, 9 * DAY
TAKING, VOTING = 110, 0.7
DISAGREE, PASS, AGREE = -1, 0, 1


def build_conversations(
    cast: Mapping[str, Person],
    staff: Sequence[Person],
    passphrases: Mapping[str, str],
    receipt: str,
    *,
    now: datetime,
    chance: random.Random,
) -> None:
    """Listeners are those with a passphrase, by handle; `receipt` leads a visitor back to the talk that waits for them.

    `staff` are those whose browsers have taken tokens.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    with as_of(hour - LISTENED_FOR):
        for handle, passphrase in passphrases.items():
            name_listener(cast[handle], by=cast["sanjay"])
            public, wrapped = listener_key(passphrase)
            keep_key(by=cast[handle], public=public, wrapped=wrapped)
        month = begin_month(hours=(hour - SPOKEN_FOR, hour + STILL_OPEN))
    if month is None:
        return
    writers = [cast[talk.writer] for talk in TALKS]
    with as_of(hour - SPOKEN_FOR - DAY):
        others = [person for person in chance.sample(staff, TAKING) if person not in writers]
        tokens = dict(zip(writers, _one_each(month.ballot, writers), strict=True))
        tokens_of(month.ballot, others)
    listeners = Listeners([cast[handle] for handle in passphrases], chance)
    for talk, writer in zip(TALKS, writers, strict=True):
        digits = receipt if talk.is_the_visitors else "".join(secrets.choice("0123456789") for _digit in range(20))
        Talking(digits, tokens[writer], listeners).happen(talk, hour)
    _vote(staff, hour, chance)


def _one_each(ballot: str, people: Sequence[Person]) -> list[Token]:
    return [tokens_of(ballot, [person])[0] for person in people]


def _vote(staff: Sequence[Person], hour: datetime, chance: random.Random) -> None:
    """Everybody is asked about what was opened, and some have voted."""
    wait_no_longer(hour.date())
    for one in opened():
        with as_of(hour - 6 * DAY + HOUR):
            ask = ask_vote(by=None, text=one.text, about=one.code)
        with as_of(hour - 6 * DAY + 2 * HOUR):
            tokens = tokens_of(ask.ballot or "", chance.sample(staff, TAKING))
        with as_of(hour - 4 * DAY):
            for token in some_of(tokens, VOTING, chance):
                hand_in(token, {"q1": chance.choices((DISAGREE, PASS, AGREE), weights=(12, 16, 72))[0]})
    with as_of(hour - 4 * DAY + HOUR):
        look_at_all()
        rewrite_what_may_grow()
