"""Letters are queued with what causes them, sent by the worker, and forgotten."""

import smtplib

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from heard.plumbing import mail
from tests.letters import sent, work_off

pytestmark = pytest.mark.django_db
LETTER = {
    "to": "ivy@example.org",
    "by": None,
    "name": "Ivy",
    "code": "ABCD",
    "address": "http://x/",
    "expires_at": None,
}


def test_a_letter_has_words_for_every_reader():
    mail.post("mail/invitation", **LETTER)
    (letter,) = sent()
    assert letter.to == ["ivy@example.org"]
    assert "ABCD" in letter.body
    assert "ABCD" in letter.alternatives[0].content
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "\n" not in letter.subject


def test_nothing_of_a_letter_stays_in_the_queue():
    mail.post("mail/invitation", **LETTER)
    assert "ABCD" in str(DBTaskResult.objects.get().args_kwargs)
    work_off()
    assert "ABCD" not in str(DBTaskResult.objects.values())


def test_a_letter_goes_down_with_what_caused_it():
    with transaction.atomic():
        mail.post("mail/invitation", **LETTER)
        transaction.set_rollback(True)
    assert sent() == []


def test_what_a_name_holds_is_text_in_a_letter():
    mail.post("mail/invitation", **{**LETTER, "name": "<b>Ivy</b> & Co"})
    (letter,) = sent()
    assert "<b>Ivy</b> & Co" in letter.body
    assert "&lt;b&gt;Ivy" in letter.alternatives[0].content


@pytest.mark.parametrize("trouble", [ConnectionRefusedError(), smtplib.SMTPServerDisconnected()])
def test_a_letter_is_tried_again_later_while_the_server_is_away(monkeypatch, caplog, trouble):
    def refuse(_self: EmailMultiAlternatives) -> None:
        raise trouble

    mail.post("mail/invitation", **LETTER)
    with monkeypatch.context() as context:
        context.setattr(EmailMultiAlternatives, "send", refuse)
        work_off()
    waiting = DBTaskResult.objects.get(status="READY")
    assert waiting.args_kwargs["kwargs"]["nth"] == 2
    assert waiting.run_after > waiting.enqueued_at
    waiting.run_after = waiting.enqueued_at
    waiting.save()
    assert len(sent()) == 1


def test_where_mail_lies_is_said_only_without_a_server(settings):
    assert mail.lies_in().endswith("/mail/")
    settings.MAIL_HOST = "mail.example.org"
    assert mail.lies_in() == ""
