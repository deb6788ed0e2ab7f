"""What files are and what they are called."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from heard.plumbing.files import disposition, safe_name, sniff


def picture(kind: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, kind)
    return file.getvalue()


def a_zip() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_picture_is_one_whatever_it_is_called(kind):
    assert sniff(picture(kind), "report.pdf") == (f"image/{kind.lower()}", True)


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (b"%PDF-1.7", "a.png", "application/pdf"),
        (b"words", "a.png", "text/plain"),
        (b"a;b", "a.CSV", "text/csv"),
        ("é".encode() * 4_000, "a.md", "text/markdown"),
        (b"x" + "é".encode() * 4_000, "a", "text/plain"),
        (b"", "", "text/plain"),
        (b"<html><script>alert(1)</script>", "a.html", "text/plain"),
        (b"<svg onload=alert(1)>", "a.svg", "text/plain"),
        (b"<?xml version='1.0'?>", "a.xhtml", "text/plain"),
        (b"alert(1)", "a.js", "text/plain"),
        (a_zip(), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (a_zip(), "a.html", "application/zip"),
        (a_zip(), "a.png", "application/zip"),
        (b"\0\0\0\x18ftypheic", "a.heic", "image/heic"),
        (b"\0\0\0\x18ftypisom", "a.mov", "video/mp4"),
        (b"\xff\xfe\x00\x01", "a.txt", "application/octet-stream"),
        (b"\x1b\x00", "a.txt", "application/octet-stream"),
        (b"RIFF\0\0\0\0WAVE", "a", "audio/wav"),
    ],
)
def test_any_other_file_is_what_it_begins_like(content, name, mime):
    assert sniff(BytesIO(content), name) == (mime, False)


def test_a_file_is_left_at_its_beginning():
    file = BytesIO(b"words")
    file.read(3)
    sniff(file)
    assert file.tell() == 0


@given(st.binary(), st.text())
def test_nothing_is_ever_a_type_that_a_browser_runs(content, name):
    mime, _ = sniff(content, name)
    assert not any(word in mime for word in ("html", "svg", "javascript", "/xml"))


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\joana\\plan.docx", "plan.docx"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        (" ..hidden. ", "hidden"),
        ("Übersicht  März.xlsx", "Übersicht März.xlsx"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("مرحبا.png", "مرحبا.png"),
        ("\ud800.png", "png"),
    ],
)
def test_a_name_is_safe_to_save_under(given_name, safe):
    assert safe_name(given_name) == safe


@given(st.text())
def test_every_name_becomes_one_line_of_a_header(name):
    header = disposition(name)
    assert header.startswith("attachment; filename")
    assert header.isascii()
    assert header.isprintable()
    assert 1 <= len(safe_name(name)) <= 120
    assert not set(safe_name(name)) & set('/\\\0<>:"|?*')


def test_a_name_travels_in_any_script():
    assert disposition("März.pdf") == "attachment; filename*=utf-8''M%C3%A4rz.pdf"
    assert disposition('a".png', inline=True) == 'inline; filename="a.png"'
