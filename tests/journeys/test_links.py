"""A link becomes a card with title and picture while its reader looks on, and its writer takes the card away."""

from http.server import BaseHTTPRequestHandler
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import sign_in
from tests.journeys.running import running
from tests.plumbing.outbound.peers import page, peer

HTML = b"""<title>Loading a van</title><meta property="og:site_name" content="Van weekly">
<meta property="og:image" content="/van.png">"""


def answers(to: BaseHTTPRequestHandler) -> None:
    """The page, and its picture."""
    picture = BytesIO()
    Image.new("RGB", (600, 300), "teal").save(picture, "PNG")
    (page(picture.getvalue(), "image/png") if to.path == "/van.png" else page(HTML))(to)


def test_a_link_is_shown_with_its_page_and_without_it_again(browser: Browser, tmp_path: Path) -> None:
    with peer(answers) as site, running(tmp_path, demo=True, HEARD_OUTBOUND_ALLOW=site.allowed) as heard:
        context = browser.new_context(locale="en-GB")
        said = context.new_page()
        sign_in(said, heard, *heard.people["member"])
        said.goto(f"{heard.url}/write/")
        said.locator("select[name=community]").select_option(index=1)
        said.locator("textarea[name=source]").fill(f"Worth five minutes: {site.url}/story")
        said.locator(".composer .btn[type=submit]").click()
        said.wait_for_url("**/threads/**")
        card = said.locator("#head .linked")
        expect(card).to_contain_text("Loading a van")
        expect(card).to_contain_text("Van weekly · 127.0.0.1")
        assert card.locator("img").evaluate("async (it) => { await it.decode(); return it.naturalWidth }") == 600
        assert [path for _, path, _, _ in site.requests] == ["/story", "/van.png"]
        said.locator("#head .menu summary").click()
        said.get_by_role("button", name="Show the link only").click()
        expect(said.locator(".flash")).to_contain_text("Only the link is shown now.")
        expect(card).to_have_count(0)
        context.close()
