"""What anybody may check once a ballot is closed: every token that counted, and how many answers there are."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count

from heard.features.ballots.errors import BallotIsNotOverYet
from heard.features.ballots.models import Ballot, State, UsedAtRest
from heard.features.ballots.queries.counting import answers_to
from heard.features.ballots.queries.log import log_from
from heard.features.ballots.rules import Evidence, Spent

AT_ONCE = 1_000


def audit(ballot: str) -> dict[str, Any]:
    """Used tokens in the order of their public names, and counts of answers by group and question.

    Raises Ballot.DoesNotExist, and BallotIsNotOverYet while tokens may still come.
    """
    return audit_head(ballot) | {"used": list(used_tokens(ballot))}


def evidence_on(ballot: str, *, issued: Mapping[str, int] | None = None, token: Spent | None = None) -> Evidence:
    """All that can be checked of a ballot, from our own tables; its rows are counted once more."""
    found = Ballot.objects.get(code=ballot)
    if found.state != State.CLOSED:
        return Evidence(found.published, log_from(1))
    counted: dict[str, dict[str, int]] = {}
    for group, question, count in answers_to(ballot).values_list("key", "question").annotate(Count("pk")):
        counted.setdefault(group, {})[question] = count
    return Evidence(found.published, log_from(1), audit(ballot), issued, counted, token)


def audit_head(ballot: str) -> dict[str, Any]:
    """The counts of an audit, without its list."""
    found = Ballot.objects.defer("published").get(code=ballot)
    if found.state != State.CLOSED:
        raise BallotIsNotOverYet
    counts = found.releases.get(is_last=True).counts
    return {"ballot": ballot, "answered": {group: stood["answered"] for group, stood in counts.items()}}


def used_tokens(ballot: str) -> Iterator[dict[str, str]]:
    """Each token that counted.

    They are read by AT_ONCE, each time by a statement that is over before any is handed out: whoever fetches the list
    slowly keeps no database from cutting off its log.
    """
    rows = UsedAtRest.objects.filter(key__ballot_id=ballot).order_by("nonce_hash")
    last = ""
    while page := list(
        rows.filter(nonce_hash__gt=last).values_list("nonce_hash", "prefix", "signature", "key")[:AT_ONCE]
    ):
        for _name, prefix, signature, group in page:
            yield {"prefix": prefix, "signature": signature, "group": group}
        last = page[-1][0]
