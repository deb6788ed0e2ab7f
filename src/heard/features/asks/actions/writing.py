"""Writing an ask down with its questions, once for each code that it is sent with; the worker announces it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from heard.features.asks.models import Ask, Kind, Question
from heard.features.asks.rules import Draft
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened
from heard.plumbing.ids import drawn_code
from heard.plumbing.later import later
from heard.plumbing.text import one_line, storable

ANNOUNCING = "heard.features.asks.tasks.announce"


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
