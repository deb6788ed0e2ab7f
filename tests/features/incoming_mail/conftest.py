"""A thread that Mina began, which Tom answers by mail."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from heard.foundation.conversation.actions import start_thread
from heard.foundation.conversation.models import Thread
from heard.plumbing import mail
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _comes_in(settings) -> None:
    settings.HEARD_REPLY_ADDRESS = "replies@heard.example.org"


@pytest.fixture
def thread(cast: Cast) -> Thread:
    """Where it is said."""
    return start_thread(community=cast.community, by=cast.member, source="Shall we have soup?")


@pytest.fixture
def to_thread(cast: Cast, thread: Thread) -> str:
    """Where Tom answers it."""
    return mail.reply_address(cast.tender.pk, "thread", thread.pk)


@pytest.fixture
def letter(cast: Cast, to_thread: str) -> Callable[..., EmailMessage]:
    """A mail by Tom, but for what is said otherwise."""

    def write(text: str = "Soup it is.", **headers: str) -> EmailMessage:
        message = EmailMessage()
        fixed = {"From": f"Tom <{cast.tender.email}>", "To": to_thread, "Subject": "Re: Soup", "Message-ID": "<1@tom>"}
        for name, value in {**fixed, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
            if value:
                message[name] = value
        message.set_content(text)
        return message

    return write
