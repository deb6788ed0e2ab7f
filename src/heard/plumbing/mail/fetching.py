"""Fetching mail from a mailbox, by IMAP: a mail is marked or moved only once it has been taken."""

import contextlib
import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from typing import Any

logger = logging.getLogger(__name__)
AT_ONCE = 200
"""Mails of one look."""
TIMEOUT = 60


class MailboxIsAway(Exception):
    """The mailbox cannot be used; the text says why."""


@contextlib.contextmanager
def mailbox(settings: Mapping[str, Any]) -> Iterator[imaplib.IMAP4]:
    """The folder that mail comes to, open as long as the context lasts. Raises MailboxIsAway."""
    try:
        if settings["tls"]:
            box: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                settings["host"], settings["port"], ssl_context=ssl.create_default_context(), timeout=TIMEOUT
            )
        else:
            box = imaplib.IMAP4(settings["host"], settings["port"], timeout=TIMEOUT)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxIsAway(f"{settings['host']} cannot be reached: {error}") from error
    try:
        box.login(settings["user"], settings["password"])
        answer, said = box.select(quoted(settings["folder"]))
        if answer != "OK":
            raise MailboxIsAway(f"There is no folder {settings['folder']}: {said}")
        yield box
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxIsAway(str(error)) from error
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            box.logout()


def fetch(
    settings: Mapping[str, Any],
    take: Callable[[bytes], bool],
    *,
    most: int = 50_000_000,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Hands every unread mail to `take`, and gives how many there were; raises MailboxIsAway.

    What `take` says is ours is moved to the folder of what is done, where one is named; everything is marked as
    read, so that it is looked at once. Where `take` raises, the mail stays as it is, and the others are gone on with,
    until `stopped` says so. Of a mail that is larger than `most`, one byte more than that is handed over.
    """
    count = 0
    with mailbox(settings) as box:
        for uid in unread(box):
            if stopped():
                break
            raw = fetched(box, uid, most + 1)
            if raw is None:
                continue
            try:
                is_ours = take(raw)
            except Exception:
                logger.exception("A mail could not be taken; it stays unread and is looked at again")
                continue
            count += 1
            put_away(box, uid, settings["done"] if is_ours else "")
    return count


def unread(box: imaplib.IMAP4) -> list[str]:
    """The numbers of unread mails, oldest first; they hold as long as the connection does."""
    _answer, found = box.uid("SEARCH", "UNSEEN")
    numbers = found[0].split() if found and isinstance(found[0], bytes) else []
    return [number.decode("ascii") for number in numbers][:AT_ONCE]


def fetched(box: imaplib.IMAP4, uid: str, most: int) -> bytes | None:
    """The first bytes of a mail, without marking it as read; nothing where somebody removed it meanwhile."""
    _answer, found = box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{most}>)")
    return next((part[1] for part in found if isinstance(part, tuple) and isinstance(part[1], bytes)), None)


def put_away(box: imaplib.IMAP4, uid: str, folder: str) -> None:
    """Marks a mail as read, and moves it where a folder is named; servers that cannot move it copy and remove it."""
    box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
    if not folder:
        return
    if "MOVE" in box.capabilities:
        answer, said = box.uid("MOVE", uid, quoted(folder))
    else:
        answer, said = box.uid("COPY", uid, quoted(folder))
        if answer == "OK":
            box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)")
            if "UIDPLUS" in box.capabilities:
                box.uid("EXPUNGE", uid)
    if answer != "OK":
        logger.warning("A mail could not be moved to %s: %s", folder, said)


def quoted(name: str) -> str:
    """The name of a folder as IMAP writes it."""
    encoded = re.sub(r"[^\x20-\x25\x27-\x7e]+|&", _modified_utf7, name)
    return '"' + encoded.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _modified_utf7(found: re.Match[str]) -> str:
    import base64

    if found[0] == "&":
        return "&-"
    return "&" + base64.b64encode(found[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"
