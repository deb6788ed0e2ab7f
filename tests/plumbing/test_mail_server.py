"""What a mail server says decides what becomes of a letter; one connection serves many."""

from collections.abc import Iterator

import pytest
from django.conf import settings as settings_of_django
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing import mail
from heard.plumbing.mail.names import in_header
from heard.plumbing.mail.posting import sender_under
from heard.plumbing.mail.server import server
from heard.plumbing.mail.unfolded import Letter
from tests.letters import work_off
from tests.postbox import Postbox, postbox

pytestmark = pytest.mark.django_db
WORDS = {"by": None, "name": "Ivy", "code": "ABCD", "address": "http://x/", "expires_at": None}


@pytest.fixture
def box(settings) -> Iterator[Postbox]:
    """A mail server that the settings name."""
    with postbox() as box:
        settings.MAIL_HOST = "127.0.0.1"
        options = {"host": "127.0.0.1", "port": int(box.settings["MAIL_PORT"]), "timeout": 5}
        settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
        yield box
        server.close()
        server.__init__()


def post(*names: str, **more: str) -> None:
    for name in names:
        mail.post("mail/invitation", to=f"{name}@example.org", **WORDS, **more)


def waiting() -> list[DBTaskResult]:
    return list(DBTaskResult.objects.filter(status="READY", queue_name="mail"))


def test_many_letters_go_over_one_connection(box):
    post("ivy", "tom", "eve")
    work_off()
    assert len(box.arrived) == 3
    assert len(box.connections) == 1


def test_a_server_that_closed_the_connection_is_called_again(box):
    post("ivy")
    work_off()
    server.connection.connection.sock.close()
    post("tom")
    work_off()
    assert [letter["To"] for letter in box.arrived] == ["ivy@example.org", "tom@example.org"]
    assert waiting() == []


def test_a_letter_says_what_it_is(box, settings):
    settings.HEARD_REPLY_ADDRESS = "replies@example.org"
    answer = mail.reply_address(3, "thread", 7)
    post("ivy", from_name='Eve "the\nOne"', reply_to=answer, message_id="<reply.7@example.org>")
    work_off()
    [letter] = box.arrived
    assert letter["From"].addresses[0].display_name == 'Eve "the One"'
    assert letter["Reply-To"] == answer
    assert letter["Message-ID"] == "<reply.7@example.org>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert mail.read_bounce_address(box.senders[0], ["tom@example.org", "ivy@example.org"]) == "ivy@example.org"


def test_a_letter_that_can_go_later_holds_up_no_other_and_keeps_its_message_id(box):
    box.answers["ivy@example.org"] = "451 4.7.1 greylisted"
    post("ivy", "tom")
    work_off()
    assert [letter["To"] for letter in box.arrived] == ["tom@example.org"]
    [later] = waiting()
    assert later.run_after > timezone.now()
    box.answers.clear()
    named = later.args_kwargs["kwargs"]["message_id"]
    DBTaskResult.objects.update(run_after=timezone.now())
    work_off()
    assert box.arrived[-1]["Message-ID"] == named


def test_while_the_server_is_away_letters_rest_and_stay(box):
    box.answers["ivy@example.org"] = "421 4.3.2 going down"
    post("ivy")
    work_off()
    assert mail.rests()
    assert len(waiting()) == 1


def test_a_letter_that_is_two_days_old_is_given_up_and_forgotten(box):
    box.answers["ivy@example.org"] = "451 4.7.1 greylisted"
    post("ivy")
    row = DBTaskResult.objects.get()
    row.args_kwargs["kwargs"]["since"] = "2020-01-01T00:00:00+00:00"
    row.save()
    work_off()
    [row] = DBTaskResult.objects.all()
    assert (row.status, row.args_kwargs["kwargs"]) == ("FAILED", {})
    assert "LetterIsLost" in row.exception_class_path


@pytest.mark.parametrize("answer", ["550 5.1.1 no such user", "550 nobody lives here"])
def test_an_address_that_is_not_there_is_not_tried_again(box, answer):
    box.answers["ivy@example.org"] = answer
    post("ivy")
    work_off()
    assert waiting() == []
    assert "ABCD" not in str(DBTaskResult.objects.values())


@pytest.mark.parametrize("answer", ["554 5.7.1 relay access denied", "550 5.7.26 unauthenticated", "452 4.2.2 full"])
def test_a_rule_of_the_server_says_nothing_about_the_address(box, answer):
    box.answers["ivy@example.org"] = answer
    post("ivy")
    work_off()
    assert len(waiting()) == 1


def test_a_letter_that_is_refused_for_good_is_given_up_and_the_next_goes_out(box):
    box.answers["DATA"] = "552 5.3.4 too big"
    post("ivy")
    work_off()
    box.answers.clear()
    post("tom")
    work_off()
    assert waiting() == []
    assert box.arrived[-1]["To"] == "tom@example.org"


def test_a_wrong_password_loses_nothing(box, settings):
    settings.MAILERS["default"]["OPTIONS"] |= {"username": "heard", "password": "wrong"}
    post("ivy")
    work_off()
    assert len(waiting()) == 1


def test_what_many_get_lets_a_code_go_first(box):
    post("ivy", bulk=True)
    post("tom")
    work_off()
    assert [letter["To"] for letter in box.arrived] == ["tom@example.org", "ivy@example.org"]


HIDDEN = "=?utf-8?q?a=0D=0ABcc=3A_x=40y.example?="


def test_a_name_that_hides_lines_goes_out_as_it_was_written(box):
    post("ivy", from_name=f"{HIDDEN} (Heard)")
    work_off()
    [letter] = box.arrived
    assert letter["From"].addresses[0].display_name == f"{HIDDEN.replace('=?', '= ?')} (Heard)"
    assert letter["Bcc"] is None
    assert waiting() == []


def test_a_title_that_hides_lines_goes_out_as_it_was_written(box):
    mail.post("mail/invitation", to="ivy@example.org", **{**WORDS, "by": {"name": HIDDEN}})
    work_off()
    [letter] = box.arrived
    assert HIDDEN.replace("=?", "= ?") in letter["Subject"]


def test_a_letter_whose_sender_cannot_be_written_goes_out_without_that_name(box):
    post("ivy")
    row = DBTaskResult.objects.get()
    row.args_kwargs["kwargs"]["sender"] = f'"{HIDDEN}" <heard@example.org>'
    row.save()
    work_off()
    [letter] = box.arrived
    assert letter["From"] == settings_of_django.DEFAULT_FROM_EMAIL


@given(name=st.text(max_size=80), title=st.text(max_size=80))
def test_whatever_a_name_or_a_title_holds_a_letter_can_be_written(name, title):
    sender = sender_under(f"{name}{HIDDEN}{name}")
    letter = Letter(in_header(title + HIDDEN), "words", to=["ivy@example.org"], headers={"From": sender})
    assert letter.message().as_bytes()
