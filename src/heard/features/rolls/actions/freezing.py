"""Freezing an audience into groups, and having a ballot with one key a group announced."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from heard.features.ballots.actions import Question, announce
from heard.features.ballots.rules import new_words_key, sealed_words, words_digest
from heard.features.rolls.models import Group, Member, Roll
from heard.features.rolls.queries import Audience, plan, smallest_group
from heard.features.rolls.rules import MOVES_FOR, Planned
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened
from heard.foundation.record.queries import events_named
from heard.plumbing import base64url
from heard.plumbing.ids import drawn_code
from heard.plumbing.rows import IN_ONE_LIST, insert_rows


def freeze(
    *,
    by: Person | None,
    audience: Audience,
    what: str,
    page: dict[str, Any],
    questions: Sequence[Question],
    opens_at: datetime,
    closes_at: datetime,
    per_member: int = 1,
    k: int | None = None,
    then: Callable[[Roll], None] | None = None,
) -> Roll:
    """Freezes who is in which group, and announces a ballot with a key for each; takes 0.1 s a group.

    `page` is handed to the browsers of all members: title, intro, questions with their texts, and `ask_url`, in which
    `{ballot}` is filled in. `words_key` is added to it: what opens the words that are published with the keys. `k` only
    ever raises the smallest group of this organisation. `then` is called in the transaction that writes the roll.
    Raises TooFewPeople and NobodyIsMeant before anything is made.
    """
    now = timezone.now()
    least = max(k or 0, smallest_group())
    planned = plan(audience, k=least, at=now)
    codes = [drawn_code() for _group in planned]
    keyed = [(code, group.invited) for code, group in zip(codes, planned, strict=True) if group.is_key]
    words, words_key = (page["title"], page["intro"], page["questions"]), new_words_key()
    ballot = announce(
        what=what,
        groups=keyed,
        questions=questions,
        words=words_digest(*words),
        sealed_words=sealed_words(words_key, *words),
        opens_at=opens_at,
        closes_at=closes_at,
        per_member=per_member,
    )
    with transaction.atomic():
        roll = Roll.objects.create(
            ballot=ballot,
            what=what,
            k=least,
            per_member=per_member,
            made_by=by,
            made_at=now,
            opens_at=opens_at,
            closes_at=closes_at,
            page=page
            | {
                "ask_url": str(page.get("ask_url", "")).replace("{ballot}", ballot),
                "words_key": base64url.encode(words_key),
            },
            moves=moves_since(now, {person for group in planned for person in group.people}),
        )
        write_groups(roll, planned, codes)
        happened("roll.frozen", roll, by=by, ballot=ballot)
        if then is not None:
            then(roll)
    return roll


def write_groups(roll: Roll, planned: Sequence[Planned], codes: Sequence[str]) -> None:
    """The groups, what sums them, and who is in each."""
    written: list[Group] = []
    for place, (one, code) in enumerate(zip(planned, codes, strict=True)):
        written.append(
            Group.objects.create(
                code=code,
                roll=roll,
                name=one.name[:250],
                unit_id=one.unit,
                parent=None if one.parent is None else written[one.parent],
                place=place,
                depth=one.depth,
                invited=one.invited,
                is_key=one.is_key,
            )
        )
    insert_rows(
        Member,
        (
            {"roll_id": roll.pk, "person_id": person, "group_id": group.pk}
            for group, one in zip(written, planned, strict=True)
            for person in one.people
        ),
    )


def moves_since(now: datetime, people: set[int]) -> list[dict[str, str]]:
    """Who of `people` changed units in the week before, as pages list it."""
    moved = [one for one in events_named("person.moved", since=now - MOVES_FOR) if one.subject_id in people]
    names: dict[int, str] = {}
    for some in batched({one.subject_id for one in moved}, IN_ONE_LIST, strict=False):
        names |= dict(Person.objects.filter(pk__in=some).values_list("pk", "name"))
    return [
        {"name": names[one.subject_id], "before": one.detail.get("before", ""), "after": one.detail.get("after", "")}
        for one in moved
    ]
