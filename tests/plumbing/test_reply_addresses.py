"""An address that may be answered says who answers what, survives mail systems, and cannot be made up."""

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from heard.config import env
from heard.plumbing import mail
from heard.plumbing.ids import timed_id

PEOPLE, IDS = st.integers(1, 2**32 - 1), st.integers(1, 2**63 - 1)


@pytest.fixture(autouse=True)
def _comes_in(settings):
    settings.HEARD_REPLY_ADDRESS = "my-replies@heard.example.org"


@given(PEOPLE, IDS, st.one_of(st.none(), IDS))
def test_it_is_read_as_it_was_written_also_by_systems_that_change_the_case(person, thread, reply):
    address = mail.reply_address(person, "thread", thread, reply)
    local, _at, _domain = address.rpartition("@")
    assert len(local) <= 64
    for seen in (address, address.upper(), f" {address}\n"):
        assert mail.read_reply_address(seen) == mail.ReplyTarget(person, "thread", thread, reply)
    assert not mail.is_bounce_address(address)


@given(st.integers(0, 200), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_whatever_is_changed_makes_it_nobodys(place, letter):
    address = mail.reply_address(7, "thread", 9, 11)
    local = address.partition("@")[0]
    start = local.index("+") + 1
    # The last letter holds bits that mean nothing.
    at = start + place % (len(local) - start - 1)
    if address[at] != letter:
        assert mail.read_reply_address(address[:at] + letter + address[at + 1 :]) is None


@given(st.text(max_size=120))
def test_any_text_is_no_address_of_ours(text):
    for address in (text, f"my-replies+{text}@heard.example.org"):
        assert mail.read_reply_address(address) is None
        assert mail.read_bounce_address(address, ["a@b.example"]) is None


def test_another_place_with_another_secret_does_not_know_it(settings):
    address = mail.reply_address(7, "thread", 9)
    settings.SECRET_KEY = "another secret of at least so many letters"
    assert mail.read_reply_address(address) is None


def test_it_is_good_for_four_hundred_days():
    with time_machine.travel("2026-01-01 12:00"):
        address, back = mail.reply_address(7, "thread", 9), mail.bounce_address("a@b.example")
    with time_machine.travel("2027-02-05 11:00"):
        assert mail.read_reply_address(address)
        assert mail.read_bounce_address(back, ["a@b.example"])
    with time_machine.travel("2027-02-07 12:00"):
        assert mail.read_reply_address(address) is None
        assert mail.read_bounce_address(back, ["a@b.example"]) is None


def test_where_no_mail_comes_in_there_is_none(settings):
    settings.HEARD_REPLY_ADDRESS = ""
    assert mail.reply_address(7, "thread", 9) == ""
    assert mail.bounce_address("a@b.example") == ""


def test_a_domain_of_its_own_needs_nothing_before_the_token(settings):
    settings.HEARD_REPLY_ADDRESS = "{}@in.example.org"
    address = mail.reply_address(7, "thread", timed_id(timezone.now()))
    assert "+" not in address
    assert mail.read_reply_address(address)


@pytest.mark.parametrize(
    "value", ["replies", "@example.org", "far-too-long-a-name@example.org", "a b@example.org", "{}"]
)
def test_a_setting_of_which_no_address_can_be_made_is_refused(monkeypatch, value):
    monkeypatch.setenv("HEARD_REPLY_ADDRESS", value)
    with pytest.raises(env.WrongEnvironment, match="HEARD_REPLY_ADDRESS"):
        env.reply_address("HEARD_REPLY_ADDRESS")


def test_what_is_no_place_to_listen_is_refused(monkeypatch):
    for value in ("lmtp", "127.0.0.1:0", "127.0.0.1:99999", ":24", "a b:24"):
        monkeypatch.setenv("HEARD_LMTP", value)
        with pytest.raises(env.WrongEnvironment, match="HEARD_LMTP"):
            env.listening("HEARD_LMTP")


def test_a_mailbox_without_a_password_is_refused(monkeypatch):
    monkeypatch.setenv("HEARD_IMAP_HOST", "imap.example.org")
    with pytest.raises(env.WrongEnvironment, match="HEARD_IMAP_PASSWORD"):
        env.imap("HEARD_IMAP_HOST")


def test_a_message_id_is_always_the_same(settings):
    settings.DEFAULT_FROM_EMAIL = "Heard <heard@example.org>"
    assert mail.message_id("thread", 7, 8) == "<thread.7.8@example.org>"
