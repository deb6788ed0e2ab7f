"""A thread's page, and writing, as a browser is given them."""

from io import BytesIO
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from heard.foundation.communities.actions import start_community
from heard.foundation.conversation import actions
from heard.foundation.conversation.models import Attachment, Reply, Thread
from heard.foundation.conversation.queries import thread_by_id
from heard.foundation.notices.queries import unseen_count
from heard.foundation.people.actions import end_access
from tests.cast import Cast, browser_of

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


@pytest.fixture
def thread(cast: Cast) -> Thread:
    """Said by the member in the open community."""
    return actions.start_thread(community=cast.community, by=cast.member, source="Vans **again**", title="About vans")


def picture() -> SimpleUploadedFile:
    """A small PNG."""
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return SimpleUploadedFile("van.png", file.getvalue(), "image/png")


def test_a_member_writes_and_is_shown_what_they_wrote(cast: Cast) -> None:
    form = {"community": "canteen", "kind": "ask", "title": "Soup?", "source": "Which *soup*?"}
    answer = browser_of(cast.member).post("/write/", form, follow=True)
    assert answer.status_code == 200
    assert "<em>soup</em>" in answer.text


def test_a_community_with_any_name_takes_a_thread_and_the_browser_keeps_only_cookies_that_arrive(cast: Cast) -> None:
    place = start_community(name="Größe Продажи", by=cast.member)
    browser, draft = browser_of(cast.member), f"thread-{place.slug}"
    form = {"community": place.slug, "kind": "share", "source": "For sale", "draft": draft}
    assert browser.post("/write/", form).status_code == 302
    cookie = browser.cookies["posted"]
    assert (cookie.value.isascii(), unquote(cookie.value)) == (True, draft)
    assert "продажи" in draft


def test_a_refused_thread_comes_back_with_its_words(cast: Cast) -> None:
    form = {"community": "canteen", "kind": "share", "title": "", "source": "y" * 40_001}
    answer = browser_of(cast.member).post("/write/", form)
    assert answer.status_code == 422
    assert "y" * 40_001 in answer.text
    assert "too long" in answer.text


def test_a_community_that_is_not_theirs_is_not_there(cast: Cast) -> None:
    form = {"community": cast.council.slug, "kind": "share", "source": "Let me in"}
    answer = browser_of(cast.outsider).post("/write/", form)
    assert answer.status_code == 422
    assert "Works council" not in answer.text


def test_a_picture_is_made_anew_and_only_readers_may_have_it(cast: Cast) -> None:
    form = {"community": cast.council.slug, "kind": "share", "source": "Look", "files": [picture()]}
    assert browser_of(cast.member).post("/write/", form).status_code == 302
    attachment = Attachment.objects.get()
    answer = browser_of(cast.tender).get(f"/files/{attachment.code}/")
    assert answer.getvalue()
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/webp",
        "nosniff",
    )
    assert browser_of(cast.outsider).get(f"/files/{attachment.code}/").status_code == 404
    assert browser_of().get(f"/files/{attachment.code}/").status_code == 302
    thread = attachment.thread
    assert thread
    actions.delete_message(thread, by=cast.member)
    assert browser_of(cast.tender).get(f"/files/{attachment.code}/").status_code == 404


def test_a_page_disguised_as_a_picture_is_a_download_of_plain_text(cast: Cast) -> None:
    page = SimpleUploadedFile("cat.png", b"<script>alert(1)</script>", "image/png")
    form = {"community": "canteen", "kind": "share", "source": "Look", "files": [page]}
    assert browser_of(cast.member).post("/write/", form).status_code == 302
    answer = browser_of(cast.tender).get(f"/files/{Attachment.objects.get().code}/")
    assert answer.getvalue()
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["Content-Disposition"].startswith("attachment")


def test_nobody_sends_what_somebody_else_uploaded(cast: Cast) -> None:
    attachment = actions.attach(picture(), by=cast.member)
    form = {"community": "canteen", "kind": "share", "source": "Mine", "attached": attachment.code}
    browser_of(cast.tender).post("/write/", form)
    attachment.refresh_from_db()
    assert attachment.thread is None


def test_a_reply_sent_by_the_page_comes_back_as_the_replies(cast: Cast, thread: Thread) -> None:
    browser = browser_of(cast.tender, **HTMX)
    answer = browser.post(f"/threads/{thread.pk}/replies/", {"source": "Which ones?", "once": str(uuid4())})
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="replies"')
    assert "Which ones?" in answer.text


