"""Cards to print and the form of whoever comes in with one."""

import pytest

from heard.foundation.people.actions import invite
from heard.foundation.people.models import Invitation
from tests.cast import PASSWORD, Cast, browser_of

pytestmark = pytest.mark.django_db

CARDS = "/people/invitations/paper/"


def test_names_and_cards_without_a_name_are_made_together(cast: Cast) -> None:
    browser_of(cast.steward).post(CARDS, {"paper-names": "Ivy Invited\nSam Second", "paper-count": "2"})
    assert sorted(Invitation.objects.values_list("name", flat=True)) == ["", "", "Ivy Invited", "Sam Second"]


def test_no_more_than_sixty_cards_are_made_at_once(cast: Cast) -> None:
    answer = browser_of(cast.steward).post(CARDS, {"paper-names": "Ivy", "paper-count": "60"})
    assert answer.status_code == 422
    assert "At most 60 at once." in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_address_that_only_this_computer_opens_is_warned_of(cast: Cast, settings) -> None:
    browser, said = browser_of(cast.steward), "which only this computer can open"
    settings.HEARD_HAS_ADDRESS, settings.HEARD_URL = True, "http://localhost:8000"
    assert said in browser.post(CARDS, {"paper-names": "Ivy"}).content.decode()
    assert said in browser.get("/people/invitations/").content.decode()
    settings.HEARD_URL = "https://heard.example.org"
    sheet = browser.post(CARDS, {"paper-names": "Ivy"}).content.decode()
    assert said not in sheet
    assert "<heard-print>" in sheet


def test_everything_that_is_wrong_with_joining_is_said_at_once(cast: Cast) -> None:
    _invitation, code = invite(by=cast.steward, name="Ivy")
    page = browser_of().get(f"/join/{code}/").content.decode()
    assert "optional" not in page
    assert "e-mail address or your staff number: give one of the two" in page
    answer = browser_of().post(f"/join/{code}/", {"name": "", "password": "short"}).content.decode()
    assert answer.count("errorlist") == 3
    assert "Give an e-mail address or a staff number" in answer
    assert "Type the password once more" in answer
    wrong = browser_of().post(f"/join/{code}/", {"name": "Ivy", "email": "ivy@", "password": PASSWORD}).content.decode()
    assert wrong.count("errorlist") == 1
