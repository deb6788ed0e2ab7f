"""Reporting a message, and settling the report."""

from django.db import transaction
from django.utils import timezone

from heard.foundation.communities.actions import require_tender
from heard.foundation.communities.queries import tenders_of
from heard.foundation.conversation import errors
from heard.foundation.conversation.actions.editing import parts_of
from heard.foundation.conversation.actions.tending import hide_message
from heard.foundation.conversation.actions.writing import address_of
from heard.foundation.conversation.models import Reply, Report, Thread
from heard.foundation.notices.actions import tell
from heard.foundation.notices.models import Why
from heard.foundation.people.models import Person
from heard.foundation.people.queries import stewards
from heard.foundation.people.rules import is_steward
from heard.foundation.record.actions import happened
from heard.plumbing.text import one_line


@transaction.atomic
def report(message: Thread | Reply, *, by: Person, because: str) -> None:
    """Asks the tenders, and the stewards beside them, to look; reporting twice before they did changes nothing.

    Raises MessageIsGone or ReportNeedsReason.
    """
    because = one_line(because)[:500]
    if not because:
        raise errors.ReportNeedsReason
    thread, reply = parts_of(message)
    if message.is_gone:
        raise errors.MessageIsGone
    _row, is_new = Report.objects.get_or_create(
        thread=thread,
        reply=reply,
        reported_by=by,
        settled_at=None,
        defaults={"because": because, "reported_at": timezone.now()},
    )
    if is_new:
        happened("message.reported", message, by=by)
        tell_who_looks(thread, message, by=by, because=because)


def tell_who_looks(thread: Thread, message: Thread | Reply, *, by: Person, because: str) -> None:
    """Tells tenders and stewards of a report; never the author of what was reported, who is not to know by whom."""
    tenders = set(tenders_of(thread.community)) - {message.author_id}
    others = set(stewards()) - tenders - {message.author_id}
    waiting = f"/communities/{thread.community.slug}/waiting/"
    tell(tenders, Why.REPORT, thread, by=by, address=waiting, words=because)
    tell(others, Why.REPORT, thread, by=by, address="/reports/", words=because)


@transaction.atomic
def settle_report(given: Report, *, by: Person, outcome: str = "") -> None:
    """Ends a report, and with it every other open one on the same message; raises ReportIsSettled, NotATender."""
    if not is_steward(by):
        require_tender(given.thread.community, by)
    same = Report.objects.filter(thread=given.thread_id, reply=given.reply_id, settled_at=None)
    reporters = list(same.values_list("reported_by", flat=True))
    outcome = one_line(outcome)[:300]
    if not same.update(settled_at=timezone.now(), settled_by=by, outcome=outcome):
        raise errors.ReportIsSettled
    happened("report.settled", given, by=by)
    tell(reporters, Why.SETTLED, given.thread, by=by, address=address_of(given.thread, given.reply), words=outcome)


@transaction.atomic
def hide_reported(given: Report, *, by: Person, because: str) -> None:
    """Takes what was reported out of sight, and ends the report."""
    message = given.reply or given.thread
    hide_message(message, by=by, because=because)
    settle_report(given, by=by, outcome=because)