def test_a_reply_without_script_leads_to_its_permalink(cast: Cast, thread: Thread) -> None:
    answer = browser_of(cast.tender).post(f"/threads/{thread.pk}/replies/", {"source": "Which ones?"})
    reply = Reply.objects.get()
    assert answer["Location"] == f"/threads/{thread.pk}/{reply.pk}/#r{reply.pk}"


def test_a_refused_reply_keeps_its_words(cast: Cast, thread: Thread) -> None:
    actions.close_thread(thread, by=cast.tender)
    for headers in ({}, HTMX):
        answer = browser_of(cast.member, **headers).post(f"/threads/{thread.pk}/replies/", {"source": "But I say"})
        assert answer.status_code == 422
        assert "But I say" in answer.text
        assert "This thread is locked" in answer.text


def test_a_lost_session_while_writing_loses_no_words(cast: Cast, thread: Thread) -> None:
    browser = browser_of(cast.member)
    browser.logout()
    answer = browser.post(f"/threads/{thread.pk}/replies/", {"source": "Long thought"})
    assert answer.status_code == 401
    assert "Long thought" in answer.text


def test_what_one_wrote_is_not_sent_in_the_name_of_another(cast: Cast, thread: Thread) -> None:
    form = {"source": "My thought", "as": str(cast.member.pk)}
    answer = browser_of(cast.tender).post(f"/threads/{thread.pk}/replies/", form)
    assert (answer.status_code, "My thought" in answer.text) == (409, True)
    assert Reply.objects.count() == 0
    assert browser_of(cast.member).post(f"/threads/{thread.pk}/replies/", form).status_code == 302


def test_the_page_of_a_private_thread_is_not_there_for_others(cast: Cast) -> None:
    secret = actions.start_thread(community=cast.council, by=cast.member, source="Between us")
    reply = actions.reply_to(secret, by=cast.tender, source="Indeed")
    browser = browser_of(cast.outsider)
    for noun in ("", "replies/", "head/", "edit/", "history/", "report/", "reactions/", "move/", "merge/", "hiding/"):
        assert browser.get(f"/threads/{secret.pk}/{noun}").status_code == 404
    for noun in ("", "answer/", "edit/", "history/", "report/", "reactions/", "hiding/"):
        assert browser.get(f"/threads/{secret.pk}/{reply.pk}/{noun}").status_code == 404
    for noun in ("replies/", "save/", "reactions/", "deletion/", "restoration/", "closure/", "pin/"):
        assert browser.post(f"/threads/{secret.pk}/{noun}", {"source": "x", "emoji": "👍"}).status_code == 404
    assert browser.get(f"/threads/{secret.pk}/card/").text.strip() == ""


def test_whoever_left_is_out_with_their_next_step(cast: Cast, thread: Thread) -> None:
    browser = browser_of(cast.member)
    assert browser.get(f"/threads/{thread.pk}/").status_code == 200
    end_access(cast.member, by=cast.steward)
    assert browser.get(f"/threads/{thread.pk}/").status_code == 302
    assert "Vans" in browser_of(cast.tender).get(f"/threads/{thread.pk}/").text


def test_a_deleted_thread_leaves_a_tombstone_without_its_words(cast: Cast, thread: Thread) -> None:
    actions.delete_message(thread, by=cast.member)
    page = browser_of(cast.tender).get(f"/threads/{thread.pk}/").text
    assert "Deleted by the person who wrote it" in page
    assert "Vans" not in page
    assert "Put it back" in browser_of(cast.member).get(f"/threads/{thread.pk}/").text


def test_a_hidden_reply_leaves_a_tombstone_and_tenders_can_show_it_again(cast: Cast, thread: Thread) -> None:
    reply = actions.reply_to(thread, by=cast.member, source="Something rude")
    form = {"because": "Rude"}
    assert browser_of(cast.tender).post(f"/threads/{thread.pk}/{reply.pk}/hiding/", form).status_code == 302
    assert "Something rude" not in browser_of(cast.newcomer).get(f"/threads/{thread.pk}/").text
    assert "Show it again" in browser_of(cast.tender).get(f"/threads/{thread.pk}/").text
    browser_of(cast.tender).post(f"/threads/{thread.pk}/{reply.pk}/hiding/withdrawal/")
    assert "Something rude" in browser_of(cast.newcomer).get(f"/threads/{thread.pk}/").text


def test_a_merged_thread_leads_to_where_it_went(cast: Cast, thread: Thread) -> None:
    other = actions.start_thread(community=cast.community, by=cast.tender, source="Lorries")
    form = {"into": f"http://testserver/threads/{other.pk}/"}
    assert browser_of(cast.tender).post(f"/threads/{thread.pk}/merge/", form).status_code == 302
    answer = browser_of(cast.member).get(f"/threads/{thread.pk}/")
    assert answer["Location"] == f"/threads/{other.pk}/{thread.pk}/#r{thread.pk}"


