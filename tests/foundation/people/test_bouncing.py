"""An address from which mail comes back is written to no more until its owner confirms it."""

import re

import pytest

from heard.foundation.people.actions import ask_to_confirm_address, confirm_address, note_bounce
from heard.foundation.people.errors import CodeIsOver
from heard.foundation.people.models import Bounce
from heard.foundation.people.queries import bounce_of, bouncing_among, mail_reaches, people_mail_misses
from heard.plumbing.limits import TooOften
from tests.cast import Cast, browser_of
from tests.letters import ask_for_code, sent

pytestmark = pytest.mark.django_db


def code_sent() -> str:
    """The code in the newest letter."""
    found = re.search(r"/me/address/(\S+)/", str(sent()[-1].body))
    assert found
    return found[1]


def test_a_bounce_is_noted_once_and_only_of_somebody_here(cast: Cast) -> None:
    note_bounce("Mina.Member@example.org ", "550 5.1.1 no such user")
    note_bounce("mina.member@example.org", "550 again")
    note_bounce("nobody@example.com", "550")
    assert [bounce.said for bounce in Bounce.objects.all()] == ["550 again"]
    assert not mail_reaches(cast.member)
    assert mail_reaches(cast.tender)
    assert not mail_reaches(cast.left)
    assert bouncing_among(["Mina.Member@example.org", "tom.tender@example.org"]) == {"mina.member@example.org"}


def test_whoever_opens_the_mail_is_written_to_again(cast: Cast) -> None:
    note_bounce(cast.member.email, "550")
    browser = browser_of(cast.member)
    assert "came back on" in browser.get("/me/").content.decode()
    browser.post("/me/address/confirmation/")
    assert browser.get(f"/me/address/{code_sent()}/", follow=True).status_code == 200
    assert mail_reaches(cast.member)
    assert "came back on" not in browser.get("/me/").content.decode()


def test_a_code_confirms_one_address_of_one_person(cast: Cast) -> None:
    note_bounce(cast.member.email, "550")
    note_bounce(cast.tender.email, "550")
    ask_to_confirm_address(by=cast.member, origin="http://x")
    code = code_sent()
    for wrong in (code + "x", "", "a:b:c"):
        with pytest.raises(CodeIsOver):
            confirm_address(wrong, by=cast.member)
    with pytest.raises(CodeIsOver):
        confirm_address(code, by=cast.tender)
    cast.member.email = "other@example.org"
    with pytest.raises(CodeIsOver):
        confirm_address(code, by=cast.member)


def test_nobody_is_written_to_again_and_again(cast: Cast) -> None:
    for _nth in range(3):
        ask_to_confirm_address(by=cast.member, origin="http://x")
    with pytest.raises(TooOften):
        ask_to_confirm_address(by=cast.member, origin="http://x")


def test_a_code_to_sign_in_that_arrived_confirms_the_address_too(cast: Cast) -> None:
    note_bounce(cast.member.email, "550")
    client = browser_of()
    code = ask_for_code(client, cast.member.email)
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert bounce_of(cast.member) is None


def test_stewards_see_whom_mail_misses_and_others_do_not(cast: Cast) -> None:
    note_bounce(cast.member.email, "550")
    assert list(people_mail_misses(cast.steward)) == [cast.member]
    assert not people_mail_misses(cast.tender).exists()
    assert "Mina Member" in browser_of(cast.steward).get("/people/missed/").content.decode()
