"""What people do on pages, step by step as they do it, for journeys that begin with something said."""

import uuid
from io import BytesIO

from PIL import ExifTags, Image
from playwright.sync_api import Page


def a_name(begins: str) -> str:
    """A name that nobody else gave to anything."""
    return f"{begins} {uuid.uuid4().hex[:8]}"


def a_picture(width: int = 320, height: int = 200) -> dict[str, str | bytes]:
    """A picture as a file input takes it."""
    drawn = BytesIO()
    Image.new("RGB", (width, height), (0, 105, 106)).save(drawn, "PNG")
    return {"name": "loading bay.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


def a_photograph(width: int = 320, height: int = 200) -> dict[str, str | bytes]:
    """A picture as a telephone takes it, lying on its side, which says where, when and by whom it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Telephone of Mina"
    exif[ExifTags.Base.DateTime] = "2026:11:24 14:37:11"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (38.0, 43.0, 0.0)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "W", (9.0, 8.0, 0.0)
    taken = BytesIO()
    picture = Image.new("RGB", (width, height), (0, 105, 106))
    picture.save(taken, "JPEG", exif=exif, xmp=b"<x:xmpmeta>Mina was here</x:xmpmeta>", comment=b"Taken by Mina")
    return {"name": "IMG of Mina.jpg", "mimeType": "image/jpeg", "buffer": taken.getvalue()}


def tells_nothing(picture: bytes) -> Image.Image:
    """Asserts that a JPEG holds no word but its pixels; the picture."""
    for trace in (b"Exif", b"Mina", b"GPS", b"2026:11", b"xmpmeta", b"Telephone"):
        assert trace not in picture
    opened = Image.open(BytesIO(picture))
    assert dict(opened.getexif()) == {}
    assert {*opened.info} <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "icc_profile"}
    opened.load()
    return opened


def start_community(page: Page, url: str) -> str:
    """Starts an open community in which nobody else is; its name."""
    name = a_name("Pallets")
    page.goto(f"{url}/communities/new/")
    page.locator("[name=name]").fill(name)
    page.locator("[name=description]").fill("Where they are, and who has them.")
    page.locator("[name=access][value=open]").check(force=True)
    page.get_by_role("button", name="Start it").click()
    page.get_by_role("heading", name=name, level=1).wait_for()
    page.wait_for_load_state()  # the words come before the scripts
    return name


def say(page: Page, words: str, title: str = "") -> str:
    """Starts a thread in the community whose page is shown; the thread's address."""
    page.locator("a.invite").click()
    page.locator("[name=title]").fill(title)
    page.locator("[name=source]").fill(words)
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/threads/*/")
    return page.url


def reply(page: Page, words: str) -> None:
    """Replies in the thread that is shown, and waits until the reply stands there."""
    page.locator("#reply [name=source]").fill(words)
    page.locator("#reply").get_by_role("button", name="Reply").click()
    page.locator("#replies").get_by_text(words).wait_for()
