"""Mail at once: one letter about a thread, or one for all that came together."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heard.foundation.conversation.models import Reply
from heard.foundation.delivery.actions.choosing import Chosen, choose
from heard.foundation.delivery.queries import Shown, groups_of
from heard.foundation.notices.actions import settle
from heard.foundation.notices.models import Way
from heard.foundation.notices.rules import ALL_MAIL, unsubscribing_address
from heard.plumbing import mail

MOST_SHOWN = 10


def mail_to(person_id: int) -> None:
    """Writes to somebody what is due to them, in one letter at most; queued in the transaction that notes it."""
    chosen = choose(person_id, Way.MAIL)
    if chosen is None:
        return
    groups = groups_of(chosen.shown)
    with chosen.reader.speaking(), transaction.atomic():
        if settle(chosen.outcomes, spends=(person_id, Way.MAIL, chosen.day)):
            if len(groups) == 1:
                write_of_one(chosen, groups[0])
            else:
                write_of_many(chosen, groups)


def headers(person_id: int, what: str) -> dict[str, str]:
    """What lets a mail reader unsubscribe by one click (RFC 8058), and tells machines that nobody sits behind it."""
    return {
        "List-Unsubscribe": f"<{unsubscribing_address(person_id, what)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
    }


def write_of_one(chosen: Chosen, group: list[Shown]) -> None:
    """One letter about one thing. About a thread it can be answered, and stands with the others of that thread."""
    newest, person = group[-1], chosen.reader.person
    why = newest.notice.why
    writer = str(newest.notice.by) if newest.notice.by else settings.HEARD_ORGANISATION
    about, reply_to, message_id = headers(person.pk, why), "", ""
    if newest.thread is not None:
        reply_id = newest.message.pk if isinstance(newest.message, Reply) else None
        reply_to = mail.reply_address(person.pk, "thread", newest.thread.pk, reply_id)
        begun = mail.message_id("thread", newest.thread.pk, person.pk)
        message_id = mail.message_id("reply", reply_id, person.pk) if reply_id else begun
        if reply_id:
            about |= {"In-Reply-To": begun, "References": begun}
    mail.post(
        "delivery/mail/one",
        to=chosen.reader.email,
        from_name=f"{writer} (Heard)",
        reply_to=reply_to,
        message_id=message_id,
        headers=about,
        shown=group[-MOST_SHOWN:],
        newest=newest,
        title=newest.title,
        thread=newest.thread,
        button=_("Answer in Heard") if newest.thread else _("Open in Heard"),
        address=newest.address,
        because=newest.because,
        **ways_out(person.pk, why),
    )


def write_of_many(chosen: Chosen, groups: list[list[Shown]]) -> None:
    """One letter that names everything that came meanwhile."""
    person = chosen.reader.person
    count = len(groups)
    shown = [group[-1] for group in groups]
    mail.post(
        "delivery/mail/many",
        to=chosen.reader.email,
        headers=headers(person.pk, ALL_MAIL),
        subject=ngettext("%(count)s thing waits for you", "%(count)s things wait for you", count) % {"count": count},
        shown=shown[:MOST_SHOWN],
        more=max(0, count - MOST_SHOWN),
        address=f"{settings.HEARD_URL}/notices/",
        **ways_out(person.pk, ALL_MAIL),
    )


def ways_out(person_id: int, what: str) -> dict[str, Any]:
    """The links at the foot of every letter."""
    return {
        "unsubscribe": unsubscribing_address(person_id, what),
        "settings_address": f"{settings.HEARD_URL}/notices/settings/",
    }
