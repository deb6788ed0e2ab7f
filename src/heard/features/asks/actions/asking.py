"""Writing down what is to be asked, once it is sure that it may be: a pulse, a poll in a community, a vote."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from heard.features.asks import errors, rules
from heard.features.asks.actions.announcing import announce
from heard.features.asks.models import Ask, Kind, Question
from heard.features.asks.queries import led_by, polls_under_way
from heard.features.asks.rules import Draft
from heard.features.rolls.queries import Audience, plan, smallest_group
from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import place_of
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened
from heard.plumbing.ids import drawn_code
from heard.plumbing.later import later
from heard.plumbing.text import one_line, storable

ANNOUNCING = "heard.features.asks.tasks.announce"
VOTE_LASTS = timedelta(days=14)


def write_pulse(
    *,
    by: Person,
    title: str,
    questions: Sequence[Draft],
    opens_at: datetime,
    closes_at: datetime,
    intro: str = "",
    units: Sequence[int] = (),
    every_weeks: int = 0,
    code: str = "",
) -> Ask:
    """Asks everybody, or whole subtrees; the worker makes the keys and announces it. The same `code` asks once.

    Raises MayNotAsk, OpensTooEarly, WrongLength, OverlapsNextRun, what `rules.fit_to_ask` does, TooFewPeople and
    NobodyIsMeant.
    """
    if sent := sent_before(code, by):
        return sent
    led = led_by(by)
    may = rules.may_ask_units(by, units, led) if units else rules.may_ask_all(by, led)
    if not may:
        raise errors.MayNotAsk
    refuse_wrong_times(opens_at, closes_at, every_weeks)
    drafts = rules.fit_to_ask(list(questions))
    refuse_few(Audience(units=list(units)))
    fields: dict[str, Any] = {"units": list(units), "is_for_all": not units, "every_weeks": every_weeks, "code": code}
    return written(Kind.PULSE, by, title, intro, drafts, opens_at, closes_at, **fields)


def write_poll(community: Community, *, by: Person, question: Draft, days: int, code: str = "") -> Ask:
    """A member asks their community one thing; it opens the next morning, for so many days. The same `code` asks once.

    Raises MayNotPoll, TooManyPolls, WrongLength and TooFewPeople.
    """
    if sent := sent_before(code, by):
        return sent
    if not place_of(by, community).may_speak:
        raise errors.MayNotPoll
    if polls_under_way(by) >= rules.MOST_POLLS:
        raise errors.TooManyPolls
    if not rules.SHORTEST <= timedelta(days=days) <= rules.LONGEST:
        raise errors.WrongLength
    [draft] = rules.fit_to_ask([question])
    refuse_few(Audience(community=community.pk))
    opens_at = rules.next_morning(timezone.now(), timezone.get_current_timezone())
    closes_at = opens_at + timedelta(days=days)
    title = draft.text[:150]
    return written(Kind.POLL, by, title, "", [draft], opens_at, closes_at, community=community, code=code)


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
    announce(ask.pk)
    ask.refresh_from_db()
    return ask


def ask_pulse(**fields: Any) -> Ask:
    """Writes a pulse and announces it before this returns; see `write_pulse`."""
    return announced(write_pulse(**fields))


def ask_poll(community: Community, **fields: Any) -> Ask:
    """Writes a poll and announces it before this returns; see `write_poll`."""
    return announced(write_poll(community, **fields))


def announced(ask: Ask) -> Ask:
    """The same ask once it is announced."""
    announce(ask.pk)
    ask.refresh_from_db()
    return ask


def refuse_few(audience: Audience) -> None:
    """Raises TooFewPeople and NobodyIsMeant."""
    plan(audience, k=smallest_group(), at=timezone.now())


def refuse_wrong_times(opens_at: datetime, closes_at: datetime, every_weeks: int) -> None:
    """Raises OpensTooEarly, WrongLength and OverlapsNextRun."""
    now, zone = timezone.now(), timezone.get_current_timezone()
    if opens_at - now < rules.ANNOUNCING + rules.NOTICE:
        raise errors.OpensTooEarly(rules.earliest_day(now, zone))
    if not rules.SHORTEST / 2 <= closes_at - opens_at <= rules.LONGEST + rules.SHORTEST:
        raise errors.WrongLength
    if every_weeks and timedelta(weeks=every_weeks) < closes_at - opens_at:
        raise errors.OverlapsNextRun


def sent_before(code: str, by: Person) -> Ask | None:
    """What they asked under this code already."""
    return Ask.objects.filter(code=code, author=by).first() if code else None


def written(*args: Any, code: str = "", **fields: Any) -> Ask:
    """The ask and its questions, once for each code. Raises Ask.DoesNotExist where somebody else has the code."""
    code = code or drawn_code()
    try:
        return written_down(*args, code=code, **fields)
    except IntegrityError:  # sent twice at the same moment
        return Ask.objects.get(code=code, author=args[1])


@transaction.atomic
def written_down(
    kind: Kind,
    by: Person | None,
    title: str,
    intro: str,
    drafts: Sequence[Draft],
    opens_at: datetime,
    closes_at: datetime,
    *,
    is_later: bool = True,
    **fields: Any,
) -> Ask:
    """The same, announced by the worker unless the caller does it."""
    ask = Ask.objects.create(
        kind=kind,
        author=by,
        title=one_line(title)[:150] or str(settings.HEARD_ORGANISATION),
        intro=storable(intro).strip(),
        written_at=timezone.now(),
        opens_at=opens_at,
        closes_at=closes_at,
        **fields,
    )
    Question.objects.bulk_create(
        Question(
            ask=ask,
            nth=nth,
            code=f"q{nth}",
            kind=draft.kind,
            text=storable(draft.text),
            options=[storable(option) for option in draft.options],
            is_reversed=draft.is_reversed,
            ready_set=draft.ready_set,
            topic=draft.topic,
        )
        for nth, draft in enumerate(drafts, 1)
    )
    happened("ask.written", ask, by=by, kind=str(kind))
    if is_later:
        later(ANNOUNCING, ask.pk)
    return ask
