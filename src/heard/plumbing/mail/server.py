"""The mail server: one connection for many letters, and a rest where it cannot be reached."""

import contextlib
import time
from smtplib import SMTPException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend

IDLE = 20.0
"""Seconds after which a connection is not trusted to be open still."""
PER_CONNECTION = 100
"""Letters that go over one connection; many servers end one that goes on for ever."""
SHORTEST_REST, LONGEST_REST = 15.0, 300.0


class Server:
    """The way out for letters of this process."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None
        self.used_at = 0.0
        self.letters = 0
        self.rest = 0.0
        self.rests_until = 0.0

    def send(self, letter: EmailMessage) -> None:
        """Sends one letter; over the open connection where there is one, and over a new one where that has ended."""
        if not settings.MAIL_HOST:
            letter.send()
            return
        was_open = self.is_open()
        try:
            self.send_over(self.opened(), letter)
        except SMTPServerDisconnected:
            self.close()
            if not was_open:
                raise
            self.send_over(self.opened(), letter)
        except SMTPException:
            raise  # the server said no to this letter, and may take the next
        except OSError:
            self.close()
            raise

    def send_over(self, connection: BaseEmailBackend, letter: EmailMessage) -> None:
        connection.send_messages([letter])
        self.letters += 1
        self.used_at = time.monotonic()
        self.rest = 0.0

    def is_open(self) -> bool:
        """Whether a connection is open that may be used once more."""
        if self.connection and (time.monotonic() - self.used_at > IDLE or self.letters >= PER_CONNECTION):
            self.close()
        return self.connection is not None

    def opened(self) -> BaseEmailBackend:
        """The open connection, or a new one."""
        if self.connection is None:
            connection: BaseEmailBackend = mailers["default"]
            try:
                connection.open()
            except OSError:
                with contextlib.suppress(OSError):
                    connection.close()
                raise
            self.connection, self.letters, self.used_at = connection, 0, time.monotonic()
        return self.connection

    def close(self) -> None:
        """Ends the connection, however it is."""
        connection, self.connection = self.connection, None
        if connection:
            with contextlib.suppress(OSError):
                connection.close()

    def take_a_rest(self) -> float:
        """Lets no letter try for a while, each time longer; returns the seconds."""
        self.close()
        self.rest = min(max(2 * self.rest, SHORTEST_REST), LONGEST_REST)
        self.rests_until = time.monotonic() + self.rest
        return self.rest


server = Server()


def rests() -> bool:
    """Whether letters should wait in the queue, since the server could not be reached just now."""
    return time.monotonic() < server.rests_until
