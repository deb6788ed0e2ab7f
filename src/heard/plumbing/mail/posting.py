"""Writing a letter and queueing it."""

from collections.abc import Mapping
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from .names import fresh_message_id, in_header
from .reply_addresses import bounce_address
from .sending import Asks, send_letter

REPLY_LINE = "\u2014\u2013\u2014"
"""Stands at both ends of a line above which somebody answers; nothing below such a line is taken for an answer.

Dashes that every font has, in an order in which nobody sets a heading between dashes.
"""
OLD_REPLY_LINE = "\u2e3a"
"""What stood there before: such letters are still answered."""
BULK = -50
"""The priority of letters that many people get: whatever one person waits for goes first."""


def post(
    template: str,
    *,
    to: str,
    from_name: str = "",
    reply_to: str = "",
    message_id: str = "",
    headers: Mapping[str, str] | None = None,
    bulk: bool = False,
    asks: Asks = (),
    **context: Any,
) -> None:
    """Queues a letter to one address, written now and in the language that is spoken now.

    `template` stands for `…_subject.txt`, `…_message.txt` and `…_message.html`, which may show `reply_line` where
    there is a `reply_to`. Whatever becomes of the worker, the letter goes out under one Message-ID.
    What it `asks` is asked right before it goes out, and again before each further try; a no ends it in silence.
    """
    line = f"{REPLY_LINE} {_('Reply above this line')} {REPLY_LINE}" if reply_to else ""
    shared = {"organisation": settings.HEARD_ORGANISATION, "home": settings.HEARD_URL, "reply_line": line}
    context = {**shared, **context}
    sending = send_letter.using(priority=BULK) if bulk else send_letter
    sending.enqueue(
        to=to,
        subject=in_header(render_to_string(f"{template}_subject.txt", context)),
        text=render_to_string(f"{template}_message.txt", context).strip() + "\n",
        html=render_to_string(f"{template}_message.html", context),
        sender=sender_under(from_name),
        reply_to=reply_to,
        message_id=message_id or fresh_message_id(),
        returns_to=bounce_address(to),
        headers=dict(headers or {}),
        since=timezone.now().isoformat(),
        asks=asks,
    )


def sender_under(name: str) -> str:
    """Who a letter is from: our address, under `name` where there is one."""
    name = in_header("".join(letter if letter.isprintable() else " " for letter in name))
    if not name:
        return settings.DEFAULT_FROM_EMAIL
    return str(Address(name[:120], addr_spec=parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
