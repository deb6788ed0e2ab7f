"""Releasing: answers become visible in numbered batches, and no number that is drawn from them moves otherwise."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from heard.features.ballots.actions.locking import alone
from heard.features.ballots.actions.rewriting import lay_to_rest, rewrite
from heard.features.ballots.models import Answer, Ballot, Key, Release, State, Used
from heard.features.ballots.rules import hour_of
from heard.plumbing.traces import leave_no_remnants, refuse_remnants


def release(ballot: str, *, is_last: bool = False) -> int:
    """Releases what waits, and gives the number of the newest release, 0 where there is none.

    Whether it may be released, the caller has decided. The last one closes the ballot and empties its private keys;
    after that, and where nothing waits, nothing happens.
    """
    with transaction.atomic():
        alone()
        found = Ballot.objects.defer("published").get(code=ballot)
        last = found.releases.order_by("-number").values_list("number", flat=True).first() or 0
        waiting = Answer.objects.filter(key__in=found.keys.values("group"), release=None)
        if found.state == State.CLOSED or not (is_last or waiting.exists()):
            return last
        with connection.cursor() as cursor:
            refuse_remnants(cursor)
        waiting.update(release=last + 1)
        Release.objects.create(
            ballot=found, number=last + 1, hour=hour_of(timezone.now()), is_last=is_last, counts=_counts(found)
        )
        if is_last:
            _close(found)
        rewrite()
    return last + 1


def settle(now: datetime | None = None) -> None:
    """Opens and closes what is due; a ballot that closes releases whatever still waits."""
    now = now or timezone.now()
    Ballot.objects.filter(state=State.ANNOUNCED, opens_at__lte=now).update(state=State.OPEN)
    over = Ballot.objects.exclude(state=State.CLOSED).filter(closes_at__lte=now)
    for code in over.values_list("code", flat=True):
        release(code, is_last=True)


def _counts(ballot: Ballot) -> dict[str, Any]:
    """What stands at a release: for each group the tokens that were used, and the answers to each question."""
    counts: dict[str, Any] = {
        group: {"used": 0, "answered": {}} for group in ballot.keys.values_list("group", flat=True)
    }
    for group, used in Used.objects.filter(key__ballot=ballot).values_list("key").annotate(Count("pk")):
        counts[group]["used"] = used
    answered = Answer.objects.filter(key__ballot=ballot).values_list("key", "question").annotate(Count("pk"))
    for group, question, count in answered:
        counts[group]["answered"][question] = count
    return counts


def _close(ballot: Ballot) -> None:
    ballot.state = State.CLOSED
    ballot.save(update_fields=["state"])
    ballot.keys.update(sealed=b"")
    lay_to_rest(ballot)
    transaction.on_commit(partial(leave_no_remnants, Key))
