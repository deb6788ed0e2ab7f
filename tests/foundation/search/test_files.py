"""Files are found by their names and by the words in them; what cannot be read is said, and holds nothing up."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult
from pypdf import PdfWriter

from heard.foundation.conversation.actions import attach, start_thread
from heard.foundation.search.actions import read_file, take_changes
from heard.foundation.search.models import Reading
from heard.foundation.search.queries import find
from heard.foundation.search.rules import understood
from heard.plumbing.reading import NotRead, Reason, text_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 53>>stream
BT /F 12 Tf 20 200 Td (Minutes of the zeppelin) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R/Size 6>>
startxref
0
%%EOF
"""


def zipped(**parts: bytes) -> bytes:
    """An Office file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def docx(text: str) -> bytes:
    """A document of one paragraph."""
    said = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    return zipped(word__document=said.encode())


def hang(cast: Cast, name: str, content: bytes) -> int:
    """A thread with a file on it; gives the file's number."""
    file = attach(SimpleUploadedFile(name, content), by=cast.member)
    start_thread(community=cast.council, by=cast.member, source="Have a look", files=[file.code])
    return file.pk


def work() -> None:
    """Everything that is queued for the worker is done."""
    take_changes()
    for row in DBTaskResult.objects.filter(task_path="heard.foundation.search.tasks.read_file"):
        read_file(*row.args_kwargs["args"])
    take_changes()


@pytest.mark.parametrize(("name", "content"), [("minutes.pdf", PDF), ("minutes.docx", docx("Of the zeppelin"))])
def test_words_in_files_are_found_by_those_who_may_read_them(cast: Cast, name: str, content: bytes) -> None:
    hang(cast, name, content)
    work()
    [hit] = find(cast.member, understood("zeppelin")).hits
    assert (hit.kind, str(hit.title)) == ("file", name)
    assert "<mark>zeppelin</mark>" in hit.passage
    assert len(find(cast.member, understood("minutes has:file kind:file")).hits) == 1
    assert find(cast.outsider, understood("zeppelin")).hits == []


def bomb() -> bytes:
    """A document of nothing much, two hundred megabytes of it."""
    return zipped(word__document=b'<w:document xmlns:w="x">' + b" " * 200_000_000)


def laughs() -> bytes:
    """A billion of them."""
    more = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return zipped(word__document=f'<!DOCTYPE d [<!ENTITY a0 "ha">{more}]><d><t>&a9;</t></d>'.encode())


@pytest.mark.parametrize(
    ("content", "mime", "reason"),
    [
        (bomb, DOCX, Reason.TOO_MUCH),
        (laughs, DOCX, Reason.TOO_MUCH),
        (lambda: b"PK\x03\x04 and no more", DOCX, Reason.BROKEN),
        (lambda: b"%PDF-1.4 and no more", "application/pdf", Reason.BROKEN),
        (lambda: locked(), "application/pdf", Reason.LOCKED),
        (lambda: docx(""), DOCX, Reason.NOTHING),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path, content, mime, reason) -> None:  # type: ignore[no-untyped-def]
    place = tmp_path / "file"
    place.write_bytes(content())
    with place.open("rb") as file, pytest.raises(NotRead) as raised:
        text_of(file, mime)
    assert raised.value.reason == reason


def test_a_reader_that_takes_too_long_is_ended(tmp_path) -> None:  # type: ignore[no-untyped-def]
    place = tmp_path / "file"
    place.write_bytes(zipped(word__document=b'<d xmlns:w="x">' + b"<x/>" * 14_000_000))
    with place.open("rb") as file, pytest.raises(NotRead) as raised:
        text_of(file, DOCX, seconds=1)
    assert raised.value.reason == Reason.TOO_MUCH


def locked() -> bytes:
    """A PDF that opens with a password."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_why_a_file_was_not_read_stands_beside_it(cast: Cast) -> None:
    pk = hang(cast, "plan.pdf", b"%PDF-1.4 and no more")
    work()
    assert Reading.objects.get(pk=pk).why_not == "broken"
    [hit] = find(cast.member, understood("plan")).hits
    assert hit.unread_because == "Only its name is found: the file is damaged, or is not what its name says."
