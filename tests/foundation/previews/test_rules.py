"""Which links are shown with their page, and which are nobody's but their reader's."""

from typing import Any

import pytest

from heard.foundation.previews.rules import first_link, may_fetch
from heard.plumbing.text import clean, render


class Nobody:
    """Links to nobody."""

    def people(self, handles: set[str]) -> dict[str, tuple[str, str]]:
        return {}

    def tag_url(self, tag: str) -> str:
        return f"/tags/{tag}/"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("See https://example.org/a?b=1&c=2, please", "https://example.org/a?b=1&c=2"),
        ("[words](http://example.org/x) and https://other.example/", "http://example.org/x"),
        ("#vans and mailto:a@example.org and a@example.org", ""),
        ("`https://example.org/` is code", ""),
        ("[own](/threads/1/) then https://example.org/ü", "https://example.org/%C3%BC"),
        ("![a picture](https://example.org/p.png)", "https://example.org/p.png"),
        ("Nothing", ""),
    ],
)
def test_the_first_link_that_leads_outside_counts(source: str, expected: str) -> None:
    assert first_link(render(source, link=Nobody()).html) == expected


def test_links_in_imported_html_are_found_alike() -> None:
    assert first_link(clean('<p><a href="https://example.org/x">x</a>')) == "https://example.org/x"


FINE = [
    *(
        "https://example.org/",
        "https://www.example.org/news/2026/11/24/a-story.html?page=2",
        "http://example.org:8080/",
    ),
    *("https://video.example/watch?v=dQw4w9WgXcQ&t=42s", "https://shop.example/?keyword=shoes&sort=price"),
    *("https://example.org/keynote", "https://example.org/resets-and-more", "https://example.org/acceptance"),
    "https://wiki.example/Token_(railway)",
]
SECRET = [
    *("https://a.example/x?token=abc", "https://a.example/x?access_token=abc", "https://a.example/?X-Amz-Signature=ab"),
    *(
        "https://a.example/?sig=abc&se=2026",
        "https://drive.example/file?resourcekey=0-abc",
        "https://a.example/?key=abc",
    ),
    *("https://a.example/?api_key=abc", "https://meet.example/j/123?pwd=abc", "https://a.example/?code=abc"),
    *("https://a.example/reset/abc", "https://a.example/password-reset?u=1", "https://a.example/unsubscribe/abc"),
    *("https://a.example/invite/abc", "https://a.example/accounts/login/", "https://a.example/confirm-email/abc"),
    *(
        "https://a.example/oauth2/authorize",
        "https://me:secret@a.example/",
        "https://a.example/?u=abcdefghijklmnop0123456789abcdefghijkl",
    ),
    *("https://a.example/%69nvite/x", "https://a.example/?Token=abc", "https://a.example/verify?x=1"),
]


@pytest.mark.parametrize("url", FINE)
def test_ordinary_pages_are_fetched(url: str) -> None:
    assert may_fetch(url)


@pytest.mark.parametrize("url", SECRET)
def test_what_was_meant_for_one_person_is_not(url: str) -> None:
    assert not may_fetch(url)


def test_heard_does_not_ask_itself(settings: Any) -> None:
    settings.HEARD_URL, settings.FURTHER_HOSTS = "https://heard.example.org", ["staff.example"]
    assert not may_fetch("https://heard.example.org/threads/1/")
    assert not may_fetch("http://HEARD.example.org.:8000/")
    assert not may_fetch("https://staff.example/")
    assert may_fetch("https://example.org/")


def test_nothing_is_fetched_where_previews_are_off(settings: Any) -> None:
    settings.HEARD_PREVIEWS = False
    assert not may_fetch("https://example.org/")
