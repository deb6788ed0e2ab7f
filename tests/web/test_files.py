"""The files of a message: every good one is kept, and every other is named."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from heard.foundation.conversation import actions
from heard.foundation.conversation.models import Attachment, Thread
from tests.cast import Cast, browser_of

pytestmark = pytest.mark.django_db
WORDS = {"community": "canteen", "kind": "share", "source": "My long words"}


def picture(name: str = "van.png") -> SimpleUploadedFile:
    """A small PNG."""
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def broken(name: str = "broken.png") -> SimpleUploadedFile:
    """What begins like a PNG and does not go on like one."""
    return SimpleUploadedFile(name, b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "image/png")


def a_note(name: str = "note.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"Bring the forks", "text/plain")


def test_a_broken_picture_costs_neither_the_words_nor_any_other_file(cast: Cast) -> None:
    browser = browser_of(cast.member)
    answer = browser.post("/write/", {**WORDS, "files": [a_note(), broken(), picture(), broken("worse.png")]})
    assert answer.status_code == 422
    for shown in ("My long words", "“broken.png” was not added.", "“worse.png” was not added.", "Remove note.txt"):
        assert shown in answer.text
    kept = list(Attachment.objects.order_by("id"))
    assert [one.name for one in kept] == ["note.txt", "van.webp"]
    assert all(one.code in answer.text for one in kept)
    assert browser.post("/write/", {**WORDS, "attached": [one.code for one in kept]}).status_code == 302
    assert list(Thread.objects.get().attachments.order_by("id")) == kept


def test_files_are_kept_also_where_the_words_are_refused(cast: Cast) -> None:
    answer = browser_of(cast.member).post("/write/", {**WORDS, "source": "y" * 40_001, "files": [a_note()]})
    assert (answer.status_code, "Remove note.txt" in answer.text, "too long" in answer.text) == (422, True, True)


def test_a_kept_file_is_taken_away_without_script_and_nothing_is_sent(cast: Cast) -> None:
    one, other = (actions.attach(a_note(name), by=cast.member) for name in ("one.txt", "other.txt"))
    form = {**WORDS, "attached": [one.code, other.code], "without": one.code}
    answer = browser_of(cast.member).post("/write/", form)
    assert answer.status_code == 200
    assert (one.code in answer.text, other.code in answer.text, "My long words" in answer.text) == (False, True, True)
    assert not Thread.objects.exists()


def test_of_eleven_files_ten_are_kept_and_the_last_is_named(cast: Cast) -> None:
    many = [SimpleUploadedFile(f"{nth}.txt", b"x") for nth in range(11)]
    answer = browser_of(cast.member).post("/write/", {**WORDS, "files": many})
    assert "“10.txt” was not added. A message can carry ten files." in answer.text
    assert Attachment.objects.count() == 10


def test_a_preview_without_script_shows_the_words_and_sends_nothing(cast: Cast) -> None:
    form = {**WORDS, "source": "Look *here*", "preview": "1", "files": [a_note()]}
    answer = browser_of(cast.member).post("/write/", form)
    assert (answer.status_code, "<em>here</em>" in answer.text, "Remove note.txt" in answer.text) == (200, True, True)
    assert not Thread.objects.exists()
    thread = actions.start_thread(community=cast.community, by=cast.member, source="Vans")
    answer = browser_of(cast.member).post(f"/threads/{thread.pk}/replies/", {"source": "Mine *too*", "preview": "1"})
    assert (answer.status_code, "<em>too</em>" in answer.text) == (200, True)
