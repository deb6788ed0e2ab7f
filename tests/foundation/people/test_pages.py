"""Pages about people: who gets which, and that each works without script."""

import pytest

from tests.cast import browser_of

ROLES = ("nobody", "newcomer", "member", "steward", "administrator")
OK, DOOR, NO, GONE, WRONG = 200, 302, 403, 404, 422

# Who gets what: nobody signed in, newcomer, member, steward, administrator.
TABLE = [
    ("GET", "/people/", (DOOR, OK, OK, OK, OK)),
    ("GET", "/people/choices/?person=mina", (DOOR, OK, OK, OK, OK)),
    ("GET", "/people/chart/", (DOOR, OK, OK, OK, OK)),
    ("GET", "/people/mina.member/", (DOOR, OK, OK, OK, OK)),
    ("GET", "/people/leo.left/", (DOOR, OK, OK, OK, OK)),
    ("GET", "/people/nobody.here/", (DOOR, GONE, GONE, GONE, GONE)),
    ("GET", "/people/mina.member/chart/", (DOOR, OK, OK, OK, OK)),
    ("GET", "/people/mina.member/edit/", (DOOR, NO, OK, OK, OK)),
    ("GET", "/people/mina.member/picture/0000000/", (DOOR, GONE, GONE, GONE, GONE)),
    ("GET", "/people/mina.member/leaving/", (DOOR, NO, NO, OK, OK)),
    ("GET", "/people/ada.admin/leaving/", (DOOR, NO, NO, NO, OK)),
    ("GET", "/people/new/", (DOOR, NO, NO, OK, OK)),
    ("GET", "/people/invitations/", (DOOR, NO, NO, OK, OK)),
    ("GET", "/people/roles/", (DOOR, NO, NO, NO, OK)),
    ("GET", "/units/", (DOOR, OK, OK, OK, OK)),
    ("GET", "/units/999/", (DOOR, GONE, GONE, GONE, GONE)),
    ("GET", "/me/", (DOOR, OK, OK, OK, OK)),
    ("GET", "/me/following/", (DOOR, OK, OK, OK, OK)),
    ("GET", "/me/followers/", (DOOR, OK, OK, OK, OK)),
    ("GET", "/join/", (OK, OK, OK, OK, OK)),
    ("GET", "/join/AAAA-AAAA-AAAA-AAAA/", (GONE, DOOR, DOOR, DOOR, DOOR)),
    ("GET", "/begin/", (GONE, GONE, GONE, GONE, GONE)),
    ("GET", "/accounts/login/", (OK, DOOR, DOOR, DOOR, DOOR)),
    ("GET", "/accounts/login/code/", (OK, DOOR, DOOR, DOOR, DOOR)),
    ("GET", "/accounts/login/code/confirm/", (DOOR, DOOR, DOOR, DOOR, DOOR)),
    ("GET", "/accounts/logout/", (DOOR, OK, OK, OK, OK)),
    ("GET", "/accounts/inactive/", (OK, OK, OK, OK, OK)),
    ("GET", "/accounts/password/", (DOOR, OK, OK, OK, OK)),
    ("GET", "/accounts/password/first/", (DOOR, DOOR, DOOR, DOOR, DOOR)),
    ("GET", "/accounts/password/reset/", (OK, OK, OK, OK, OK)),
    ("GET", "/accounts/password/reset/code/", (DOOR, DOOR, DOOR, DOOR, DOOR)),
    ("GET", "/accounts/password/reset/new/", (DOOR, DOOR, DOOR, DOOR, DOOR)),
    ("GET", "/accounts/password/reset/done/", (OK, OK, OK, OK, OK)),
    ("GET", "/accounts/signup/", (GONE, GONE, GONE, GONE, GONE)),
    ("GET", "/accounts/email/", (GONE, GONE, GONE, GONE, GONE)),
]


@pytest.mark.parametrize(("method", "path", "answers"), TABLE, ids=[f"{row[0]} {row[1]}" for row in TABLE])
def test_who_gets_which_page(cast, method, path, answers):
    found = {}
    for role in ROLES:
        client = browser_of(getattr(cast, role, None))
        found[role] = client.generic(method, path).status_code
    assert found == dict(zip(ROLES, answers, strict=True))
