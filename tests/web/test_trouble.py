"""What bad input and a machine in trouble get: a sentence, never a fault."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import RequestFactory

from heard.foundation.conversation import actions
from heard.web.errors import failed
from heard.web.refusing import DiskIsFull, NotText, ServerIsBusy, in_words
from tests.cast import Cast, browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("database is locked", ServerIsBusy),
        ("database table is locked", ServerIsBusy),
        ("database or disk is full", DiskIsFull),
        ('could not extend file "base/1": No space left on device', DiskIsFull),
    ],
)
def test_a_database_in_trouble_is_put_in_words(said: str, refusal: type) -> None:
    assert isinstance(in_words(OperationalError(said)), refusal)


def test_a_fault_of_ours_stays_a_fault() -> None:
    assert in_words(KeyError("x")) is None
    assert in_words(OperationalError("no such table: people")) is None
    assert isinstance(in_words(ValueError("A string literal cannot contain NUL (0x00) characters.")), NotText)


def test_trouble_outside_a_view_is_put_in_words_too() -> None:
    try:
        raise OperationalError("database is locked")
    except OperationalError:
        answer = failed(RequestFactory().get("/"))
    assert (answer.status_code, "busy writing" in answer.text) == (503, True)


def test_a_fault_has_a_page_that_needs_nothing() -> None:
    assert failed(RequestFactory().get("/")).status_code == 500


@pytest.mark.parametrize("query", ["q=%00", "q=%FF%FE", "q=%ED%A0%80", "q=" + "%F0%9F%98%80" * 500, "q=%25%5F%5C'\""])
def test_whatever_is_looked_for_is_answered(cast: Cast, query: str) -> None:
    browser = browser_of(cast.member)
    for address in ("/search/", "/people/", "/communities/", "/write/people/", "/write/tags/", "/tags/x/"):
        assert browser.get(f"{address}?{query}").status_code in {200, 400}


@pytest.mark.parametrize(
    "address",
    [
        "/threads/0/",
        "/threads/99999999999999999999999/",
        "/threads/9223372036854775808/",
        "/threads/1/99999999999999999999999/",
        "/notices/99999999999999999999999/",
        "/units/99999999999999999999999/",
        "/people/%00/",
        "/communities/%00/",
        "/communities/%F0%9F%98%80/",
        "/files/%00/",
        "/files/..%2f..%2fetc%2fpasswd/",
        "/tags/%00/",
    ],
)
def test_an_address_that_means_nothing_is_not_found(cast: Cast, address: str) -> None:
    assert browser_of(cast.member).get(address).status_code in {200, 400, 404}


def test_a_nul_in_what_somebody_writes_is_refused_and_the_words_stay(cast: Cast) -> None:
    form = {"community": "canteen", "kind": "share", "source": "before\0after"}
    answer = browser_of(cast.member).post("/write/", form)
    assert answer.status_code == 422
    assert "before" in answer.text


def test_too_much_at_once_is_refused_before_it_is_read(cast: Cast) -> None:
    thread = actions.start_thread(community=cast.community, by=cast.member, source="Hi")
    huge = browser_of(cast.member).post(f"/threads/{thread.pk}/replies/", {"source": "x" * 2_600_000})
    assert (huge.status_code, "too much to send" in huge.text) == (413, True)
    length = {"CONTENT_LENGTH": str(10**12)}
    assert browser_of(cast.member).post(f"/threads/{thread.pk}/replies/", **length).status_code == 413


FORM = "application/x-www-form-urlencoded"
BODIES = {"a long body": "x=" + "y" * 2_600_000, "many fields": "&".join(f"a{nth}=1" for nth in range(2100))}


@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
@pytest.mark.parametrize("is_signed_in", [True, False])
@pytest.mark.parametrize("address", ["/threads/1/replies/", "/accounts/login/", "/me/theme/", "/begin/", "/write/"])
def test_too_much_is_answered_in_a_sentence_and_told_to_no_log(
    cast: Cast, caplog: pytest.LogCaptureFixture, body: str, is_signed_in: bool, address: str
) -> None:
    browser = browser_of(cast.member if is_signed_in else None)
    for headers in ({}, {"hx-request": "true"}, {"accept": "application/json"}):
        answer = browser.generic("POST", address, body, content_type=FORM, headers=headers)
        assert answer.status_code in {401, 404, 413}
        assert {401: "You were signed out", 404: "", 413: "too much to send"}[answer.status_code] in answer.text
    assert [record for record in caplog.records if record.name.startswith("django.security")] == []


def test_a_hundred_and_one_files_are_too_many_to_read(cast: Cast) -> None:
    many = [SimpleUploadedFile(f"{nth}.txt", b"x") for nth in range(101)]
    answer = browser_of(cast.member).post("/write/", {"source": "My files", "files": many})
    assert (answer.status_code, "too much to send" in answer.text) == (413, True)


@pytest.mark.parametrize("kind", ["", "shout", "ASK", "\x00"])
def test_a_kind_that_there_is_not_is_refused(cast: Cast, kind: str) -> None:
    form = {"community": "canteen", "kind": kind, "source": "Hi"}
    assert browser_of(cast.member).post("/write/", form).status_code == 422


@pytest.mark.parametrize("once", ["", "nonsense", "1" * 400])
def test_a_mark_that_is_none_does_not_stop_anybody(cast: Cast, once: str) -> None:
    form = {"community": "canteen", "kind": "share", "source": "Hi", "once": once}
    assert browser_of(cast.member).post("/write/", form).status_code in {302, 422}


def test_eleven_files_are_too_many_and_the_words_stay(cast: Cast) -> None:
    many = [SimpleUploadedFile(f"{nth}.txt", b"x") for nth in range(11)]
    form = {"community": "canteen", "kind": "share", "source": "My files", "files": many}
    answer = browser_of(cast.member).post("/write/", form)
    assert (answer.status_code, "My files" in answer.text) == (422, True)


def test_whoever_was_signed_out_while_writing_is_shown_the_way_in_and_back(cast: Cast) -> None:
    thread = actions.start_thread(community=cast.community, by=cast.member, source="Hi")
    at, words = f"/threads/{thread.pk}/", {"source": "My long words", "attached": ["one", "other"]}
    page = browser_of().post(f"{at}replies/", words, headers={"referer": f"http://testserver{at}"})
    assert page.status_code == 401
    door = f'href="/accounts/login/?next=%2Fthreads%2F{thread.pk}%2F" target="_blank"'
    for shown in (door, "My long words", "Send it again", 'value="one"', 'value="other"'):
        assert shown in page.text
    part = browser_of(**{"hx-request": "true"}).post(
        f"{at}replies/", words, headers={"referer": f"http://testserver{at}"}
    )
    assert (part.status_code, door in part.text) == (401, True)
