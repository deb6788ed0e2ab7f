"""Letters as a server gets them and readers show them: whole headers, HTML that holds, text that says all."""

from email.policy import SMTP
from html.parser import HTMLParser

import pytest
from django.core import mail as django_mail
from django.test import override_settings
from django.utils.html import strip_tags

from heard.foundation.conversation.actions import reply_to, start_thread
from heard.foundation.delivery.tasks import digests_due, mail_due
from heard.foundation.notices.actions import ask_for_digest
from heard.foundation.people.actions import follow
from tests.letters import sent, work_off
from tests.postbox import postbox

VOID = {"meta", "br", "hr", "img"}


class Whole(HTMLParser):
    """Fails where something is not closed, in the order in which it was opened."""

    def __init__(self):
        super().__init__()
        self.open, self.links, self.fetched = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        self.fetched += [value for name, value in attrs if name in {"src", "background", "srcset"}]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture
def letters(cast, later):
    """One of each kind: about one thread, about several things, and a digest."""
    first = start_thread(community=cast.community, by=cast.member, source="Which soup?", title="Soup & <bread>")
    words = (
        "**Leek**, says [this](/people/) and @mina.member\n\n    as it is written\n\n"
        "![a picture](https://example.org/x.png) <script>x</script>"
    )
    reply_to(first, by=cast.tender, source=words)
    later(minutes=3)
    mail_due.func()
    second = start_thread(community=cast.community, by=cast.member, source="مرحبا", title="مرحبا")
    for thread in (first, second):
        reply_to(thread, by=cast.tender, source="More")
    later(minutes=3)
    mail_due.func()
    follow(cast.member, by=cast.newcomer)
    start_thread(community=cast.community, by=cast.tender, source="News of the day")
    ask_for_digest(by=cast.member)
    later(minutes=1)
    digests_due.func()
    return sent()


def test_every_letter_is_whole_html_that_fetches_nothing_and_leads_here(letters):
    assert len(letters) == 3
    for letter in letters:
        html = letter.alternatives[0].content
        seen = Whole()
        seen.feed(html)
        assert seen.open == []
        assert seen.fetched == []
        assert {link.partition("://")[2].partition("/")[0] for link in seen.links} <= {"localhost:8000", "example.org"}
        assert "max-width:560px" in html
        assert "prefers-color-scheme: dark" in html
        assert "<script" not in html
        assert len(html) < 100_000  # beyond which some mail readers cut


def test_text_says_what_the_html_says(letters):
    for letter in letters:
        text, html = " ".join(str(letter.body).split()), strip_tags(letter.alternatives[0].content)
        for words in ("What you are told, and how", "Tom Tender"):
            assert words in text
            assert words in html
        assert "&amp;" not in text
        assert "<" not in text.replace("<bread>", "").replace("<script>x</script>", "")
        unsubscribing = letter.extra_headers["List-Unsubscribe"].strip("<>")
        assert unsubscribing in text
        assert unsubscribing in letter.alternatives[0].content


def test_what_somebody_wrote_is_shown_as_they_meant_it(letters):
    html = letters[0].alternatives[0].content
    assert "<strong>Leek</strong>" in html
    assert 'href="http://localhost:8000/people/"' in html
    assert "pre-wrap" in html
    assert "Soup &amp; &lt;bread&gt;" in html


def test_a_server_gets_the_headers_whole(cast, thread, later):
    reply_to(thread, by=cast.tender, source="Leek")
    later(minutes=3)
    with postbox() as box:
        backend = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}
        options = {"host": "127.0.0.1", "port": int(box.settings["MAIL_PORT"])}
        with override_settings(
            MAILERS={"default": {**backend, "OPTIONS": options}},
            HEARD_URL="https://heard.a-rather-long-name.example.org",
        ):
            mail_due.func()
            work_off()
    (arrived,) = box.arrived
    assert arrived["List-Unsubscribe"].startswith("<https://heard.a-rather-long-name.example.org/letters/")
    assert arrived["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert arrived["In-Reply-To"].startswith(f"<thread.{thread.pk}.")
    assert arrived["Message-ID"].startswith("<reply.")
    assert {part.get_content_type() for part in arrived.walk()} >= {"text/plain", "text/html"}
    assert django_mail.outbox == []


def test_no_header_with_addresses_is_folded_or_encoded(letters):
    for letter in letters:
        lines = letter.message(policy=SMTP).as_bytes().decode("ascii", "replace").splitlines()
        line = next(line for line in lines if line.startswith("List-Unsubscribe:"))
        assert line == f"List-Unsubscribe: {letter.extra_headers['List-Unsubscribe']}"