def test_a_long_thread_comes_in_pages_and_a_permalink_finds_its_page(cast: Cast, thread: Thread) -> None:
    said = [actions.reply_to(thread, by=cast.tender, source=f"Reply {nth}.") for nth in range(60)]
    browser = browser_of(cast.member)
    first = browser.get(f"/threads/{thread.pk}/").text
    assert ("Reply 0." in first, "Reply 59." in first) == (True, False)
    last = browser.get(f"/threads/{thread.pk}/{said[59].pk}/").text
    assert ("Reply 59." in last, "Earlier replies" in last) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_a_thread_costs_the_same_queries_however_many_reply(
    cast: Cast, thread: Thread, count: int, django_assert_num_queries: object
) -> None:
    for nth in range(count):
        reply = actions.reply_to(thread, by=cast.tender, source=f"Reply {nth}")
        actions.reply_to(thread, by=cast.member, source="Answer", parent=reply)
    browser = browser_of(cast.member)
    browser.get(f"/threads/{thread.pk}/")
    with django_assert_num_queries(9):  # type: ignore[operator]
        browser.get(f"/threads/{thread.pk}/")


def test_what_one_was_told_of_a_thread_is_nothing_new_once_one_has_been_there(cast: Cast, thread: Thread) -> None:
    before = unseen_count(cast.member)
    actions.reply_to(thread, by=cast.tender, source="Told")
    assert unseen_count(cast.member) == before + 1
    browser_of(cast.newcomer).get(f"/threads/{thread.pk}/")
    assert unseen_count(cast.member) == before + 1
    browser_of(cast.member).get(f"/threads/{thread.pk}/")
    assert unseen_count(cast.member) == before


def test_editing_shows_the_old_words_and_history_what_they_were(cast: Cast, thread: Thread) -> None:
    browser = browser_of(cast.member)
    assert "Vans **again**" in browser.get(f"/threads/{thread.pk}/edit/").text
    browser.post(f"/threads/{thread.pk}/edit/", {"source": "Lorries", "title": "About lorries"})
    assert thread_by_id(cast.member, thread.pk).title == "About lorries"
    assert "About vans" in browser.get(f"/threads/{thread.pk}/history/").text


def test_reacting_gives_the_reactions_back(cast: Cast, thread: Thread) -> None:
    browser = browser_of(cast.tender, **HTMX)
    assert "Any other emoji" in browser.get(f"/threads/{thread.pk}/reactions/").text
    assert "👍 1" in browser.post(f"/threads/{thread.pk}/reactions/", {"emoji": "👍"}).text
    assert "👍 1" not in browser.post(f"/threads/{thread.pk}/reactions/withdrawal/", {"emoji": "👍"}).text
    refused = browser.post(f"/threads/{thread.pk}/reactions/", {"emoji": "nope"})
    assert (refused.status_code, "one emoji" in refused.text) == (422, True)


def test_long_previews_are_not_asked_for_again_and_again(cast: Cast) -> None:
    cache.clear()
    long, short = {"source": "a word " * 600}, {"source": "a word"}
    browser = browser_of(cast.member, **HTMX)
    answers = [browser.post("/write/preview/", long).status_code for _each in range(61)]
    assert answers == [200] * 60 + [429]
    assert browser.post("/write/preview/", short).status_code == 200
    assert browser_of(cast.tender, **HTMX).post("/write/preview/", long).status_code == 200


def test_the_preview_shows_what_is_not_sent_yet(cast: Cast) -> None:
    answer = browser_of(cast.member, **HTMX).post("/write/preview/", {"source": "**b** <script>x</script>"})
    assert "<strong>b</strong>" in answer.text
    assert "<script" not in answer.text


def test_completion_offers_colleagues_and_tags(cast: Cast, thread: Thread) -> None:
    actions.reply_to(thread, by=cast.member, source="#vans")
    browser = browser_of(cast.member)
    assert [one["label"] for one in browser.get("/write/people/", {"q": "tom"}).json()] == ["Tom Tender"]
    assert [one["value"] for one in browser.get("/write/tags/", {"q": "va"}).json()] == ["#vans"]


def test_the_phones_share_menu_opens_the_composer_with_what_was_shared(cast: Cast) -> None:
    shared = {"title": "News", "text": "Look at this", "url": "https://example.org/news"}
    page = browser_of(cast.member).get("/write/", shared).text
    assert "Look at this" in page
    assert "https://example.org/news" in page
