"""Asks the page behind a link once, and its picture, and keeps what they show."""

import enum
import logging
import secrets
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from heard.foundation.previews.models import Preview
from heard.foundation.previews.rules import is_ours
from heard.plumbing import files, images, outbound
from heard.plumbing.heads import MOST_BYTES, Head, head_of
from heard.plumbing.limits import is_spent, spend
from heard.plumbing.refusals import Refusal

logger = logging.getLogger(__name__)
PAGES = "text/html, application/xhtml+xml"
PAGE_DEADLINE = 8
PICTURE_DEADLINE = 6
MOST_PICTURE_BYTES = 6_000_000
WIDEST = 640
SMALLEST = 64
MOST_TRIES = 3
AWAY, MOST_AWAY, AWAY_FOR = "preview-away-host", 3, 30 * 60
"""After so many waits in vain a host is not asked for the rest of so many seconds."""


class Outcome(enum.Enum):
    """There is something to show, there is nothing, or it is to be tried again later."""

    SHOWN = "shown"
    NOTHING = "nothing"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was taken in, with its size in pixels."""

    path: str
    width: int
    height: int


def fetch(preview_id: int) -> Outcome:
    """Fetches one preview; whatever the other side does ends as an outcome. Takes a quarter of a minute at most."""
    preview = Preview.objects.filter(pk=preview_id, fetched_at=None).first()
    if preview is None or not settings.HEARD_PREVIEWS:
        return Outcome.NOTHING
    preview.tries += 1
    try:
        return asked(preview)
    except DatabaseError:
        raise  # that is ours, and the task is begun again
    except Exception as error:  # a page that is a riddle, of which nobody knew
        logger.warning("A preview could not be made: %s", type(error).__name__)
        return failed(preview, type(error).__name__, may_pass=False)


def asked(preview: Preview) -> Outcome:
    """Asks the page, and keeps what it shows."""
    host = (urlsplit(preview.url).hostname or "")[:150]
    if is_spent(AWAY, host, most=MOST_AWAY):
        return failed(preview, "HostRests", may_pass=True)
    try:
        answer = outbound.fetch(preview.url, most_bytes=MOST_BYTES, deadline=PAGE_DEADLINE, accept=PAGES, cut=True)
    except outbound.OutboundRefused as refusal:
        if refusal.may_pass:
            spend(AWAY, host, seconds=AWAY_FOR)
        return failed(preview, type(refusal).__name__, may_pass=refusal.may_pass)
    if not answer.is_good or is_ours(urlsplit(answer.url).hostname or ""):
        return failed(preview, f"Status {answer.status}", may_pass=answer.status == 429 or answer.status >= 500)
    head = head_of(answer.body, answer.headers.get("content-type", ""))
    if not head.title:
        return failed(preview, "NoTitle", may_pass=False)
    keep(preview, head, picture_of(urljoin_or_nothing(answer.url, head.picture)))
    return Outcome.SHOWN


def keep(preview: Preview, head: Head, picture: Picture | None) -> None:
    """Writes down what the page shows of itself."""
    shows: dict[str, object] = {
        "tries": preview.tries,
        "fetched_at": timezone.now(),
        "failed_because": "",
        "title": shortened(head.title, 200),
        "description": shortened(head.description, 300),
        "site": site_of(preview.url, head.site),
    }
    if picture is not None:
        shows |= {"code": secrets.token_urlsafe(18), "picture": picture.path}
        shows |= {"width": picture.width, "height": picture.height}
    is_kept = Preview.objects.filter(pk=preview.pk).update(**shows)
    if picture is not None and not is_kept:  # forgotten meanwhile
        files.delete(picture.path)


def failed(preview: Preview, why: str, *, may_pass: bool) -> Outcome:
    """Notes why there is nothing to show, or that it will be tried again."""
    is_over = not may_pass or preview.tries >= MOST_TRIES
    ended = {"fetched_at": timezone.now()} if is_over else {}
    Preview.objects.filter(pk=preview.pk).update(tries=preview.tries, failed_because=why[:60], **ended)
    return Outcome.NOTHING if is_over else Outcome.LATER


def picture_of(url: str) -> Picture | None:
    """The picture made anew: still, at most 640 pixels wide. What is none, is tiny or cannot be had is left out."""
    if not url:
        return None
    try:
        answer = outbound.fetch(url, most_bytes=MOST_PICTURE_BYTES, deadline=PICTURE_DEADLINE, accept="*/*")
        if not answer.is_good or not files.sniff(answer.body).is_image:
            return None
        still = images.variants(BytesIO(answer.body), widths=(WIDEST, WIDEST))[1]
        if min(still.width, still.height) < SMALLEST:
            return None
        return Picture(files.store(still.content, still.suffix), still.width, still.height)
    except Refusal:
        return None


def urljoin_or_nothing(base: str, address: str) -> str:
    """The address of a picture, read from where its page stands."""
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""


def site_of(url: str, named: str) -> str:
    """Where the link leads: its host, for that cannot be claimed, after the name that the site gives itself."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")[:80]
    return f"{shortened(named, 60)} · {host}" if named and named.lower() != host else host


def shortened(text: str, most: int) -> str:
    """The text in at most so many characters, with a sign where it goes on."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
