"""What people do on pages, step by step as they do it, for journeys that begin with something said."""

import uuid
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page


def a_name(begins: str) -> str:
    """A name that nobody else gave to anything."""
    return f"{begins} {uuid.uuid4().hex[:8]}"


def a_picture(width: int = 320, height: int = 200) -> dict[str, str | bytes]:
    """A picture as a file input takes it."""
    drawn = BytesIO()
    Image.new("RGB", (width, height), (0, 105, 106)).save(drawn, "PNG")
    return {"name": "loading bay.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


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
