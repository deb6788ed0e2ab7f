"""A mail server on this machine that keeps what arrives, and says no where a test wants it to."""

import asyncio
import contextlib
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from tests.journeys.running import two_free_ports


class Postbox:
    """Letters as they arrived; `answers` says no to addresses, or to what comes next."""

    def __init__(self) -> None:
        self.arrived: list[EmailMessage] = []
        self.senders: list[str] = []
        self.answers: dict[str, str] = {}
        self.pause = 0.0
        self.connections: set[object] = set()
        self.settings: dict[str, str] = {}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - called by aiosmtpd
        """Takes an address, or says what was asked for."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - called by aiosmtpd
        """Keeps a letter, and says so a moment later."""
        self.arrived.append(message_from_bytes(envelope.content, policy=policy.default))
        self.senders.append(envelope.mail_from)
        self.connections.add(session.peer)
        if self.pause:
            await asyncio.sleep(self.pause)
        return self.answers.get("DATA", "250 taken")


@contextlib.contextmanager
def postbox() -> Iterator[Postbox]:
    """A server as long as the context lasts; `settings` lead an installation to it."""
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=two_free_ports())
    server.start()
    box.settings = {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(server.port), "MAIL_STARTTLS": "no"}
    try:
        yield box
    finally:
        server.stop()
