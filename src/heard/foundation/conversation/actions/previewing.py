"""The page behind the first link of a message: wanted when it is posted, shown once it is there, taken away again."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from heard.foundation.conversation import errors, rules
from heard.foundation.conversation.actions.writing import grow_version
from heard.foundation.conversation.models import Reply, Thread
from heard.foundation.people.models import Person
from heard.foundation.previews import actions as previews
from heard.foundation.previews.models import Preview
from heard.foundation.previews.rules import first_link
from heard.foundation.record.actions import happened
from heard.plumbing import realtime
from heard.plumbing.later import later

PORTION = 500
SETTLED = timedelta(hours=2)


def preview_for(html: str, community_id: int, *, by: Person) -> Preview | None:
    """The preview that a message with this HTML shows, from the moment it is fetched; in the transaction that posts it.

    A message without a link costs no query.
    """
    link = first_link(html)
    if not link:
        return None
    preview, is_due = previews.want(link, among=community_id, by=by.pk)
    if preview is not None and is_due:
        later("heard.foundation.conversation.tasks.fetch_preview", preview.pk)
    return preview


def preview_after(message: Thread | Reply, html: str, community_id: int, *, by: Person) -> Preview | None:
    """The preview of a message that is about to say `html`: as before, unless its first link is another now."""
    if first_link(html) == first_link(message.html):
        return message.preview
    return preview_for(html, community_id, by=by)


def fetch_preview(preview_id: int) -> bool:
    """Fetches it and shows it on every page that is open; gives whether it is to be tried again later."""
    outcome = previews.fetch(preview_id)
    if outcome is previews.Outcome.SHOWN:
        show(preview_id)
    return outcome is previews.Outcome.LATER


@transaction.atomic
def show(preview_id: int) -> None:
    """Tells pages that messages with this preview look different now."""
    threads = set(Thread.objects.filter(preview=preview_id).values_list("pk", flat=True))
    for thread in sorted(threads):
        grow_version(thread)
    replies = Reply.objects.filter(preview=preview_id)
    threads.update(replies.values_list("thread_id", flat=True))
    replies.update(version=F("version") + 1)
    for thread in sorted(threads):
        realtime.announce_on_commit(f"thread:{thread}", "preview")


@transaction.atomic
def remove_preview(message: Thread | Reply, *, by: Person) -> None:
    """Takes the preview off one's own message, for good as long as its link stays; twice changes nothing."""
    if message.is_gone:
        raise errors.MessageIsGone
    if not rules.may_edit(by, message):
        raise errors.NotYours
    if message.preview_id is None:
        return
    message.preview = None
    message.save(update_fields=["preview"])
    if isinstance(message, Reply):
        Reply.objects.filter(pk=message.pk).update(version=F("version") + 1)
        thread_id = message.thread_id
    else:
        thread_id = message.pk
        grow_version(thread_id)
    happened("preview.removed", message, by=by)
    realtime.announce_on_commit(f"thread:{thread_id}", "preview")


def forget_previews() -> int:
    """Forgets previews that no message shows, or all where they are turned off; gives how many.

    A portion of 500 at a time; those of the last two hours may belong to a message that is being posted.
    """
    if not settings.HEARD_PREVIEWS:
        let_go()
    shown_by = [Exists(model._default_manager.filter(preview=OuterRef("pk"))) for model in (Thread, Reply)]
    old = Preview.objects.filter(wanted_at__lt=timezone.now() - SETTLED)
    unused = old.exclude(shown_by[0]).exclude(shown_by[1])
    count = 0
    while ids := list(unused.values_list("pk", flat=True)[:PORTION]):
        previews.forget(ids)
        count += len(ids)
    return count


def let_go() -> None:
    """Takes every preview off its message, in short transactions."""
    for model in (Thread, Reply):
        having = model._default_manager.exclude(preview=None)
        while ids := list(having.values_list("pk", flat=True)[:PORTION]):
            model._default_manager.filter(pk__in=ids).update(preview=None)
