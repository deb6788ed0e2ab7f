"""Taking mail from a mail server on this machine, by LMTP (RFC 2033): each mail is taken, or the server keeps it."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session

logger = logging.getLogger(__name__)
TAKEN = "250 2.0.0 taken"
NOT_OURS = "550 5.1.1 Nothing is answered at this address, or not any more; please write in Heard itself"
ONE_AT_A_TIME = "452 4.5.3 one recipient at a time, please"
LATER = "451 4.3.0 it cannot be taken just now"


class Taker:
    """What the LMTP server asks of us. One recipient a mail, so that the answer is about that one."""

    def __init__(
        self, takes: Callable[[str], bool], take: Callable[[bytes, str, str], object], finish: Callable[[], None]
    ) -> None:
        self.takes = takes
        self.take = take
        self.finish = finish
        # One thread, with one connection to the database: mails are posted one after another.
        self.thread = ThreadPoolExecutor(1, "incoming-mail")

    async def recipient_named(
        self, server: LMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whether mail to an address is ours."""
        if envelope.rcpt_tos:
            return ONE_AT_A_TIME
        if not self.takes(address):
            return NOT_OURS
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def mail_brought(self, server: LMTP, session: Session, envelope: Envelope) -> str:
        """Takes a mail. Only what was taken is said to be."""
        content = envelope.content
        raw = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content or b""
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self.thread, self.take_one, raw, envelope)
        except Exception:
            logger.exception("A mail could not be taken; the mail server will try again")
            return LATER
        return TAKEN

    def take_one(self, raw: bytes, envelope: Envelope) -> None:
        try:
            self.take(raw, envelope.rcpt_tos[0], envelope.mail_from or "")
        finally:
            self.finish()


async def listen(where: str, taker: Taker, *, most: int) -> asyncio.Server:
    """Listens at `127.0.0.1:8024` or at the path of a Unix socket, which others of our group may use."""
    loop = asyncio.get_running_loop()
    hooks = SimpleNamespace(handle_RCPT=taker.recipient_named, handle_DATA=taker.mail_brought)

    def connection() -> LMTP:
        return LMTP(hooks, data_size_limit=most, enable_SMTPUTF8=True, ident="Heard", hostname="localhost", loop=loop)

    if where.startswith("/"):
        with contextlib.suppress(FileNotFoundError):
            Path(where).unlink()
        server = await loop.create_unix_server(connection, where)
        Path(where).chmod(0o660)
        return server
    host, _colon, port = where.rpartition(":")
    return await loop.create_server(connection, host.strip("[]"), int(port))
