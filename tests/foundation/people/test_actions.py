"""What is done about people: happy, refused, not allowed, twice."""

import pytest
from django.utils import timezone

from heard.foundation.notices.models import Notice
from heard.foundation.people import errors
from heard.foundation.people.actions import (
    accept_invitation,
    add_person,
    begin_network,
    change_profile,
    claim_account,
    end_access,
    follow,
    grant_role,
    invite,
    restore_access,
    sign_out_everywhere,
    unfollow,
    withdraw_invitation,
    withdraw_role,
)
from heard.foundation.people.models import Follow, Invitation, Person, Role
from heard.foundation.people.queries import matching
from tests.cast import PASSWORD, a_person, an_unclaimed

pytestmark = pytest.mark.django_db


def test_the_first_administrator_begins_the_network_once():
    first = begin_network(name="Ada", email="Ada@Example.org", password=PASSWORD)
    assert (first.email, first.roles) == ("ada@example.org", ["administrator"])
    with pytest.raises(errors.AlreadyBegun):
        begin_network(name="Eve", email="eve@example.org", password=PASSWORD)


def test_a_member_adds_nobody_and_a_steward_adds_a_colleague_once(cast):
    with pytest.raises(errors.NotForYou):
        add_person(name="New", email="new@example.org", by=cast.member)
    added = add_person(name="New", email=" New@Example.org ", by=cast.steward)
    assert (added.email, added.claimed_at) == ("new@example.org", None)
    with pytest.raises(errors.EmailIsTaken):
        add_person(name="Other", email="NEW@example.org", by=cast.steward)


def test_a_staff_number_is_taken_whatever_its_case(cast):
    add_person(name="One", staff_number="ab7", by=cast.steward)
    with pytest.raises(errors.NumberIsTaken):
        add_person(name="Two", staff_number="AB7", by=cast.steward)


@pytest.mark.parametrize("name", ["Chart", "New", "Roles", "Invitations", "Choices"])
def test_a_handle_is_never_a_word_of_an_address(name):
    assert a_person(name).handle == f"{name.lower()}2"


def test_people_change_what_they_say_of_themselves_and_nothing_else(cast):
    change_profile(cast.member, by=cast.member, title="Baker", skills=["sourdough"])
    assert list(matching("sour bak")) == [cast.member]
    for field, value in {"email": "x@example.org", "staff_number": "1", "unit_id": None, "manager": None}.items():
        with pytest.raises(errors.NotForYou):
            change_profile(cast.member, by=cast.member, **{field: value})
    with pytest.raises(errors.NotForYou):
        change_profile(cast.tender, by=cast.member, title="Fool")


def test_a_steward_changes_a_member_and_cannot_become_an_administrator(cast):
    change_profile(cast.member, by=cast.steward, email="Mina@Elsewhere.org", manager=cast.tender)
    cast.member.refresh_from_db()
    assert (cast.member.email, cast.member.manager) == ("mina@elsewhere.org", cast.tender)
    with pytest.raises(errors.NotForYou):
        change_profile(cast.administrator, by=cast.steward, email="stella@elsewhere.org")
    with pytest.raises(errors.EmailIsTaken):
        change_profile(cast.member, by=cast.steward, email=cast.tender.email)
    with pytest.raises(errors.NeitherAddressNorNumber):
        change_profile(cast.member, by=cast.steward, email="")


def test_nobody_reports_to_somebody_below_them(cast):
    change_profile(cast.tender, by=cast.steward, manager=cast.member)
    change_profile(cast.newcomer, by=cast.steward, manager=cast.tender)
    with pytest.raises(errors.ManagerIsBelow):
        change_profile(cast.member, by=cast.steward, manager=cast.newcomer)


def test_who_left_keeps_the_row_and_loses_the_session(cast):
    salt = cast.member.session_salt
    end_access(cast.member, by=cast.steward)
    left_at = Person.objects.get(pk=cast.member.pk).left_at
    end_access(cast.member, by=cast.steward)
    cast.member.refresh_from_db()
    assert cast.member.left_at == left_at
    assert cast.member.session_salt != salt
    restore_access(cast.member, by=cast.steward)
    assert cast.member.is_active


def test_members_end_nobodys_access_and_stewards_not_an_administrators(cast):
    for person, by in [(cast.tender, cast.member), (cast.administrator, cast.steward)]:
        with pytest.raises(errors.NotForYou):
            end_access(person, by=by)
    with pytest.raises(errors.NotForYou):
        restore_access(cast.left, by=cast.member)


def test_the_last_administrator_stays_one(cast):
    with pytest.raises(errors.LastAdministrator):
        end_access(cast.administrator, by=cast.administrator)
    with pytest.raises(errors.LastAdministrator):
        withdraw_role(cast.administrator.grants.get(), by=cast.administrator)
    grant_role(cast.member, Role.ADMINISTRATOR, by=cast.administrator)
    withdraw_role(cast.administrator.grants.get(), by=cast.member)
    cast.administrator.refresh_from_db()
    assert cast.administrator.roles == []


