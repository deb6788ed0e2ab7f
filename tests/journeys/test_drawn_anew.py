"""Pictures of a conversation without a name: drawn anew in the browser, so that they say nothing but what they show."""

from base64 import b64encode
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image
from playwright.sync_api import Page

from heard.plumbing.base64url import decode
from tests.journeys.talking import a_photograph, a_picture, tells_nothing

DRAWN = """async (files) => {
  const { drawnAnew } = await import("/confidence/pictures.js");
  const read = async ({ name, mimeType, base64 }) =>
    new File([await (await fetch(`data:application/octet-stream;base64,${base64}`)).blob()], name, { type: mimeType });
  return drawnAnew(await Promise.all(files.map(read))).catch((error) => error.reason);
}"""


def drawn(bare_page: Page, *files: dict[str, Any]) -> Any:
    """What would be sealed and sent of these files, or why they are refused."""
    chosen = [{**one, "base64": b64encode(one["buffer"]).decode()} for one in files]
    return bare_page.evaluate(DRAWN, [{name: one[name] for name in ("name", "mimeType", "base64")} for one in chosen])


def test_where_when_and_by_whom_a_photograph_was_taken_is_not_in_what_is_sent(bare_page: Page) -> None:
    photograph = a_photograph()
    before = Image.open(BytesIO(bytes(photograph["buffer"]))).getexif()
    assert before.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] == (38.0, 43.0, 0.0)
    (sent,) = drawn(bare_page, photograph)
    assert {*sent} == {"type", "data"}
    assert sent["type"] == "image/jpeg"
    assert tells_nothing(decode(sent["data"])).size == (200, 320)


def test_a_picture_of_another_kind_becomes_one_of_the_same_kind(bare_page: Page) -> None:
    (sent,) = drawn(bare_page, a_picture())
    assert tells_nothing(decode(sent["data"])).format == "JPEG"


def test_what_is_no_picture_is_refused_with_the_reason(bare_page: Page) -> None:
    letter = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 by Mina"}
    drawing = {
        "name": "drawing.svg",
        "mimeType": "image/svg+xml",
        "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    broken = {"name": "broken.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff broken"}
    assert [drawn(bare_page, one) for one in (letter, drawing, broken)] == ["type", "type", "unpicturable"]
    assert drawn(bare_page, a_picture(), letter) == "type"
    assert drawn(bare_page, a_picture(), a_picture(), a_picture()) == "many"
