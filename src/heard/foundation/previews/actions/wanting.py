"""A preview is wanted where a link is posted, and forgotten where nobody shows it any more."""

import hashlib
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from heard.foundation.previews.models import Preview
from heard.foundation.previews.rules import may_fetch
from heard.plumbing import files
from heard.plumbing.limits import TooOften, refuse_spent, spend

AGAIN_AFTER = timedelta(hours=1)
MOST_AN_HOUR = 30


def want(url: str, *, among: int, by: int) -> tuple[Preview | None, bool]:
    """The preview of a link that the person `by` posts in the community `among`, and whether it is to be fetched now.

    Nothing where the link is not to be fetched. In a transaction of the caller's: the task belongs into it too. What
    was fetched once is not fetched again; what failed is, an hour later. Of one person, thirty are fetched an hour.
    """
    if not may_fetch(url):
        return None, False
    now = timezone.now()
    digest = hashlib.sha256(f"{among} {url.partition('#')[0]}".encode()).hexdigest()
    found = Preview.objects.filter(digest=digest).first()
    if found is not None and (found.title or found.wanted_at > now - AGAIN_AFTER):
        return found, False
    try:
        refuse_spent("preview-fetch", str(by), most=MOST_AN_HOUR)
    except TooOften:
        return None, False
    spend("preview-fetch", str(by), seconds=3600)
    fresh = {"wanted_at": now, "tries": 0, "fetched_at": None, "failed_because": ""}
    preview, _ = Preview.objects.update_or_create(digest=digest, defaults=fresh, create_defaults={"url": url, **fresh})
    return preview, True


@transaction.atomic
def forget(ids: Collection[int]) -> None:
    """Deletes previews, and their pictures once that is certain."""
    gone = Preview.objects.filter(pk__in=ids)
    for path in gone.exclude(picture="").values_list("picture", flat=True):
        transaction.on_commit(lambda path=path: files.delete(path))  # type: ignore[misc]
    gone.delete()
