"""A staff number is nobody else's handle or address, however it is given."""

import pytest

from heard.foundation.people import errors
from heard.foundation.people.actions import accept_invitation, add_person, change_profile, invite
from heard.foundation.people.forms import JoinForm, PersonForm
from heard.foundation.people.models import Invitation, Person
from heard.foundation.people.queries import person_called
from tests.cast import PASSWORD, Cast, an_unclaimed, browser_of

pytestmark = pytest.mark.django_db

OTHERS = [
    ("stella.steward@example.org", errors.NumberIsAnAddress),
    ("@stella", errors.NumberIsAnAddress),
    ("Stella.Steward", errors.NumberIsTaken),
    (" stella.steward ", errors.NumberIsTaken),
]


@pytest.mark.parametrize(("number", "error"), OTHERS)
def test_nobody_takes_the_name_of_another_as_a_number(cast: Cast, number: str, error: type[Exception]) -> None:
    waiting = an_unclaimed("Wanda Waits")
    _blank, blank_code = invite(by=cast.steward)
    _card, card_code = invite(by=cast.steward, person=waiting)
    with pytest.raises(error):
        add_person(name="New", staff_number=number, by=cast.steward)
    with pytest.raises(error):
        change_profile(cast.member, by=cast.steward, staff_number=number)
    for code in (blank_code, card_code):
        with pytest.raises(error):
            accept_invitation(code, name="Mallory", password=PASSWORD, staff_number=number)
    assert not Person.objects.filter(staff_number__isnull=False).exists()
    assert not Invitation.objects.filter(accepted_at__isnull=False).exists()


def test_ones_own_handle_may_be_ones_number(cast: Cast) -> None:
    change_profile(cast.member, by=cast.steward, staff_number=cast.member.handle)
    assert Person.objects.get(staff_number=cast.member.handle) == cast.member


def test_an_address_is_refused_beside_the_field_for_the_number(cast: Cast) -> None:
    invitation, code = invite(by=cast.steward)
    typed = {"name": "Mallory", "staff_number": cast.steward.email, "password": PASSWORD}
    assert "staff_number" in JoinForm(typed, invitation=invitation).errors
    assert "staff_number" in PersonForm(typed, viewer=cast.steward).errors
    answer = browser_of().post(f"/join/{code}/", typed)
    assert "A staff number has no @ in it." in answer.text


def test_a_handle_comes_before_an_address_and_an_address_before_a_number(cast: Cast) -> None:
    # As an import may have left them.
    Person.objects.filter(pk=cast.outsider.pk).update(staff_number=cast.steward.handle)
    Person.objects.filter(pk=cast.newcomer.pk).update(staff_number=cast.steward.email)
    assert person_called(cast.member, cast.steward.handle) == cast.steward
    assert person_called(cast.member, str(cast.steward.email)) == cast.steward
