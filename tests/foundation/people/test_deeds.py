"""What is done on pages about people, without script, and what bad input gets."""

from io import BytesIO

import pytest
from PIL import Image

from heard.foundation.people.actions import add_unit
from heard.foundation.people.models import Follow, Person
from tests.cast import browser_of

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
