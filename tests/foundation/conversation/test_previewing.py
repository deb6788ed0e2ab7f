"""Links are shown with their page: fetched once, from a real server, and seen by those who may read."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.tasks.base import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from heard.foundation.conversation import actions, errors
from heard.foundation.conversation.models import Reply, Thread
from heard.foundation.conversation.tasks import fetch_preview, forget_previews
from heard.foundation.previews.models import Preview
from heard.plumbing.files import open_stored
from tests.cast import Cast, browser_of
from tests.plumbing.outbound.peers import Peer, leading_to, page, peer

pytestmark = pytest.mark.django_db

HTML = b"""<!doctype html><title>Plain</title><meta property="og:title" content="Vans &amp; <b>ramps</b>">
<meta property="og:description" content="How to load a van."><meta property="og:site_name" content="Van weekly">
<meta property="og:image" content="/van.png">"""


def a_picture(width: int = 900, height: int = 500) -> bytes:
    content = BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def site(settings: Any) -> Iterator[Peer]:
    """A page with a picture, and some that are worse."""
    others = {
        "/van.png": page(a_picture(), "image/png"),
        "/pdf": page(b"%PDF", "application/pdf"),
        "/gone": page(b"<title>Gone", status=404),
        "/busy": page(b"<title>Busy", status=503),
        "/untitled": page(b"<p>Hello"),
        "/round": leading_to("/round"),
        "/inside": leading_to("http://169.254.169.254/"),
        "/svg": page(b'<title>S</title><meta property=og:image content="data:image/svg+xml,<svg>">'),
        "/pixel": page(b'<title>P</title><meta property=og:image content="/pixel.png">'),
        "/pixel.png": page(a_picture(1, 1), "image/png"),
        "/lying": page(b'<title>L</title><meta property=og:image content="/lying.png">'),
        "/lying.png": page(b"<script>alert(1)</script>", "image/png"),
    }

    def answers(to: BaseHTTPRequestHandler) -> None:
        others.get(to.path, page(HTML))(to)

    with peer(answers) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        yield it


def work_off() -> list[DBTaskResult]:
    """Does what the worker would: fetches every preview that waits; gives what is to be tried later."""
    waiting = DBTaskResult.objects.filter(task_path__endswith="fetch_preview", status=TaskResultStatus.READY)
    for one in waiting.filter(run_after__year=9999) | waiting.exclude(
        run_after__year__lt=9999, run_after__isnull=False
    ):
        fetch_preview.func(*one.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=one.pk).update(status=TaskResultStatus.SUCCESSFUL)
    return list(waiting.all())


def start(cast: Cast, source: str, **fields: Any) -> Thread:
    return actions.start_thread(**{"community": cast.community, "by": cast.member, "source": source, **fields})


def test_a_link_is_shown_with_title_site_and_picture(cast: Cast, site: Peer) -> None:
    thread = start(cast, f"Look: {site.url}/a")
    browser = browser_of(cast.tender)
    assert "Van weekly" not in browser.get("/").text
    work_off()
    home, whole = browser.get("/").text, browser.get(f"/threads/{thread.pk}/").text
    assert whole.count("Vans &amp;") == 1
    for text in (home, whole):
        assert '<b dir="auto">Vans &amp; &lt;b&gt;ramps&lt;/b&gt;</b>' in text
        assert "Van weekly · 127.0.0.1" in text
        assert f'<a class="linked" href="{site.url}/a" rel="nofollow noopener noreferrer">' in text
    assert ("How to load a van." in home, "How to load a van." in whole) == (False, True)
    picture = browser.get(f"/previews/{Preview.objects.get().code}/")
    assert picture["Content-Type"] == "image/webp"
    with Image.open(BytesIO(b"".join(picture.streaming_content))) as made:  # type: ignore[attr-defined]
        assert made.size == (640, 356)
    assert [path for _, path, _, _ in site.requests] == ["/a", "/van.png"]


def test_a_reply_shows_its_link_too(cast: Cast, site: Peer) -> None:
    thread = start(cast, "Hello")
    reply = actions.reply_to(thread, by=cast.tender, source=f"{site.url}/a")
    browser = browser_of(cast.member)
    assert "Van weekly" not in browser.get(f"/threads/{thread.pk}/").text
    work_off()
    assert "Van weekly" in browser.get(f"/threads/{thread.pk}/").text
    assert "Show the link only" not in browser.get(f"/threads/{thread.pk}/").text
    mine = browser_of(cast.tender)
    assert f"/threads/{thread.pk}/{reply.pk}/preview/withdrawal/" in mine.get(f"/threads/{thread.pk}/").text
    mine.post(f"/threads/{thread.pk}/{reply.pk}/preview/withdrawal/")
    assert "Van weekly" not in browser.get(f"/threads/{thread.pk}/").text


def test_the_same_link_is_fetched_once_in_a_community(cast: Cast, site: Peer) -> None:
    for _ in range(3):
        start(cast, f"{site.url}/a")
        work_off()
    assert len(site.requests) == 2
    start(cast, f"{site.url}/a", community=cast.council)
    work_off()
    assert len(site.requests) == 4  # what is known in one community is not known in another


def test_pictures_are_seen_by_those_who_may_read(cast: Cast, site: Peer) -> None:
    secret = start(cast, f"{site.url}/a", community=cast.council)
    work_off()
    address = f"/previews/{Preview.objects.get().code}/"
    statuses = {}
    for name in ("member", "tender", "outsider", "newcomer", "steward"):
        answer = browser_of(getattr(cast, name)).get(address)
        statuses[name] = answer.status_code
        b"".join(answer)
    assert statuses == {"member": 200, "tender": 200, "outsider": 404, "newcomer": 404, "steward": 404}
    actions.delete_message(secret, by=cast.member)
    assert browser_of(cast.member).get(address).status_code == 404
    assert "Van weekly" not in browser_of(cast.member).get(f"/threads/{secret.pk}/").text


@pytest.mark.parametrize("path", ["/pdf", "/gone", "/untitled", "/round", "/inside"])
def test_a_page_that_shows_nothing_leaves_the_link_a_link(cast: Cast, site: Peer, path: str) -> None:
    thread = start(cast, f"{site.url}{path}")
    assert work_off() == []
    text = browser_of(cast.member).get(f"/threads/{thread.pk}/").text
    assert 'class="linked"' not in text
    assert path in text
    assert Preview.objects.get().failed_because
    start(cast, f"{site.url}{path}")
    assert work_off() == []


@pytest.mark.parametrize("path", ["/svg", "/pixel", "/lying"])
def test_a_picture_that_is_none_is_left_out(cast: Cast, site: Peer, path: str) -> None:
    start(cast, f"{site.url}{path}")
    work_off()
    shown = Preview.objects.get()
    assert (len(shown.title), shown.code, shown.picture) == (1, "", "")


def test_what_may_pass_is_tried_three_times(cast: Cast, site: Peer) -> None:
    thread = start(cast, f"{site.url}/busy")
    preview = Preview.objects.get()
    assert [actions.fetch_preview(preview.pk) for _ in range(4)] == [True, True, False, False]
    assert len(site.requests) == 3
    assert thread.preview_id == preview.pk


def test_links_that_are_meant_for_one_person_cause_nothing(cast: Cast, site: Peer) -> None:
    start(cast, f"{site.url}/a?token=secret"), start(cast, f"{django_settings.HEARD_URL}/threads/1/")
    assert (Preview.objects.count(), work_off(), site.requests) == (0, [], [])


def test_a_message_without_a_link_costs_no_query(cast: Cast, django_assert_num_queries: Any) -> None:
    from heard.foundation.conversation.actions.previewing import preview_for

    with django_assert_num_queries(0):
        assert preview_for("<p>Hello</p>", cast.community.pk, by=cast.member) is None


def test_one_person_causes_thirty_fetches_an_hour(cast: Cast, site: Peer) -> None:
    threads = [start(cast, f"{site.url}/{nth}") for nth in range(33)]
    assert sum(one.preview_id is not None for one in threads) == 30
    assert start(cast, f"{site.url}/0").preview_id == threads[0].preview_id
    assert start(cast, f"{site.url}/other", by=cast.tender).preview_id


def test_the_writer_may_take_it_away_and_nobody_else(cast: Cast, site: Peer) -> None:
    thread = start(cast, f"{site.url}/a")
    work_off()
    address = f"/threads/{thread.pk}/preview/withdrawal/"
    assert browser_of(cast.tender).post(address).status_code == 303  # back, with a sentence
    with pytest.raises(errors.NotYours):
        actions.remove_preview(thread, by=cast.tender)
    mine = browser_of(cast.member)
    assert "Show the link only" in mine.get(f"/threads/{thread.pk}/").text
    for _ in range(2):
        assert mine.post(address).status_code == 302
    assert 'class="linked"' not in mine.get("/").text
    assert 'class="linked"' not in mine.get(f"/threads/{thread.pk}/").text
    actions.edit_message(Thread.objects.get(pk=thread.pk), by=cast.member, source=f"Still {site.url}/a")
    assert Thread.objects.get(pk=thread.pk).preview is None


def test_an_edit_that_changes_the_link_changes_the_preview(cast: Cast, site: Peer) -> None:
    thread = start(cast, f"{site.url}/a")
    first = thread.preview_id
    actions.edit_message(thread, by=cast.member, source=f"Now {site.url}/b")
    work_off()
    assert Thread.objects.get(pk=thread.pk).preview_id not in {first, None}
    actions.edit_message(thread, by=cast.member, source="No link")
    assert Thread.objects.get(pk=thread.pk).preview is None


def test_a_merged_thread_takes_its_preview_along(cast: Cast, site: Peer) -> None:
    thread, into = start(cast, f"{site.url}/a"), start(cast, "Hello")
    work_off()
    opening = actions.merge_thread(thread, into, by=cast.tender)
    assert Reply.objects.get(pk=opening.pk).preview_id == thread.preview_id
    assert "Van weekly" in browser_of(cast.member).get(f"/threads/{into.pk}/").text


def test_what_nobody_shows_is_forgotten_with_its_picture(
    cast: Cast, site: Peer, django_capture_on_commit_callbacks: Any
) -> None:
    kept, gone = start(cast, f"{site.url}/a"), start(cast, f"{site.url}/b")
    work_off()
    path = Preview.objects.get(pk=gone.preview_id).picture
    actions.remove_preview(gone, by=cast.member)
    with django_capture_on_commit_callbacks(execute=True):
        forget_previews.func()
    assert Preview.objects.count() == 2  # it may belong to what is being posted just now
    with time_machine.travel(kept.created_at + timedelta(hours=3)), django_capture_on_commit_callbacks(execute=True):
        forget_previews.func()
    assert [one.pk for one in Preview.objects.all()] == [kept.preview_id]
    with pytest.raises(FileNotFoundError):
        open_stored(path)
    open_stored(Preview.objects.get().picture).close()


def test_turned_off_nothing_is_fetched_nor_shown_and_all_is_forgotten(cast: Cast, site: Peer, settings: Any) -> None:
    thread = start(cast, f"{site.url}/a")
    waiting = start(cast, f"{site.url}/b")
    fetch_preview.func(thread.preview_id)
    settings.HEARD_PREVIEWS = False
    fetch_preview.func(waiting.preview_id)
    assert len(site.requests) == 2
    assert 'class="linked"' not in browser_of(cast.tender).get(f"/threads/{thread.pk}/").text
    assert 'class="linked"' not in browser_of(cast.tender).get("/").text
    with time_machine.travel(thread.created_at + timedelta(hours=3)):
        forget_previews.func()
    assert (Preview.objects.count(), Thread.objects.count()) == (0, 2)


def test_home_costs_no_query_more_for_links(cast: Cast, site: Peer, django_assert_num_queries: Any) -> None:
    for nth in range(3):
        start(cast, f"{site.url}/{nth}")
    work_off()
    browser = browser_of(cast.tender)
    with django_assert_num_queries(8):
        assert browser.get("/").text.count('class="linked"') == 3
    with django_assert_num_queries(6):
        browser.get("/")


def test_a_host_that_is_silent_is_not_waited_for_again_and_again(cast: Cast, settings: Any) -> None:
    settings.HEARD_OUTBOUND_ALLOW = ["127.0.0.1:9"]
    threads = [start(cast, f"Look: http://127.0.0.1:9/{nth}") for nth in range(4)]
    for thread in threads:
        assert actions.fetch_preview(thread.preview_id or 0)
    why = Preview.objects.order_by("pk").values_list("failed_because", flat=True)
    assert [one == "HostRests" for one in why] == [False, False, False, True]


def test_whatever_goes_wrong_with_a_page_ends_quietly_and_says_why(cast: Cast, caplog: Any) -> None:
    preview = Preview.objects.create(digest="x", url="http://[x/", wanted_at=timezone.now())
    assert not actions.fetch_preview(preview.pk)
    preview.refresh_from_db()
    assert preview.failed_because == "ValueError"
    assert preview.fetched_at is not None
