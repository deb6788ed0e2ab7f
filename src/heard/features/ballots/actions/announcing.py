"""Announcing a ballot: a key for each group, and the list of them as everybody will get it."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from heard.features.ballots.actions.publishing import publish
from heard.features.ballots.actions.sealing_keys import sealed
from heard.features.ballots.errors import SchemeIsUnusable
from heard.features.ballots.models import Ballot, Key, What
from heard.features.ballots.rules import GROUP, Question, hour_of, scheme_of, size_of, told
from heard.plumbing.blind import SigningKey
from heard.plumbing.ids import drawn_code

MOST_PER_MEMBER = 30


def announce(
    *,
    what: str,
    groups: Sequence[tuple[str, int]],
    questions: Sequence[Question],
    opens_at: datetime,
    closes_at: datetime,
    per_member: int = 1,
    words: str = "",
    sealed_words: str = "",
) -> str:
    """Makes a ballot for groups, each a random code and how many were invited, and gives its code.

    `words` is the digest of what members will read (`words_digest`), and `sealed_words` the same under a key that they
    are told: both are published with the keys, so that a browser that is told other words takes no token, and one that
    is told none can read them. The ballot opens with the hour of `opens_at` and closes with the end of
    that of `closes_at`. Each group costs 50 milliseconds, before any transaction of this. Raises SchemeIsUnusable.
    """
    opens, closes = hour_of(opens_at), _end_of_hour(closes_at)
    codes = [code for code, _invited in groups]
    fits = bool(groups) and len(set(codes)) == len(codes) and all(GROUP.fullmatch(code) for code in codes)
    if what not in What.values or not fits or opens >= closes or not 1 <= per_member <= MOST_PER_MEMBER:
        raise SchemeIsUnusable
    ballot = Ballot(
        code=drawn_code(),
        what=what,
        per_member=per_member,
        opens_at=opens,
        closes_at=closes,
        size=size_of(questions),
        questions=scheme_of(questions),
    )
    keys = [_new_key(ballot, code, invited) for code, invited in sorted(groups)]
    ballot.published = json.dumps(_as_published(ballot, keys, words, sealed_words), separators=(",", ":"))
    with transaction.atomic():
        ballot.save(force_insert=True)
        Key.objects.bulk_create(keys)
        publish("keys", ballot.code, sha256(ballot.published.encode()).hexdigest())
    return ballot.code


def _end_of_hour(at: datetime) -> datetime:
    hour = hour_of(at)
    return hour if hour == at else hour + timedelta(hours=1)


def _new_key(ballot: Ballot, group: str, invited: int) -> Key:
    key = SigningKey.new()
    return Key(group=group, ballot=ballot, n=key.public.jwk()["n"], sealed=sealed(key, group), invited=invited)


def _as_published(ballot: Ballot, keys: Sequence[Key], words: str, sealed_words: str) -> dict[str, Any]:
    return {
        "ballot": ballot.code,
        "what": ballot.what,
        "opens": told(ballot.opens_at),
        "closes": told(ballot.closes_at),
        "size": ballot.size,
        "per_member": ballot.per_member,
        "questions": ballot.questions,
        "words": words,
        "sealed_words": sealed_words,
        "groups": [{"group": key.group, "invited": key.invited, "n": key.n, "e": "AQAB"} for key in keys],
    }
