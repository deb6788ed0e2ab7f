"""What is done on pages about people, without script, and what bad input gets."""

import re
from io import BytesIO

import pytest
from PIL import Image

from heard.foundation.people.actions import add_unit, grant_role, invite
from heard.foundation.people.models import Follow, Invitation, Person, Role
from tests.cast import PASSWORD, a_person, an_unclaimed, browser_of

ROLES = ("nobody", "newcomer", "member", "steward", "administrator")
DONE, OK, DOOR, NO, GONE, WRONG = 302, 200, 303, 403, 404, 422

# What each of ROLES gets; a refusal of a deed leads back with a message, which is 303.
BACK = DOOR
DEEDS = [
    (
        "/people/mina.member/edit/",
        {"name": "Mina Renamed", "email": "mina.member@example.org"},
        (DOOR, BACK, DONE, DONE, DONE),
    ),
    ("/people/mina.member/follow/", {}, (DOOR, DONE, BACK, DONE, DONE)),
    ("/people/mina.member/follow/withdrawal/", {}, (DOOR, DONE, DONE, DONE, DONE)),
    ("/people/mina.member/invitation/", {"paper": "1"}, (DOOR, BACK, BACK, BACK, BACK)),
    ("/people/mina.member/return/", {}, (DOOR, BACK, BACK, DONE, DONE)),
    ("/people/new/", {"name": "Ned New"}, (DOOR, BACK, BACK, DONE, DONE)),
    ("/people/invitations/mail/", {"mail-addresses": "ivy@example.org"}, (DOOR, BACK, BACK, DONE, DONE)),
    ("/people/invitations/paper/", {"paper-names": "Ivy"}, (DOOR, BACK, BACK, OK, OK)),
    ("/people/invitations/999/withdrawal/", {}, (DOOR, GONE, GONE, GONE, GONE)),
    ("/people/roles/", {"person": "tom.tender", "role": "listener"}, (DOOR, BACK, BACK, BACK, DONE)),
    ("/people/roles/999/withdrawal/", {}, (DOOR, GONE, GONE, GONE, GONE)),
    ("/people/mina.member/leaving/", {}, (DOOR, BACK, BACK, DONE, DONE)),
    ("/me/", {"language": "de", "time_zone": "Europe/Berlin"}, (DOOR, DONE, DONE, DONE, DONE)),
    ("/me/theme/", {"theme": "dark"}, (DONE, DONE, DONE, DONE, DONE)),
    ("/me/forgetting/", {}, (DOOR, DONE, DONE, DONE, DONE)),
    ("/me/sessions/ending/", {}, (DOOR, DONE, DONE, DONE, DONE)),
]


@pytest.mark.parametrize(("path", "typed", "answers"), DEEDS, ids=[deed[0] for deed in DEEDS])
def test_who_may_do_what(cast, path, typed, answers):
    found = {}
    for nth, role in enumerate(ROLES):
        typed = {
            name: value.replace("ivy", f"ivy{nth}").replace("Ned New", f"Ned {nth}") for name, value in typed.items()
        }
        found[role] = browser_of(getattr(cast, role, None)).post(path, typed).status_code
    assert found == dict(zip(ROLES, answers, strict=True))


@pytest.mark.parametrize("path", [deed[0] for deed in DEEDS if "edit" not in deed[0]])
def test_a_deed_from_another_site_is_refused(cast, path):
    client = browser_of(cast.administrator, **{"sec-fetch-site": "cross-site"})
    assert client.post(path).status_code == NO


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(cast):
    client = browser_of(cast.steward)
    answer = client.post("/people/new/", {"name": "Ned", "email": "no address", "manager": "who?", "place": "Hull"})
    page = answer.content.decode()
    assert answer.status_code == WRONG
    assert 'value="no address"' in page
    assert 'value="Hull"' in page
    assert page.count("errorlist") == 2
    assert not Person.objects.filter(name="Ned").exists()


def test_a_taken_address_is_one_sentence(cast):
    answer = browser_of(cast.steward).post("/people/new/", {"name": "Ned", "email": cast.member.email})
    assert answer.status_code == WRONG
    assert "Somebody else already has this e-mail address." in answer.content.decode()


def test_a_member_smuggles_nothing_into_their_profile(cast):
    unit = add_unit("Board")
    smuggled = {"name": "Mina", "email": "boss@example.org", "unit": unit.pk, "roles": "administrator"}
    browser_of(cast.member).post("/people/mina.member/edit/", smuggled)
    member = Person.objects.get(pk=cast.member.pk)
    assert (member.name, member.email, member.unit, member.roles) == ("Mina", cast.member.email, None, [])


def test_following_by_fragment_and_by_page(cast):
    client = browser_of(cast.member)
    fragment = client.post("/people/tom.tender/follow/", headers={"hx-request": "true"})
    assert "withdrawal" in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert '<span id="follower-count" hx-swap-oob="true">1</span>' in fragment.content.decode()
    assert "You follow them" in client.get("/people/tom.tender/").content.decode()
    client.post("/people/tom.tender/follow/withdrawal/")
    assert not Follow.objects.exists()


