"""The page on which a code from a mail is typed."""

import pytest
from django.core.cache import cache

from tests.cast import browser_of
from tests.letters import ask_for_code, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Tries are counted in the cache, which outlives a test on Redis."""
    cache.clear()


def test_page_and_mail_say_the_same_of_how_long_a_code_is_good_and_another_can_be_sent(cast):
    client = browser_of()
    first = ask_for_code(client, cast.member.email)
    page = client.get("/accounts/login/code/confirm/").content.decode()
    assert "good for ten minutes" in page
    assert "good for ten minutes" in str(sent()[-1].body)
    assert "Send another code" in page
    assert (
        f'action="/accounts/login/code/" method="post"><input type="hidden" name="email" value="{cast.member.email}"'
        in page
    )
    second = ask_for_code(client, cast.member.email)
    assert second != first
    client.post("/accounts/login/code/confirm/", {"code": second})
    assert client.get("/me/").status_code == 200


def test_another_code_on_a_shared_computer_still_forgets(cast):
    client = browser_of()
    ask_for_code(client, cast.member.email, forget="on")
    assert 'name="forget" value="on"' in client.get("/accounts/login/code/confirm/").content.decode()


@pytest.mark.parametrize("email", ["mina.member@example.org", "nobody@example.org"])
def test_another_code_for_a_new_password_can_be_sent_and_nobody_learns_who_is_here(cast, email):
    client = browser_of()
    page = client.post("/accounts/password/reset/", {"email": email}, follow=True).content.decode()
    assert f'name="email" value="{email}"' in page
    assert "good for ten minutes" in page
    before = len(sent())
    again = client.post("/accounts/password/reset/", {"email": email}, follow=True)
    assert again.redirect_chain[-1][0] == "/accounts/password/reset/code/"
    assert len(sent()) == before + (email == cast.member.email)
