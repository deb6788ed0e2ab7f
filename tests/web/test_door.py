"""Coming in and going out: passwords, codes, staff numbers, shared computers, and what a stranger can learn."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache

from heard.foundation.people.actions import change_profile, end_access
from heard.foundation.people.models import Person
from tests.cast import PASSWORD, a_person, an_unclaimed, browser_of
from tests.letters import ask_for_code, code_in, sent

pytestmark = pytest.mark.django_db
NEW = "another long password"


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Tries are counted in the cache, which outlives a test on Redis."""
    cache.clear()


def sign_in(client, login, password=PASSWORD, **typed):
    return client.post("/accounts/login/", {"login": login, "password": password, **typed})


def is_in(client) -> bool:
    return client.get("/me/").status_code == 200


def test_the_first_page_of_a_new_network_makes_the_administrator():
    client = browser_of()
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/begin/"
    assert client.get("/accounts/login/").url == "/begin/"
    typed = {"name": "Ada", "email": "ada@example.org", "password": "short"}
    answer = client.post("/begin/", typed)
    assert answer.status_code == 422
    assert 'value="ada@example.org"' in answer.content.decode()
    client.post("/begin/", {**typed, "password": PASSWORD})
    assert is_in(client)
    assert Person.objects.get().roles == ["administrator"]
    assert browser_of().get("/begin/").status_code == 404
    assert browser_of().post("/begin/", {**typed, "password": PASSWORD}).status_code != 200
    assert Person.objects.count() == 1


def test_a_browser_whose_cookies_the_server_cannot_read_is_told_at_the_door(cast):
    told = "sends cookies that cannot be read"
    assert told in browser_of(cookie="").get("/accounts/login/").text
    client = browser_of()
    client.cookies["theme"] = "dark"
    assert told not in client.get("/accounts/login/").text


RECEIPT = '<a href="/speak/#receipt" rel="noreferrer">'
REPORT = '<a href="/speak/#write" rel="noreferrer">'


def test_whoever_has_a_receipt_gets_to_it_without_signing_in(cast):
    door = browser_of().get("/accounts/login/").text
    assert (RECEIPT in door, REPORT in door) == (True, False)
    page = browser_of().get("/speak/")
    assert (page.status_code, 'data-face="receipt"' in page.text) == (200, True)


def test_where_outsiders_are_heard_the_door_leads_to_the_report_of_wrongdoing(cast, settings):
    settings.HEARD_REPORTS_FROM_OUTSIDE = True
    assert REPORT in browser_of().get("/accounts/login/").text


@pytest.mark.parametrize("login", ["mina.member@example.org", "MINA.Member@Example.ORG", "ab-77", "AB-77"])
def test_an_address_or_a_staff_number_opens_the_door(cast, login):
    change_profile(cast.member, by=cast.steward, staff_number="AB-77")
    client = browser_of()
    assert sign_in(client, login).url == "/"
    assert is_in(client)


def test_the_page_that_was_asked_for_comes_after_signing_in(cast):
    client = browser_of()
    assert client.get("/people/").url == "/accounts/login/?next=/people/"
    assert sign_in(client, cast.member.email, next="/people/").url == "/people/"
    assert sign_in(browser_of(), cast.member.email, next="https://evil.example/").url == "/"


def test_a_stranger_learns_from_no_answer_who_is_here(cast):
    unlike = {cast.member.email, "nobody@example.org", "4711"}
    pages = {sign_in(browser_of(), login, "wrong password").content.decode().replace(login, "") for login in unlike}
    assert len(pages) == 1
    assert "do not belong together" in pages.pop()
    for path in ("/accounts/login/code/", "/accounts/password/reset/"):
        pages = set()
        for email in (cast.member.email, "nobody@example.org", cast.left.email):
            client = browser_of()
            answer = client.post(path, {"email": email}, follow=True)
            pages.add((answer.redirect_chain[-1], answer.content.decode().replace(email, "")))
        assert len(pages) == 1
    assert {letter.to[0] for letter in sent()} == {cast.member.email}


