"""The digest: one short letter a day or a week, and none where there is nothing to say."""

import hashlib
import json
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from heard.foundation.delivery.actions.mailing import headers, mail_to, mark_of, ways_out
from heard.foundation.delivery.queries import Digest, Reader, digest_for, digest_of, reader, without_preferences
from heard.foundation.delivery.queries.showing import called
from heard.foundation.notices import actions
from heard.foundation.notices.models import Rhythm
from heard.foundation.notices.queries import preferences_of
from heard.foundation.notices.rules import ALL_DIGESTS
from heard.plumbing import mail

LONGEST = timedelta(days=14)
"""A digest looks back no further, as to somebody who comes back after a year."""


def begin_digests(*, limit: int = 500) -> int:
    """Sets when the first digest of people is due who never said how they want it; gives how many they were."""
    found = without_preferences(limit)
    if found:
        actions.begin_digests(found)
    return len(found)


def send_digest(person_id: int) -> None:
    """Writes the digest that is due to somebody, in the transaction that notes it; nothing where it is not due.

    What is due as a letter of its own goes before it, so that neither tells what the other told.
    """
    now = timezone.now()
    found = reader(person_id)
    if found is None:
        actions.skip_digest(person_id)
        return
    wanted = preferences_of(found.person)
    if wanted.digest_due_at is None or wanted.digest_due_at > now:
        return
    mail_to(person_id)
    since = max(wanted.digest_at or now - LONGEST, now - LONGEST)
    with found.speaking():
        digest = digest_for(found.person, since) if found.email else None
        with transaction.atomic():
            tells = [one.notice.pk for one in digest.waiting] if digest else []
            if actions.claim_digest(wanted, found.zone, was_sent=bool(digest), tells=tells) and digest:
                write(found, digest, is_weekly=wanted.rhythm == Rhythm.WEEKLY)


def write(found: Reader, digest: Digest, *, is_weekly: bool) -> None:
    """Queues the letter. It is asked once more before it goes out: it may wait for days."""
    person_id, best = found.person.pk, digest.best
    holds = ([one.notice.pk for one in digest.waiting], [thread.pk for thread in best], digest.more, is_weekly)
    mail.post(
        "delivery/mail/digest",
        to=found.email,
        asks=(f"{__name__}.{may_go_out.__name__}", person_id, found.email, *holds, digest_mark(digest)),
        headers={**headers(person_id, ALL_DIGESTS), "Precedence": "bulk"},
        bulk=True,
        person=found.person,
        waiting=digest.waiting,
        best=[(thread, called(thread), f"{settings.HEARD_URL}/threads/{thread.pk}/") for thread in best],
        more=digest.more,
        has_words=settings.HEARD_MAIL_WORDS,
        is_weekly=is_weekly,
        at=timezone.now(),
        address=f"{settings.HEARD_URL}/",
        **ways_out(person_id, ALL_DIGESTS),
    )


def may_go_out(
    person_id: int, email: str, notices: list[int], threads: list[int], more: int, is_weekly: bool, mark: str
) -> bool:
    """Whether a digest that waited still says what its reader may read; if not, what is left of it is written anew."""
    found = reader(person_id)
    if found is None or not found.email or preferences_of(found.person).rhythm == Rhythm.NEVER:
        return False
    with found.speaking():
        digest = digest_of(found.person, notices, threads, more)
        if digest and found.email == email and digest_mark(digest) == mark:
            return True
        if digest:
            write(found, digest, is_weekly=is_weekly)
    return False


def digest_mark(digest: Digest) -> str:
    """The same as long as a digest says the same."""
    best = [[thread.pk, thread.title, thread.excerpt] for thread in digest.best]
    return mark_of(digest.waiting) + hashlib.sha256(json.dumps(best).encode("ascii")).hexdigest()[:32]
