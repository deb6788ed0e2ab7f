"""Asking what is announced before the caller goes on: a vote on an opened text, a pulse by a script."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from heard.features.asks import rules
from heard.features.asks.actions.announcing import announce
from heard.features.asks.actions.asking import refuse_few, write_pulse
from heard.features.asks.actions.writing import written
from heard.features.asks.models import Ask, Kind
from heard.features.asks.rules import Draft
from heard.features.rolls.queries import Audience
from heard.foundation.people.models import Person
from heard.plumbing.text import one_line, storable

VOTE_LASTS = timedelta(days=14)


def ask_vote(*, by: Person | None, text: str, about: str, title: str = "") -> Ask:
    """Asks everybody, as one group, whether they agree with `text`; it opens the next morning, for two weeks.

    `about` is what the asker calls it, to find it by. It is announced before this returns. Raises TooFewPeople.
    """
    refuse_few(Audience(is_together=True))
    opens_at = rules.next_morning(timezone.now(), timezone.get_default_timezone())
    draft = Draft("vote", storable(text)[:1000])
    named = title or _("A colleague says: %(words)s") % {"words": Truncator(one_line(text)).chars(100)}
    ask = written(
        Kind.VOTE, by, named, "", [draft], opens_at, opens_at + VOTE_LASTS, is_for_all=True, about=about, is_later=False
    )
    return told(ask)


def ask_pulse(**fields: Any) -> Ask:
    """Writes a pulse and announces it before this returns; see `write_pulse`."""
    return told(write_pulse(**fields))


def told(ask: Ask) -> Ask:
    """The same ask once it is announced."""
    announce(ask.pk)
    ask.refresh_from_db()
    return ask