def test_after_some_wrong_passwords_even_the_right_one_waits(cast):
    client = browser_of()
    for _try in range(5):
        sign_in(client, cast.member.email, "wrong password")
    answer = sign_in(client, cast.member.email)
    assert "tried too often" in answer.content.decode()
    assert not is_in(client)


def test_wrong_passwords_are_counted_for_a_person_whatever_they_are_called(cast, settings):
    settings.ALLOWED_HOSTS = ["*"]
    change_profile(cast.member, by=cast.steward, staff_number="AB-77")
    spellings = ["mina.member@example.org", "MINA.Member@example.org", "AB-77", " ab-77", "mina.member@example.ORG "]
    for nth, login in enumerate(spellings):
        client = browser_of(host=f"host{nth}.example")
        assert "tried too often" not in sign_in(client, login, "wrong password").content.decode()
    for login in ("AB-77", "mina.member@example.org"):
        client = browser_of()
        assert "tried too often" in sign_in(client, login).content.decode()
        assert not is_in(client)
    assert sign_in(browser_of(), cast.tender.email).status_code == 302


def test_nobody_is_locked_out_by_the_wrong_passwords_of_others(cast):
    for _try in range(6):
        answer = sign_in(browser_of(), cast.member.email, "wrong password")
    assert "have a code sent to you" in answer.content.decode()
    client = browser_of()
    client.post("/accounts/login/code/confirm/", {"code": ask_for_code(client, cast.member.email)})
    assert is_in(client)


def test_a_code_by_mail_opens_the_door_and_claims_the_account():
    a_person("Ada Admin")
    waiting = an_unclaimed("Wanda Waits", email="wanda@example.org")
    client = browser_of()
    code = ask_for_code(client, "Wanda@example.org")
    page = client.post("/accounts/login/code/confirm/", {"code": "WRONG1"}).content.decode()
    assert "This is not the code." in page
    client.post("/accounts/login/code/confirm/", {"code": code.lower()})
    assert is_in(client)
    waiting.refresh_from_db()
    assert waiting.claimed_at
    assert not EmailAddress.objects.exists()


def test_three_wrong_codes_end_the_try(cast):
    client = browser_of()
    code = ask_for_code(client, cast.member.email)
    for _try in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_in(client)


def test_who_left_comes_in_by_no_way(cast):
    client = browser_of()
    assert sign_in(client, cast.left.email).url == "/accounts/inactive/"
    client.post("/accounts/login/code/", {"email": cast.left.email})
    client.post("/accounts/password/reset/", {"email": cast.left.email})
    assert sent() == []
    assert not is_in(client)


def test_who_leaves_between_code_and_door_stays_out(cast):
    client = browser_of()
    code = ask_for_code(client, cast.member.email)
    end_access(cast.member, by=cast.steward)
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_in(client)


def test_an_address_that_was_changed_opens_nothing(cast):
    old = cast.member.email
    client = browser_of()
    code = ask_for_code(client, old)
    client.post("/accounts/login/code/confirm/", {"code": code})
    change_profile(cast.member, by=cast.steward, email="mina@elsewhere.org")
    assert not is_in_with(old)
    assert is_in_with("mina@elsewhere.org")


def is_in_with(login) -> bool:
    client = browser_of()
    sign_in(client, login)
    return is_in(client)


def test_a_forgotten_password_is_replaced_and_ends_other_sessions(cast):
    other = browser_of(cast.member)
    client = browser_of()
    client.post("/accounts/password/reset/", {"email": cast.member.email})
    code = code_in(sent()[-1])
    assert client.post("/accounts/password/reset/code/", {"code": code}).url == "/accounts/password/reset/new/"
    answer = client.post("/accounts/password/reset/new/", {"password1": "short", "password2": "short"})
    assert "errorlist" in answer.content.decode()
    answer = client.post("/accounts/password/reset/new/", {"password1": NEW, "password2": NEW})
    assert answer.url == "/accounts/password/reset/done/"
    assert sent()[-1].subject == "Your password for Heard was changed"
    assert not is_in(other)
    assert sign_in(browser_of(), cast.member.email, NEW).url == "/"


