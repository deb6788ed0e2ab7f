"""`heard mail test` sends one mail through the server that is set, and says what became of it."""

import pytest
from aiosmtpd.controller import Controller

from tests.journeys.running import two_free_ports


class Postbox:
    """Keeps what arrives, and has no room for anybody called nobody."""

    def __init__(self) -> None:
        self.arrived: list[str] = []

    async def handle_RCPT(  # noqa: N802 - called by aiosmtpd
        self, server, session, envelope, address, options
    ):
        if address.startswith("nobody@"):
            return "550 nobody lives here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - called by aiosmtpd
        self.arrived.append(envelope.content.decode())
        return "250 taken"


@pytest.fixture
def postbox():
    """A mail server on this machine."""
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=two_free_ports())
    server.start()
    box.settings = {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(server.port), "MAIL_STARTTLS": "no"}
    yield box
    server.stop()


def test_a_mail_arrives(installation, postbox):
    answer = installation.answers("mail", "test", "anne@example.org", **postbox.settings)
    assert answer == {"sent": True, "where": "127.0.0.1"}
    assert "To: anne@example.org" in postbox.arrived[0]


def test_without_a_server_it_says_where_mail_lies(installation):
    said = installation.says("mail", "test", "anne@example.org")
    assert "There is no mail server (MAIL_HOST)" in said
    [letter] = (installation.folder / "mail").iterdir()
    assert "A test from Heard" in letter.read_text()


def test_a_server_that_refuses_is_quoted(installation, postbox):
    done = installation.run("mail", "test", "nobody@example.org", **postbox.settings)
    assert done.returncode == 1
    assert "550 nobody lives here" in done.stderr


def test_a_server_that_does_not_answer_is_said_in_words(installation):
    done = installation.run("mail", "test", "anne@example.org", MAIL_HOST="127.0.0.1", MAIL_PORT="1")
    assert done.returncode == 1
    assert "did not take it" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_no_address_is_refused(installation):
    done = installation.run("mail", "test", "anne")
    assert done.stderr == "heard: anne is no e-mail address.\n"
