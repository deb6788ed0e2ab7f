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


def test_what_a_picture_shows_is_said_to_whoever_cannot_see_it(cast: Cast) -> None:
    files = [a_note(), picture(), picture("gate.png")]
    form = {**WORDS, "files": files, "described": ["", "A van on the ramp", ""]}
    page = browser_of(cast.member).post("/write/", form, follow=True).text
    assert 'alt="A van on the ramp"' in page
    assert 'alt="Picture “gate.webp”, not described"' in page
    assert [one.description for one in Attachment.objects.order_by("id")] == ["", "A van on the ramp", ""]


def test_what_was_said_of_a_picture_survives_a_refusal(cast: Cast) -> None:
    browser = browser_of(cast.member)
    browser.post("/write/", {**WORDS, "files": [picture(), broken()], "described": ["A van"]})
    kept = Attachment.objects.get()
    form = {**WORDS, "attached": kept.code, f"describe-{kept.code}": "A white  van", "files": [broken()]}
    assert 'value="A white van"' in browser.post("/write/", form).text.replace("white  van", "white van")
    kept.refresh_from_db()
    assert kept.description == "A white van"


def test_nobody_says_what_anothers_picture_shows(cast: Cast) -> None:
    attachment = actions.attach(picture(), by=cast.member, description="A van")
    browser_of(cast.tender).post(
        "/write/", {**WORDS, "attached": attachment.code, f"describe-{attachment.code}": "A cat"}
    )
    attachment.refresh_from_db()
    assert (attachment.description, attachment.thread) == ("A van", None)


@pytest.mark.parametrize("on_reply", [False, True])
def test_files_are_taken_away_added_and_described_while_editing(cast: Cast, on_reply: bool) -> None:
    codes = [actions.attach(file, by=cast.member).code for file in (a_note("old.txt"), picture())]
    source, browser = "Vans", browser_of(cast.member)
    thread = actions.start_thread(
        community=cast.community, by=cast.member, source=source, files=() if on_reply else codes
    )
    at = f"/threads/{thread.pk}"
    if on_reply:
        said = actions.reply_to(thread, by=cast.member, source=source, files=codes)
        at = f"{at}/{said.pk}"
    page = browser.get(f"{at}/edit/").text
    assert all(code in page for code in codes)
    changed = {"source": source, "attached": ["", codes[1]], f"describe-{codes[1]}": "A van", "files": [a_note()]}
    assert browser.post(f"{at}/edit/", changed).status_code == 302
    found = Attachment.objects.filter(thread=thread).order_by("name")
    assert [(one.name, one.description) for one in found] == [("note.txt", ""), ("van.webp", "A van")]
    page = browser.get(f"/threads/{thread.pk}/").text
    assert ('alt="A van"' in page, "note.txt" in page, "old.txt" in page) == (True, True, False)
    assert browser.get(f"/files/{codes[0]}/").status_code == 404


def test_an_edit_that_speaks_of_no_files_leaves_them_as_they_are(cast: Cast) -> None:
    code = actions.attach(a_note(), by=cast.member).code
    thread = actions.start_thread(community=cast.community, by=cast.member, source="Vans", files=[code])
    browser_of(cast.member).post(f"/threads/{thread.pk}/edit/", {"source": "Vans again"})
    assert Attachment.objects.get(thread=thread).code == code


def test_an_edit_with_a_broken_picture_keeps_the_rest_and_changes_nothing(cast: Cast) -> None:
    thread = actions.start_thread(community=cast.community, by=cast.member, source="Vans")
    form = {"source": "Vans again", "attached": "", "files": [a_note(), broken()]}
    answer = browser_of(cast.member).post(f"/threads/{thread.pk}/edit/", form)
    assert (answer.status_code, "Remove note.txt" in answer.text, "Vans again" in answer.text) == (422, True, True)
    thread.refresh_from_db()
    assert thread.source == "Vans"


def test_the_files_of_a_thread_are_not_those_of_its_replies(cast: Cast) -> None:
    code = actions.attach(a_note(), by=cast.tender).code
    thread = actions.start_thread(community=cast.community, by=cast.member, source="Vans")
    actions.reply_to(thread, by=cast.tender, source="Here", files=[code])
    browser_of(cast.member).post(f"/threads/{thread.pk}/edit/", {"source": "Vans again", "attached": ""})
    assert Attachment.objects.get(code=code).reply is not None


def test_a_picture_alone_may_be_styled_by_the_browser_and_no_file_may_run_anything(cast: Cast) -> None:
    browser, policies = browser_of(cast.member), []
    for file in (picture(), a_note("page.html")):
        answer = browser.get(f"/files/{actions.attach(file, by=cast.member).code}/")
        assert answer.getvalue()
        policies.append(answer["Content-Security-Policy"])
    assert "style-src 'unsafe-inline'" in policies[0]
    assert policies[1] == "default-src 'none'; sandbox"
    assert all(policy.startswith("default-src 'none';") and policy.endswith("sandbox") for policy in policies)