def test_changing_the_password_keeps_this_session_alone(cast):
    here, there = browser_of(cast.member), browser_of(cast.member)
    typed = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    assert "This is not your password until now." in here.post("/accounts/password/", typed).content.decode()
    assert here.post("/accounts/password/", {**typed, "oldpassword": PASSWORD}).url == "/me/"
    assert is_in(here)
    assert not is_in(there)


def test_somebody_with_codes_alone_chooses_a_first_password(cast):
    cast.member.set_unusable_password()
    cast.member.save()
    client = browser_of(cast.member)
    assert client.get("/accounts/password/").url == "/accounts/password/first/"
    client.post("/accounts/password/first/", {"password1": NEW, "password2": NEW})
    assert sign_in(browser_of(), cast.member.email, NEW).url == "/"


@pytest.mark.parametrize("forget", [True, False])
def test_a_shared_computer_forgets_when_the_browser_closes(cast, forget):
    ticked = {"forget": "on"} if forget else {}
    by_password, by_code = browser_of(), browser_of()
    sign_in(by_password, cast.member.email, **ticked)
    by_code.post("/accounts/login/code/confirm/", {"code": ask_for_code(by_code, cast.member.email, **ticked)})
    for client in (by_password, by_code):
        assert is_in(client)
        assert (client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == "") is forget
        answer = client.post("/accounts/logout/")
        assert ("Clear-Site-Data" in answer) is forget
        assert not is_in(client)


def test_forget_me_on_this_computer_signs_out_and_clears(cast):
    client = browser_of(cast.member)
    answer = client.post("/me/forgetting/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(client)


@pytest.mark.parametrize("forget", [True, False])
def test_a_shared_computer_forgets_who_signs_out_everywhere(cast, forget):
    client = browser_of()
    sign_in(client, cast.member.email, **({"forget": "on"} if forget else {}))
    assert ("Clear-Site-Data" in client.post("/me/sessions/ending/")) is forget


@pytest.mark.parametrize("way_out", ["/accounts/logout/", "/me/sessions/ending/"])
def test_what_lies_under_a_pin_stays_on_a_shared_computer(cast, way_out):
    assert browser_of(cast.member).get("/tokens/").json()["shared"] is False
    client = browser_of()
    sign_in(client, cast.member.email, forget="on")
    assert client.get("/tokens/").json()["shared"] is True
    assert client.post(way_out, {"sealed": "1"})["Clear-Site-Data"] == '"cache"'


def test_whoever_asked_for_a_code_may_still_use_their_password(cast):
    client = browser_of()
    ask_for_code(client, cast.member.email, forget="on")
    assert client.get("/accounts/login/").url == "/accounts/login/code/confirm/"
    assert "/accounts/login/?password" in client.get("/accounts/login/code/confirm/").text
    assert sign_in(client, cast.member.email).url == "/"
    assert is_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] != ""


def test_a_code_is_of_no_use_to_a_browser_that_chose_a_password_instead(cast):
    client = browser_of()
    code = ask_for_code(client, cast.member.email)
    assert 'name="password"' in client.get("/accounts/login/?password").text
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_in(client)


def test_signing_out_everywhere_ends_every_session(cast):
    here, there = browser_of(cast.member), browser_of(cast.member)
    here.post("/me/sessions/ending/")
    assert not is_in(here)
    assert not is_in(there)


@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_pages_that_send_mail_say_where_it_lies_without_a_server(cast, settings, path):
    client = browser_of()
    assert "/mail/" in client.get(path).content.decode()
    settings.MAIL_HOST = "mail.example.org"
    assert "No mail server" not in client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/", "/join/"])
def test_pages_of_the_door_hold_no_script_that_they_need(cast, path):
    page = browser_of().get(path).content.decode()
    assert "<form" in page
    assert "hx-" not in page
    assert "placeholder=" not in page