def test_only_administrators_give_roles_and_giving_twice_changes_nothing(cast):
    for by in (cast.member, cast.steward):
        with pytest.raises(errors.NotForYou):
            grant_role(cast.member, Role.LISTENER, by=by)
    grant_role(cast.member, Role.LISTENER, by=cast.administrator)
    grant_role(cast.member, Role.LISTENER, by=cast.administrator)
    assert cast.member.roles == ["listener"]
    with pytest.raises(errors.NotForYou):
        withdraw_role(cast.member.grants.get(), by=cast.steward)


def test_following_tells_once_and_never_oneself(cast):
    follow(cast.tender, by=cast.member)
    follow(cast.tender, by=cast.member)
    assert Notice.objects.filter(person=cast.tender, why="follow").count() == 1
    unfollow(cast.tender, by=cast.member)
    unfollow(cast.tender, by=cast.member)
    assert not Follow.objects.exists()
    follow(cast.tender, by=cast.member)
    follow(cast.tender, by=cast.newcomer)
    assert Notice.objects.filter(person=cast.tender, why="follow", by=cast.member).count() == 1
    assert Notice.objects.filter(person=cast.tender, why="follow", by=cast.newcomer).count() == 1
    with pytest.raises(errors.ThatIsYou):
        follow(cast.member, by=cast.member)


def test_signing_out_everywhere_ends_what_signs_a_session(cast):
    before = cast.member.get_session_auth_hash()
    sign_out_everywhere(cast.member)
    assert Person.objects.get(pk=cast.member.pk).get_session_auth_hash() != before


def test_an_invitation_makes_an_account_once(cast):
    _invitation, code = invite(by=cast.steward, name="Ivy", email="Ivy@example.org")
    person = accept_invitation(code.lower().replace("-", " "), name="Ivy Invited", password=PASSWORD)
    assert (person.email, person.check_password(PASSWORD)) == ("ivy@example.org", True)
    with pytest.raises(errors.InvitationIsOver):
        accept_invitation(code, name="Eve", password=PASSWORD)


def test_members_invite_nobody(cast):
    with pytest.raises(errors.NotForYou):
        invite(by=cast.member, email="ivy@example.org")
    invitation, _code = invite(by=cast.steward, email="ivy@example.org")
    with pytest.raises(errors.NotForYou):
        withdraw_invitation(invitation, by=cast.member)


def test_only_a_hash_of_the_code_is_kept(cast):
    _invitation, code = invite(by=cast.steward, name="Ivy")
    row = Invitation.objects.values().get()
    assert not any(part in str(value) for value in row.values() for part in code.split("-"))


@pytest.mark.parametrize("ending", ["withdrawn", "too old", "superseded", "mistyped"])
def test_a_code_that_is_over_does_nothing(cast, ending):
    invitation, code = invite(by=cast.steward, email="ivy@example.org")
    if ending == "withdrawn":
        withdraw_invitation(invitation, by=cast.administrator)
    elif ending == "too old":
        Invitation.objects.update(expires_at=timezone.now())
    elif ending == "superseded":
        invite(by=cast.steward, email="ivy@example.org")
    else:
        code = code[:-1] + ("B" if code[-1] == "A" else "A")
    with pytest.raises(errors.InvitationIsOver):
        accept_invitation(code, name="Ivy", password=PASSWORD)


def test_an_invitation_claims_the_account_that_waits(cast):
    waiting = an_unclaimed("Wanda Waits", email="wanda@example.org")
    _invitation, code = invite(by=cast.steward, email="wanda@example.org")
    assert accept_invitation(code, name="Wanda", password=PASSWORD).pk == waiting.pk
    waiting.refresh_from_db()
    assert waiting.claimed_at
    with pytest.raises(errors.IsHereAlready):
        invite(by=cast.steward, person=waiting)


def test_somebody_without_an_address_is_connected_to_one_or_to_a_number(cast):
    waiting = an_unclaimed("Wanda Waits")
    _invitation, code = invite(by=cast.steward, person=waiting)
    with pytest.raises(errors.NeitherAddressNorNumber):
        accept_invitation(code, name="", password=PASSWORD)
    assert accept_invitation(code, name="", password=PASSWORD, staff_number="77").staff_number == "77"


def test_a_code_never_resets_an_account_that_was_claimed_meanwhile(cast):
    waiting = an_unclaimed("Wanda Waits", email="wanda@example.org")
    _invitation, code = invite(by=cast.steward, person=waiting)
    claim_account(waiting)
    with pytest.raises(errors.InvitationIsOver):
        accept_invitation(code, name="", password=PASSWORD)


def test_nobody_who_left_is_invited(cast):
    waiting = an_unclaimed("Wanda Waits", email="wanda@example.org")
    _invitation, code = invite(by=cast.steward, person=waiting)
    end_access(waiting, by=cast.steward)
    with pytest.raises(errors.InvitationIsOver):
        accept_invitation(code, name="", password=PASSWORD)
    with pytest.raises(errors.HasLeft):
        invite(by=cast.steward, person=cast.left)


def test_an_invitation_takes_no_address_that_is_somebodys(cast):
    with pytest.raises(errors.EmailIsTaken):
        invite(by=cast.steward, email=cast.member.email)
    _invitation, code = invite(by=cast.steward, name="Ivy")
    with pytest.raises(errors.EmailIsTaken):
        accept_invitation(code, name="Ivy", password=PASSWORD, email=cast.member.email)
