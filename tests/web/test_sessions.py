"""What a browser claims as its session is asked for only where it can be one."""

from typing import Any

import pytest
from django.conf import settings

from tests.cast import Cast, browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "claimed",
    [
        '"\\000aaaaaaaaa"',
        '"aaaaaaaa\\000"',
        "short",
        "A" * 32,
        "a" * 31,
        "a" * 33,
        "a" * 4000,
        "é" * 32,
        ("٣" * 32).encode().decode("latin-1"),
    ],
)
def test_what_can_be_no_session_is_nobodys(cast: Cast, claimed: str, django_assert_num_queries: Any) -> None:
    browser = browser_of()
    header: Any = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={claimed}"}
    with django_assert_num_queries(1):  # whether somebody is here, and no session
        assert browser.get("/", **header).headers["Location"] == "/accounts/login/?next=/"


def test_a_session_goes_on(cast: Cast) -> None:
    assert browser_of(cast.member).get("/me/").status_code == 200