def a_picture(size=(300, 200), kind="PNG") -> BytesIO:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    file.seek(0)
    file.name = f"me.{kind.lower()}"
    return file


def test_a_picture_is_served_to_colleagues_for_good_and_to_nobody_else(cast):
    client = browser_of(cast.member)
    client.post("/people/mina.member/edit/", {"name": "Mina", "picture": a_picture()})
    url = Person.objects.get(pk=cast.member.pk).picture_url
    answer = browser_of(cast.outsider).get(url)
    assert answer.status_code == OK
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert Image.open(BytesIO(answer.getvalue())).size == (200, 200)
    assert browser_of().get(url).status_code == DONE
    client.post("/people/mina.member/edit/", {"name": "Mina", "picture": a_picture(kind="JPEG")})
    assert client.get(url).status_code == GONE
    client.post("/people/mina.member/edit/", {"name": "Mina", "without_picture": "on"})
    assert Person.objects.get(pk=cast.member.pk).picture_url == ""


def test_one_press_saves_the_words_and_the_picture(cast):
    form = {"name": "Mina Renamed", "about": "Vans", "picture": a_picture()}
    browser_of(cast.member).post("/people/mina.member/edit/", form)
    member = Person.objects.get(pk=cast.member.pk)
    assert (member.name, member.about, bool(member.picture)) == ("Mina Renamed", "Vans", True)
    browser_of(cast.member).post("/people/mina.member/edit/", {"name": "Mina"})
    assert Person.objects.get(pk=cast.member.pk).picture == member.picture


@pytest.mark.parametrize("content", [b"not a picture", b"\x89PNG\r\n\x1a\n", b""])
def test_a_broken_picture_is_refused_in_words_and_changes_nothing(cast, content):
    file = BytesIO(content)
    file.name = "me.png"
    answer = browser_of(cast.member).post("/people/mina.member/edit/", {"name": "Else", "picture": file})
    assert answer.status_code == WRONG
    assert "errorlist" in answer.content.decode()
    member = Person.objects.get(pk=cast.member.pk)
    assert (member.name, member.picture) == ("Mina Member", "")


def test_nobody_changes_anothers_picture(cast):
    browser_of(cast.outsider).post("/people/mina.member/edit/", {"name": "Mina", "picture": a_picture()})
    assert Person.objects.get(pk=cast.member.pk).picture == ""


def code_on(page: str) -> str:
    found = re.search(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}", page)
    assert found
    return found[0]


def test_a_card_on_paper_leads_to_an_account(cast):
    unit = add_unit("Depot")
    typed = {"paper-names": "Ivy Invited\nSam Second\n\nIvy Invited", "paper-unit": unit.pk}
    sheet = browser_of(cast.steward).post("/people/invitations/paper/", typed).content.decode()
    assert sheet.count("<svg") - sheet.count('class="ico"') == 2
    assert "style=" not in sheet
    code = code_on(sheet)
    client = browser_of()
    assert client.post("/join/", {"code": code.lower().replace("-", " ")}).status_code == DONE
    assert "Ivy Invited" in client.get(f"/join/{code}/").content.decode()
    typed = {"name": "Ivy Invited", "staff_number": "4711", "password": PASSWORD}
    assert client.post(f"/join/{code}/", typed, follow=True).redirect_chain[-1][0] == "/"
    ivy = Person.objects.get(staff_number="4711")
    assert (ivy.unit, ivy.is_active, bool(ivy.claimed_at)) == (unit, True, True)
    assert browser_of().get(f"/join/{code}/").status_code == GONE


def test_a_weak_password_keeps_the_invitation_open(cast):
    _invitation, code = invite(by=cast.steward, email="ivy@example.org")
    answer = browser_of().post(f"/join/{code}/", {"name": "Ivy", "password": "short"})
    assert answer.status_code == WRONG
    assert 'value="Ivy"' in answer.content.decode()
    assert Invitation.objects.get().accepted_at is None


def test_wrong_codes_get_one_clear_sentence_and_soon_no_more_tries(cast):
    client = browser_of()
    for _try in range(20):
        answer = client.post("/join/", {"code": "ABCD-ABCD-ABCD-ABCD"})
    assert answer.status_code == WRONG
    assert "This code is mistyped, used or too old." in answer.content.decode()
    _invitation, code = invite(by=cast.steward, name="Ivy")
    assert "tried too often" in client.post("/join/", {"code": code}).content.decode()
    assert client.get(f"/join/{code}/").status_code == GONE


def test_many_are_invited_by_mail_and_one_who_cannot_be_is_named(cast):
    typed = {"mail-addresses": f"Ivy Invited <ivy@example.org>\n{cast.member.email}\nsam@example.org"}
    page = browser_of(cast.steward).post("/people/invitations/mail/", typed, follow=True).content.decode()
    assert "2 invitations are on their way." in page
    assert f"{cast.member.email}: Somebody else already has this e-mail address." in page
    assert {(row.name, row.email) for row in Invitation.objects.all()} == {
        ("Ivy Invited", "ivy@example.org"),
        ("", "sam@example.org"),
    }


