"""The log of what was published: everybody is shown the same, so nobody can be given a key of their own."""

from django.db import transaction

from heard.features.ballots.actions.locking import alone_in_the_log
from heard.features.ballots.models import Entry
from heard.features.ballots.rules import START, body_of, next_hash


@transaction.atomic
def publish(kind: str, ref: str, digest: str) -> int:
    """Adds a line to the log, and gives its number: `kind` is `keys` or `listener`, `digest` a SHA-256 in hex."""
    alone_in_the_log()
    last = Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, START)
    body = body_of(kind, ref, digest)
    entry = Entry(number=last[0] + 1, kind=kind, ref=ref, body=body, hash=next_hash(last[1], body))
    entry.save(force_insert=True)
    return entry.number
