"""The part that takes mail in: listens for LMTP, and looks into a mailbox, whichever is set."""

import asyncio
import logging
import signal
import threading

from django.conf import settings
from django.db import close_old_connections

from heard.features.incoming_mail.actions import Outcome, most_bytes, take_in
from heard.features.incoming_mail.queries import takes_mail_for
from heard.plumbing.mail.fetching import MailboxIsAway, fetch
from heard.plumbing.mail.listening import Taker, listen
from heard.plumbing.mail.reading import stop_reading

logger = logging.getLogger(__name__)


def take(raw: bytes, recipient: str, sender: str) -> Outcome:
    """One mail that a mail server hands in."""
    return take_in(raw, recipient=recipient, envelope_sender=sender)


def look(stopped: threading.Event) -> None:
    """One look into the mailbox; where it is away, the next one is waited for."""
    try:
        fetch(
            settings.HEARD_IMAP,
            lambda raw: take_in(raw) != Outcome.NOT_OURS,
            most=most_bytes(),
            stopped=stopped.is_set,
        )
    except MailboxIsAway as error:
        logger.warning("Mail could not be fetched: %s", error)
    finally:
        close_old_connections()


async def receive() -> None:
    """Takes mail until it is told to stop; what is being posted is posted to its end, what is being read is not."""
    loop, stop, stopped = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def stop_soon() -> None:
        stop.set()
        stopped.set()
        stop_reading()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop_soon)
    taker = Taker(takes_mail_for, take, close_old_connections)
    server = await listen(settings.HEARD_LMTP, taker, most=most_bytes()) if settings.HEARD_LMTP else None
    while not stop.is_set():
        pause = 3600.0
        if settings.HEARD_IMAP:
            await loop.run_in_executor(taker.thread, look, stopped)
            pause = settings.HEARD_IMAP["every"]
        try:
            await asyncio.wait_for(stop.wait(), pause)
        except TimeoutError:
            continue
    if server:
        server.close()
    taker.thread.shutdown(wait=True)
