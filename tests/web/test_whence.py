"""Where a request says that it comes from and goes to: what is malformed or elsewhere is refused, never a fault."""

import pytest
from django.test import Client

from heard.foundation.people.models import Person
from tests.cast import Cast, browser_of

pytestmark = pytest.mark.django_db
MALFORMED = ["http://[::1", "http://[x]/", "//[", "http://a]b/", "\x00", "http://testserver:x/"]


@pytest.mark.parametrize("said", MALFORMED)
@pytest.mark.parametrize("header", ["origin", "referer"])
def test_a_malformed_address_is_that_of_no_page_of_ours(cast: Cast, header: str, said: str) -> None:
    browser = Client(headers={header: said})
    browser.force_login(cast.member)
    assert browser.post("/me/theme/", {"theme": "dark"}).status_code == 403


@pytest.mark.parametrize("said", MALFORMED)
def test_a_malformed_page_before_leads_home(cast: Cast, said: str) -> None:
    answer = browser_of(cast.member).post("/me/theme/", {"theme": "dark"}, headers={"referer": said})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("path", ["//evil.example/x", "///evil.example/x", "/\\evil.example/x", "\\\\evil.example/x"])
def test_nobody_is_sent_to_another_host(cast: Cast, path: str) -> None:
    referer = {"referer": f"http://testserver{path}"}
    browser = browser_of(cast.member)
    for answer in (
        browser.post("/me/theme/", {"theme": "dark"}, headers=referer),
        browser.post("/people/mina.member/follow/", headers=referer),
    ):
        assert answer.headers["Location"] in {"/evil.example/x", "/"}


@pytest.mark.parametrize("host", ["x y", "a/b", "[::1", "elsewhere.example", ""])
@pytest.mark.parametrize("address", ["/", "/accounts/login/"])
def test_a_host_that_is_not_ours_is_refused_with_every_header(cast: Cast, settings, host: str, address: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    for browser in (browser_of(cast.member), browser_of()):
        answer = browser.get(address, headers={"host": host})
        assert answer.status_code == 400
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "connect-src 'self';" in f"{answer.headers['Content-Security-Policy']};"


@pytest.mark.parametrize(
    ("origin", "scheme", "address", "status"),
    [
        ("http://testserver", "http", "", 302),
        ("https://testserver", "http", "", 403),
        ("http://testserver", "https", "", 403),
        ("https://testserver", "https", "", 302),
        ("https://testserver", "http", "https://testserver", 302),
        ("https://elsewhere.example", "http", "https://elsewhere.example", 403),
        ("null", "http", "", 403),
    ],
)
def test_a_page_of_another_scheme_is_from_elsewhere(
    cast: Cast, settings, origin: str, scheme: str, address: str, status: int
) -> None:
    settings.HEARD_URL = address or "http://localhost:8000"
    browser = Client(headers={"origin": origin})
    browser.force_login(cast.member)
    assert browser.post("/me/theme/", {"theme": "dark"}, secure=scheme == "https").status_code == status


def test_invitations_lead_to_the_address_that_is_set_whatever_the_request_says(cast: Cast, settings) -> None:
    asked = {"host": "evil.example"}
    settings.ALLOWED_HOSTS = ["*"]
    Person.objects.filter(pk=cast.newcomer.pk).update(claimed_at=None)

    settings.HEARD_URL, settings.HEARD_HAS_ADDRESS = "http://heard.intranet", True
    page = browser_of(cast.steward).post("/people/nina.newcomer/invitation/", {"paper": ""}, headers=asked).text
    assert "http://heard.intranet/join/" in page
    assert "evil.example" not in page


@pytest.mark.parametrize("asked", ["/ballots/checkpoint.json", "/ballots/nothing/here", "/voice/listeners.json"])
@pytest.mark.parametrize(
    ("pages", "answers", "host", "told"),
    [
        ("https://heard.example", "https://answers.example", "answers.example", "max-age=0"),
        ("https://heard.example", "https://answers.example:8443", "Answers.example:8443", "max-age=0"),
        ("https://heard.example", "https://answers.example", "heard.example", None),
        ("https://heard.example", "https://answers.example", "elsewhere.example", None),
        ("https://heard.example", "https://heard.example", "heard.example", None),
        ("https://heard.example", "https://heard.example:8443", "heard.example:8443", None),
    ],
)
def test_a_reply_to_an_answer_leaves_no_moment_in_what_a_browser_keeps_of_https(
    settings, pages: str, answers: str, host: str, told: str | None, asked: str
) -> None:
    settings.HEARD_URL, settings.HEARD_BALLOT_URL = pages, answers
    settings.SECURE_HSTS_SECONDS, settings.ALLOWED_HOSTS = 31_536_000, ["heard.example", "answers.example"]
    for request in (Client().get, Client(headers={"cookie": "heard=mina"}).post):
        reply = request(asked, headers={"host": host}, secure=True)
        assert reply.headers.get("Strict-Transport-Security") == told
    page = Client().get("/offline/", headers={"host": "heard.example"}, secure=True)
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_without_https_nothing_is_said_of_it() -> None:
    for asked in ("/offline/", "/ballots/checkpoint.json"):
        assert "Strict-Transport-Security" not in Client().get(asked).headers
