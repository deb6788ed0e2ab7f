"""What can be done with ballots: announce, sign, take, release, and write down anew."""

from heard.features.ballots.actions.announcing import announce
from heard.features.ballots.actions.forgetting import forget_releases
from heard.features.ballots.actions.locking import standing_still
from heard.features.ballots.actions.publishing import publish
from heard.features.ballots.actions.redeeming import redeem, spend
from heard.features.ballots.actions.releasing import release, settle
from heard.features.ballots.actions.rewriting import rewrite, rewrite_what_may_grow
from heard.features.ballots.actions.signing import keys_that_stay_closed, sign
from heard.features.ballots.rules import Question

__all__ = [
    "Question",
    "announce",
    "forget_releases",
    "keys_that_stay_closed",
    "publish",
    "redeem",
    "release",
    "rewrite",
    "rewrite_what_may_grow",
    "settle",
    "sign",
    "spend",
    "standing_still",
]
