"""Mail at once: one letter about a thread, or one for all that came together."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heard.foundation.conversation.models import Reply
from heard.foundation.delivery.actions.choosing import choose, still_needed
from heard.foundation.delivery.queries import Reader, Shown, groups_of, reader, weightiest
from heard.foundation.notices.actions import settle
from heard.foundation.notices.models import Delivery, Way
from heard.foundation.notices.rules import ALL_MAIL, occasion, unsubscribing_address
from heard.plumbing import mail
from heard.plumbing.mail import Asks

MOST_SHOWN = 10


def mail_to(person_id: int) -> None:
    """Writes to somebody what is due to them, in one letter at most; queued in the transaction that notes it."""
    chosen = choose(person_id, Way.MAIL)
    if chosen is None:
        return
    with chosen.reader.speaking(), transaction.atomic():
        if settle(chosen.outcomes, spends=(person_id, Way.MAIL, chosen.day)):
            write(chosen.reader, chosen.shown)


def write(found: Reader, shown: list[Shown]) -> None:
    """Queues one letter about all that is shown. It is asked once more before it goes out: it may wait for days."""
    notices = [one.notice.pk for one in shown]
    asks = (f"{__name__}.{may_go_out.__name__}", found.person.pk, found.email, notices, mark_of(shown))
    groups = groups_of(shown)
    if len(groups) == 1:
        write_of_one(found, groups[0], asks)
    else:
        write_of_many(found, groups, asks)


def may_go_out(person_id: int, email: str, notices: list[int], mark: str) -> bool:
    """Whether a letter that waited still says what its reader may read; if not, what is left of it is written anew."""
    found = reader(person_id)
    if found is None or not found.email:
        return False
    due = Delivery.objects.filter(person=person_id, notice__in=notices, way=Way.MAIL).select_related("notice__by")
    shown = [still for one in due.order_by("notice") if (still := still_needed(found, one))]
    with found.speaking():
        if shown and found.email == email and mark_of(shown) == mark:
            return True
        if shown:
            write(found, shown)
    return False


def mark_of(shown: list[Shown]) -> str:
    """The same as long as a letter about this says the same."""
    said = [[one.notice.pk, one.told, one.message.source if one.message and one.words else ""] for one in shown]
    return hashlib.sha256(json.dumps(said).encode("ascii")).hexdigest()[:32]


def headers(person_id: int, what: str) -> dict[str, str]:
    """What lets a mail reader unsubscribe by one click (RFC 8058), and tells machines that nobody sits behind it."""
    return {
        "List-Unsubscribe": f"<{unsubscribing_address(person_id, what)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
    }


def write_of_one(found: Reader, group: list[Shown], asks: Asks) -> None:
    """One letter about one thing. About a thread it can be answered, and stands with the others of that thread.

    The weightiest of what happened speaks for the letter; an answer goes to the newest.
    """
    newest, leads, person = group[-1], weightiest(group), found.person
    why = leads.notice.why
    shown = group[-MOST_SHOWN:] if leads in group[-MOST_SHOWN:] else [leads, *group[1 - MOST_SHOWN :]]
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
        to=found.email,
        asks=asks,
        from_name=f"{writers_of(group)} (Heard)",
        reply_to=reply_to,
        message_id=message_id,
        headers=about,
        shown=shown,
        more=len(group) - len(shown),
        says_why=len({one.notice.why for one in group}) > 1,
        newest=newest,
        leads=leads,
        title=newest.title,
        thread=newest.thread,
        button=_("Answer in Heard") if newest.thread else _("Open in Heard"),
        address=newest.address,
        because=leads.because,
        occasion=occasion(why),
        **ways_out(person.pk, why),
    )


def writers_of(group: list[Shown]) -> str:
    """Who a letter is from: whoever did the weightiest thing first."""
    by_weight = [weightiest(group), *reversed(group)]
    names = list(dict.fromkeys(str(one.notice.by) for one in by_weight if one.notice.by))
    if not names:
        return str(settings.HEARD_ORGANISATION)
    others = len(names) - 1
    rest = ngettext("%(count)s other", "%(count)s others", others) % {"count": others}
    return _("{names} and {rest}").format(names=names[0], rest=rest) if others else names[0]


def write_of_many(found: Reader, groups: list[list[Shown]], asks: Asks) -> None:
    """One letter that names everything that came meanwhile."""
    person = found.person
    count = len(groups)
    shown = [weightiest(group) for group in groups]
    mail.post(
        "delivery/mail/many",
        to=found.email,
        asks=asks,
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
