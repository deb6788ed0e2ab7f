"""What the public page says of a ballot: every check that anybody can make, and the tokens that counted."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from heard.features.ballots.queries import evidence_on
from heard.features.ballots.rules import findings_on
from heard.features.rolls.queries import issued_counts, roll_of

MOST = 2_000
"""So many tokens are checked on a page, which takes 0.03 ms each: anybody may ask for it."""
BEGINNING = 12
"""So many characters tell a token from all others."""


@dataclass(frozen=True)
class Check:
    """`findings` are empty where there are too many tokens for a page; `beginnings` until it is over."""

    ballot: str
    is_over: bool
    findings: list[dict[str, Any]]
    beginnings: list[str]


def check_of(ballot: str) -> Check:
    """Raises Roll.DoesNotExist for no such ballot."""
    roll = roll_of(ballot)
    issued = issued_counts(roll)
    if sum(issued.values()) > MOST:
        return Check(ballot, roll.closes_at <= timezone.now(), [], [])
    evidence = evidence_on(ballot, issued=issued)
    found = [{"what": one.what, "holds": one.holds, "detail": one.detail} for one in findings_on(evidence)]
    used = sorted(str(one["prefix"])[:BEGINNING] for one in (evidence.audit or {}).get("used", ()))
    return Check(ballot, evidence.audit is not None, found, used)
