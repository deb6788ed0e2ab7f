"""What anybody may check once a ballot is closed: every token that counted, and how many answers there are."""

from collections.abc import Iterator
from typing import Any

from heard.features.ballots.errors import BallotIsNotOverYet
from heard.features.ballots.models import Ballot, State, UsedAtRest


def audit(ballot: str) -> dict[str, Any]:
    """Used tokens in the order of their public names, and counts of answers by group and question.

    Raises Ballot.DoesNotExist, and BallotIsNotOverYet while tokens may still come.
    """
    return audit_head(ballot) | {"used": list(used_tokens(ballot))}


def audit_head(ballot: str) -> dict[str, Any]:
    """The counts of an audit, without its list."""
    found = Ballot.objects.defer("published").get(code=ballot)
    if found.state != State.CLOSED:
        raise BallotIsNotOverYet
    counts = found.releases.get(is_last=True).counts
    return {"ballot": ballot, "answered": {group: stood["answered"] for group, stood in counts.items()}}


def used_tokens(ballot: str) -> Iterator[dict[str, str]]:
    """Each token that counted."""
    rows = UsedAtRest.objects.filter(key__ballot_id=ballot).order_by("nonce_hash")
    for prefix, signature, group in rows.values_list("prefix", "signature", "key").iterator(chunk_size=1_000):
        yield {"prefix": prefix, "signature": signature, "group": group}