@pytest.mark.parametrize("typed", ["", "no address", "a@example.org\nb@", "\n".join(f"a{n}@x.org" for n in range(61))])
def test_bad_addresses_invite_nobody(cast, typed):
    answer = browser_of(cast.steward).post("/people/invitations/mail/", {"mail-addresses": typed})
    assert answer.status_code == WRONG
    assert "errorlist" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_somebody_imported_is_invited_from_their_profile(cast):
    waiting = an_unclaimed("Wanda Waits")
    client = browser_of(cast.steward)
    assert "Let them in" in client.get("/people/wanda.waits/").content.decode()
    assert "Let them in" not in browser_of(cast.member).get("/people/wanda.waits/").content.decode()
    answer = client.post("/people/wanda.waits/invitation/", {"email": ""}, follow=True)
    assert "Give an e-mail address" in answer.content.decode()
    answer = client.post("/people/wanda.waits/invitation/", {"email": "wanda@"}, follow=True)
    assert "flash error" in answer.content.decode()
    client.post("/people/wanda.waits/invitation/", {"email": "wanda@example.org"})
    assert Invitation.objects.get(person=waiting).email == "wanda@example.org"
    code = code_on(client.post("/people/wanda.waits/invitation/", {"paper": "1"}).content.decode())
    assert "Welcome, Wanda Waits" in browser_of().get(f"/join/{code}/").content.decode()


def test_a_withdrawn_invitation_is_gone_from_the_list(cast):
    invitation, _code = invite(by=cast.steward, email="ivy@example.org")
    client = browser_of(cast.administrator)
    page = client.post(f"/people/invitations/{invitation.pk}/withdrawal/", follow=True).content.decode()
    assert "ivy@example.org" not in page


def test_roles_are_given_for_a_unit_and_taken_back(cast):
    unit = add_unit("Depot")
    client = browser_of(cast.administrator)
    page = client.post("/people/roles/", {"person": "@mina.member", "role": "leader", "unit": unit.pk}, follow=True)
    assert "Depot" in page.content.decode()
    grant = cast.member.grants.get()
    assert (grant.role, grant.unit) == (Role.LEADER, unit)
    client.post(f"/people/roles/{grant.pk}/withdrawal/")
    assert not cast.member.grants.exists()


def test_the_last_administrator_is_told_why_not(cast):
    client = browser_of(cast.administrator)
    grant = cast.administrator.grants.get()
    page = client.post(
        f"/people/roles/{grant.pk}/withdrawal/", headers={"referer": "http://testserver/people/roles/"}, follow=True
    )
    assert "This is the last administrator." in page.content.decode()


def test_who_leaves_is_out_at_the_next_page(cast):
    client = browser_of(cast.member)
    assert client.get("/people/").status_code == OK
    browser_of(cast.steward).post("/people/mina.member/leaving/")
    assert client.get("/people/").status_code == DONE
    page = browser_of(cast.outsider).get("/people/mina.member/").content.decode()
    assert "left on" in page
    assert "Mina Member" not in browser_of(cast.outsider).get("/people/").content.decode()


def test_typing_in_the_directory_asks_for_the_list_alone(cast):
    client = browser_of(cast.outsider)
    answer = client.get("/people/?q=min", headers={"hx-request": "true"})
    assert "<html" not in answer.content.decode()
    assert "Mina Member" in answer.content.decode()
    assert "HX-Request" in answer["Vary"]
    assert "Mina Member" in client.get("/people/?q=min").content.decode()


@pytest.mark.parametrize(
    "query", ["unit=x", "unit=99999999999999999999", "after=x", "q=%00", "place=%F0%9F%98%80", "unit=-1"]
)
def test_a_nonsense_address_is_no_fault(cast, query):
    assert browser_of(cast.outsider).get(f"/people/?{query}").status_code == OK


@pytest.mark.parametrize("colleagues", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/people/", 6),
        ("/people/?q=zed", 7),
        ("/people/chart/", 4),
        ("/units/", 4),
        ("/me/followers/", 4),
        ("/people/invitations/", 6),
        ("/people/roles/", 5),
    ],
)
def test_a_list_costs_as_many_queries_for_three_as_for_one(db, path, queries, colleagues, django_assert_num_queries):
    administrator = a_person("Ada Admin", roles=(Role.ADMINISTRATOR,))
    for nth in range(colleagues):
        person = a_person(f"Zed {nth}", unit=add_unit(f"Unit {nth}"), place="Hull", manager=administrator)
        Follow.objects.create(follower=person, followed=administrator, followed_at=person.joined_at)
        invite(by=administrator, email=f"ivy{nth}@example.org")
        grant_role(person, Role.LISTENER, by=administrator)
    client = browser_of(administrator)
    client.get(path)
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == OK
