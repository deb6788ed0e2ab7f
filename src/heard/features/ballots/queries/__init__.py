"""Ways to look: counts that were released, the log, and what an auditor may see."""

from heard.features.ballots.queries.auditing import audit, audit_head, evidence_on, used_tokens
from heard.features.ballots.queries.counting import (
    Comment,
    answered,
    ballot_by_code,
    comments,
    invited,
    published,
    releases,
    tally,
    used_so_far,
)
from heard.features.ballots.queries.log import checkpoint, log_from

__all__ = [
    "Comment",
    "answered",
    "audit",
    "audit_head",
    "ballot_by_code",
    "checkpoint",
    "comments",
    "evidence_on",
    "invited",
    "log_from",
    "published",
    "releases",
    "tally",
    "used_so_far",
    "used_tokens",
]
