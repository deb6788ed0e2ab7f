"""What pages say of themselves, however they say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.heads import Head, head_of


def head(html: str) -> Head:
    return head_of(f"<!doctype html><html><head>{html}</head><body><title>Not this</title>".encode())


def test_open_graph_comes_before_twitter_and_the_title() -> None:
    said = head(
        "<title>Plain</title><meta name=twitter:title content=T><meta property='og:title' content='Open &amp; shut'>"
        "<meta property=og:description content=D><meta property=og:site_name content=S>"
        "<meta property=og:image content='/a.png?b&amp;c'>"
    )
    assert said == Head("Open & shut", "D", "S", "/a.png?b&c")


def test_what_is_commented_out_is_not_said() -> None:
    assert head("<!-- <title>Old</title> <meta property=og:title content=Old> --><title>New</title>").title == "New"


def test_a_sign_in_quotes_ends_nothing() -> None:
    assert head("<meta property='og:title' content='Fish > chips' />").title == "Fish > chips"


def test_the_title_alone_will_do() -> None:
    assert head("<title>\n A  title&hellip;\n</title>") == Head("A title…")


def test_a_page_without_a_head_may_still_have_a_title() -> None:
    assert head_of(b"<p>Hello<title>Late</title>").title == "Late"
    assert head_of(b"Hello").title == ""


def test_what_turns_or_hides_letters_is_not_shown() -> None:
    assert head("<title>safe\u202egpj.exe\u200b\x07</title>").title == "safe gpj.exe"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<title>Ünïcode</title>".encode(), ""),
        ("<title>Ünïcode</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<meta charset=windows-1252><title>Ünïcode</title>".encode("windows-1252"), "text/html"),
        ("<meta http-equiv=x content='text/html; charset=utf-8'><title>Ünïcode</title>".encode(), ""),
        ("<title>Ünïcode</title>".encode("utf-16"), ""),
        ("<title>Ünïcode</title>".encode("utf-8-sig"), "text/html; charset=latin-1"),
        ("<title>Ünïcode</title>".encode(), "text/html; charset=nonsense"),
        ("<title>Ünïcode</title>".encode(), "text/html; charset=hex"),
    ],
)
def test_the_letters_of_a_page_are_read_as_it_says(body: bytes, kind: str) -> None:
    assert head_of(body, kind).title == "Ünïcode"


def test_japanese_is_read_in_its_old_clothes() -> None:
    body = "<meta charset=shift_jis><title>日本語</title>".encode("shift_jis")
    assert head_of(body).title == "日本語"


@given(st.binary(max_size=3_000), st.text(max_size=60))
def test_whatever_comes_something_comes_of_it(body: bytes, kind: str) -> None:
    said = head_of(b"<head><title>" + body, kind)
    assert "\n" not in said.title


HOSTILE = [
    b"<meta '" + b"a" * 1_500,
    b"<meta 'aaaaa",
    b"<",
    b"<!",
    b"<a ",
    b"<!--",
    b"&",
    b"<meta ",
    b"<title>",
    b"</",
    b"<![",
    b"<?",
    b"<x a=",
    b"<meta content='",
    b"-->",
    b"&#1",
    b"""<meta name=og:title ' content="'&#""" + b"1" * 5_000 + b"""' "'>""",
]


@pytest.mark.parametrize("number", ["#" + "1" * 1_900, "#x" + "F" * 1_900, "#" + "1" * 1_900 + ";", "#" + "0" * 5_000])
def test_a_number_that_means_no_letter_is_shown_as_none(number: str) -> None:
    said = head_of(f"<title>Soup &{number}</title><meta name=description content='&{number}'>".encode())
    assert said.title.startswith("Soup")
    assert head_of(b"<title>&#83;oup &amp; &#x42;read").title == "Soup & Bread"


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_page_that_is_all_riddles_is_read_all_the_same(piece: bytes) -> None:
    assert isinstance(head_of(piece * (1_000_000 // len(piece))), Head)
