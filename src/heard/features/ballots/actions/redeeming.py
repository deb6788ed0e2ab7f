"""Taking a token and what came with it: once, in one short transaction, and without a trace beside the two tables."""

import secrets

from django.db import connection, transaction
from django.utils import timezone

from heard.features.ballots.actions.locking import beside_others
from heard.features.ballots.errors import (
    BallotIsClosed,
    BallotIsNotOpen,
    BodyIsMalformed,
    TokenIsUnusable,
    TokenWasUsed,
)
from heard.features.ballots.models import Answer, Ballot, Key, State, Used
from heard.features.ballots.rules import Spent, checked, is_signed, nonce_hash, read_sheet, token_of
from heard.plumbing import base64url

NOBODY = base64url.encode(b"\xff" * 256)
"""A modulus that nothing holds under: a group that is not there costs as much time as one that is."""


def redeem(ballot: str, body: bytes) -> None:
    """Keeps the answers that a body holds and uses its token up.

    Raises Ballot.DoesNotExist, BallotIsNotOpen, BallotIsClosed, BodyIsMalformed before the token is looked at, and
    TokenIsUnusable for every reason about the token.
    """
    found = refuse_unless_open(ballot)
    if not found.questions:
        raise BodyIsMalformed
    sheet = read_sheet(body, found.size)
    answers = checked(sheet.answers, found.questions)
    refuse_unusable(ballot, sheet.spent)
    rows = [
        Answer(
            question=code, key_id=sheet.spent.group, **({"words": said} if isinstance(said, str) else {"value": said})
        )
        for code, said in answers.items()
    ]
    secrets.SystemRandom().shuffle(rows)
    with transaction.atomic():
        use_up(ballot, sheet.spent)
        Answer.objects.bulk_create(rows)


@transaction.atomic
def spend(ballot: str, prefix: bytes, signature: bytes, group: str) -> None:
    """Uses a token up, in the transaction of the caller. Raises what `redeem` raises, but BodyIsMalformed."""
    refuse_unless_open(ballot)
    spent = Spent(prefix, signature, group)
    refuse_unusable(ballot, spent)
    use_up(ballot, spent)


def refuse_unless_open(ballot: str) -> Ballot:
    """The ballot, without its list of keys, where its hours have come and have not passed."""
    found = Ballot.objects.defer("published").get(code=ballot)
    now = timezone.now()
    if now < found.opens_at:
        raise BallotIsNotOpen
    if now >= found.closes_at or found.state == State.CLOSED:
        raise BallotIsClosed
    return found


def refuse_unusable(ballot: str, spent: Spent) -> None:
    """Raises TokenIsUnusable, after the same steps whatever the reason is."""
    n = Key.objects.filter(ballot_id=ballot, group=spent.group).values_list("n", flat=True).first()
    is_used = Used.objects.filter(nonce_hash=nonce_hash(token_of(spent, ballot))).exists()
    is_ours = is_signed(spent, ballot, n or NOBODY)
    if n is None or not is_ours:
        raise TokenIsUnusable
    if is_used:
        raise TokenWasUsed


def use_up(ballot: str, spent: Spent) -> None:
    """Writes the token down. Of several who hand in the same at once, all but one get TokenWasUsed."""
    beside_others()
    if Ballot.objects.filter(code=ballot, state=State.CLOSED).exists():
        raise BallotIsClosed
    name = connection.ops.quote_name
    columns = ", ".join(name(column) for column in ("nonce_hash", "group_code", "prefix", "signature"))
    values = [nonce_hash(token_of(spent, ballot)), spent.group]
    values += [base64url.encode(spent.prefix), base64url.encode(spent.signature)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {name(Used._meta.db_table)} ({columns}) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",  # noqa: S608
            values,
        )
        if cursor.rowcount != 1:
            raise TokenWasUsed
