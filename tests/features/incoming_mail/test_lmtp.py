"""The whole way with the real processes: a letter goes out by SMTP, its answer comes in by LMTP, and is posted."""

import contextlib
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation, database_url
from tests.journeys.running import two_free_ports

pytestmark = pytest.mark.whole
BEGIN = """
import django
django.setup()
from heard.foundation.communities.actions import start_community
from heard.foundation.communities.models import Access
from heard.foundation.conversation.actions import start_thread
from heard.foundation.people.actions import add_person
from heard.foundation.people.models import Role
from heard.foundation.people.actions import grant_role
from heard.plumbing import mail
ada = add_person(name="Ada", email="ada@example.org", by=None)
grant_role(ada, Role.ADMINISTRATOR, by=None)
place = start_community(name="Canteen", by=ada, access=Access.OPEN)
thread = start_thread(community=place, by=ada, source="Shall we have soup?")
print(mail.reply_address(ada.pk, "thread", thread.pk), mail.bounce_address("ada@example.org"))
"""
SAID = """
import django
django.setup()
from heard.foundation.conversation.models import Reply
print([reply.source for reply in Reply.objects.order_by("pk")])
"""


def run(installation: Installation, source: str) -> str:
    """What a piece of Python prints that runs inside an installation."""
    environment = installation.environment | {"DJANGO_SETTINGS_MODULE": "heard.config.settings"}
    done = subprocess.run([sys.executable, "-c", source], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """One that takes mail in."""
    folder = tmp_path / "var"
    folder.mkdir(mode=0o700)
    where = f"127.0.0.1:{two_free_ports()}"
    mail = {"HEARD_LMTP": where, "HEARD_REPLY_ADDRESS": "replies@heard.example.org"}
    made = Installation(folder, DATABASE_URL=database_url(folder), **mail)
    made.says("prepare")
    return made


@contextlib.contextmanager
def receiving(installation: Installation) -> Iterator[subprocess.Popen[bytes]]:
    """The part that takes mail in, once it listens."""
    command = [*installation.command, "serve", "--only", "mail"]
    process = subprocess.Popen(command, env=installation.environment)
    port = int(installation.environment["HEARD_LMTP"].rpartition(":")[2])
    try:
        for _attempt in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        assert process.wait(20) in {0, -9}


def hand_in(installation: Installation, to: str, words: str, number: int = 1, sender: str = "ada@example.org") -> None:
    """One mail, as a mail server hands it in."""
    port = int(installation.environment["HEARD_LMTP"].rpartition(":")[2])
    message = (
        f"From: Ada <ada@example.org>\r\nTo: {to}\r\nMessage-ID: <{number}@ada>\r\nSubject: Re: Soup\r\n\r\n{words}\r\n"
    )
    with smtplib.LMTP("127.0.0.1", port) as server:
        server.sendmail(sender, [to], message.encode())


def test_an_answer_that_is_handed_in_is_posted_and_what_is_nobodys_is_refused(installation: Installation) -> None:
    answers, bounces = run(installation, BEGIN).split()
    with receiving(installation):
        hand_in(installation, answers, "Soup it is.")
        hand_in(installation, answers, "Soup it is.")  # as after a connection that broke
        hand_in(installation, bounces, "It came back", sender="")
        for stranger in ("replies+aaaa@heard.example.org", "postmaster@heard.example.org"):
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                hand_in(installation, stranger, "Buy this")
            assert next(iter(refused.value.recipients.values()))[0] == 550
    assert run(installation, SAID) == "['Soup it is.']"


def test_a_receiver_that_is_killed_posts_nothing_twice(installation: Installation) -> None:
    answers, _bounces = run(installation, BEGIN).split()
    for number in range(3):
        with receiving(installation) as process:
            hand_in(installation, answers, f"Number {number}", number)
            process.kill()
        with receiving(installation):
            hand_in(installation, answers, f"Number {number}", number)
    assert run(installation, SAID) == "['Number 0', 'Number 1', 'Number 2']"
