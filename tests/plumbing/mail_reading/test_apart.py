"""Mail is read by another process, which ends over one that takes too much, and the next is read all the same."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from heard.plumbing.mail.reading import MailIsUnreadable, ReadingStopped, read_apart, read_mail
from heard.plumbing.mail.reading.apart import ReaderApart
from heard.plumbing.mail.reading.passing import Request, unpacked

PLAIN = b"From: a@b.example\n\nwords"
REPORT = (
    b"To: x@y.example\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
    b"Final-Recipient: rfc822; ivy@example.org\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
)


def with_files() -> bytes:
    """A mail with words and two files."""
    message = EmailMessage()
    message["From"] = "Zoë <a@b.example>"
    message.set_content("Grüße")
    message.add_attachment(b"\x00\xff" * 1000, "application", "pdf", filename="Menü.pdf")
    message.add_attachment(b"1,2", "text", "csv", filename="list.csv")
    return message.as_bytes()


@pytest.fixture
def reader() -> Iterator[ReaderApart]:
    """A process of our own that reads."""
    made = ReaderApart()
    yield made
    made.end()


@pytest.mark.parametrize("raw", [PLAIN, REPORT, with_files(), b"From: \xff\nSubject: \xff\n\n\xff"])
def test_what_is_read_apart_is_what_is_read(raw: bytes) -> None:
    assert read_apart(raw, envelope_sender="a@b.example") == read_mail(raw, envelope_sender="a@b.example")


def test_a_mail_that_is_refused_is_refused_apart_and_the_next_is_read() -> None:
    with pytest.raises(MailIsUnreadable):
        read_apart(b"x" * 1001, most=1000)
    with pytest.raises(MailIsUnreadable):
        read_apart(b"From: a@b.example\n" + b"boundary=" * 1000)
    assert read_apart(PLAIN).text == "words"


def test_a_mail_that_takes_too_long_or_too_much_memory_ends_with_the_process(reader: ReaderApart) -> None:
    many = PLAIN + b"\na" * 6_000_000
    assert not any(reader.read(Request(many, None, 50_000_000, seconds=0, megabytes=4000)))
    assert not any(reader.read(Request(many, None, 50_000_000, seconds=30, megabytes=200)))
    assert unpacked(reader.read(Request(PLAIN, None, 1000, seconds=5, megabytes=500))).text == "words"


def test_a_reader_that_is_killed_is_started_again(reader: ReaderApart) -> None:
    for _nth in range(2):
        assert reader.read(Request(PLAIN, None, 1000, seconds=5, megabytes=500))
        assert reader.process
        reader.process.kill()
        reader.process.wait()


def test_nothing_is_read_any_more_once_that_was_said(reader: ReaderApart) -> None:
    assert reader.read(Request(PLAIN, None, 1000, seconds=5, megabytes=500))
    reader.stop()
    with pytest.raises(ReadingStopped):
        reader.read(Request(PLAIN, None, 1000, seconds=5, megabytes=500))


def test_a_mail_waits_where_no_process_can_be_started(reader: ReaderApart, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as context:
        context.setenv("DJANGO_SETTINGS_MODULE", "no_such_settings")
        with pytest.raises(ReadingStopped):
            reader.read(Request(PLAIN, None, 1000, seconds=5, megabytes=500))
    assert reader.read(Request(PLAIN, None, 1000, seconds=5, megabytes=500))
