"""An administrator moves an archive in: reads what will come, watches, walks through the result, and takes it back."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.features.arrivals.exports import a_zip
from tests.journeys.running import Heard
from tests.journeys.talking import a_name, a_picture

Opened = Callable[..., Page]
SETS = Path(__file__).resolve().parents[3] / "shared" / "data" / "conversations"
BEGAN = 1_577_836_800_000
REPLIES = 40


@pytest.fixture
def archive(tmp_path: Path) -> tuple[Path, str]:
    """A bulk export of Mattermost with one long thread (code, a picture, reactions), and its channel's name."""
    name = a_name("Ovens")
    team = {"name": "bakery", "display_name": "Bakery", "type": "O"}
    channel = {"team": "bakery", "name": "ovens", "display_name": name, "type": "O"}
    belongs = [{"name": "bakery", "channels": [{"name": "ovens"}]}]
    people = [
        {"username": who, "email": f"{who}@old.example", "first_name": who.title(), "last_name": "Ek", "teams": belongs}
        for who in ("anna", "bo")
    ]
    replies = [
        {"user": "bo", "message": f"Reply {nth}, after **all**", "create_at": BEGAN + 1000 * nth}
        for nth in range(1, REPLIES + 1)
    ]
    post = {
        "team": "bakery",
        "channel": "ovens",
        "user": "anna",
        "message": "How do we heat it?\n\n```python\ndef heat(oven):\n    return oven.degrees + 1\n```",
        "create_at": BEGAN,
        "reactions": [{"user": "bo", "emoji_name": "fire", "create_at": BEGAN + 5}],
        "attachments": [{"path": "data/oven.png"}],
        "replies": replies,
    }
    lines = [{"type": "version", "version": 1}, {"type": "team", "team": team}, {"type": "channel", "channel": channel}]
    lines += [{"type": "user", "user": person} for person in people]
    lines += [{"type": "post", "post": post}]
    picture = a_picture()["buffer"]
    members = {"import.jsonl": "\n".join(map(json.dumps, lines)), "data/oven.png": picture}
    return a_zip(tmp_path / "bakery.zip", members), name


def hand_in(page: Page, url: str, path: Path) -> str:
    """Uploads a file and waits until it was read through; the address of its page."""
    page.goto(f"{url}/arrivals/")
    page.locator("[type=file]").set_input_files(path)
    page.get_by_role("button", name="Read it through").click()
    page.wait_for_url(re.compile(r"/arrivals/\d+/"))
    expect(page.get_by_role("heading", name="What will come")).to_be_visible()
    return page.url


def test_in_walked_through_back_and_in_again(page_for: Opened, url: str, archive: tuple[Path, str]) -> None:
    path, name = archive
    page = page_for("administrator")
    for _time in range(2):
        run = hand_in(page, url, path)
        expect(page.get_by_text("not yet tried on a real export")).to_be_visible()
        page.get_by_role("button", name="Bring it in").click()
        expect(page.get_by_role("heading", name="Communities that came")).to_be_visible()

        page.get_by_role("link", name=name).click()
        page.locator(".thread").get_by_role("link", name=re.compile(f"{REPLIES} replies")).click()
        expect(page.locator("pre code")).to_contain_text("return oven.degrees + 1")
        expect(page.locator("article.thread img[src*=files]").first).to_be_visible()
        expect(page.get_by_text("🔥").first).to_be_visible()
        expect(page.get_by_text(f"Reply {REPLIES}, after all")).to_be_visible()

        page.goto(run)
        page.get_by_role("button", name="Take it back").click()
        page.get_by_role("button", name="Yes, go on").click()
        page.wait_for_load_state()
        expect(page.locator("#now").get_by_text("taken back", exact=True)).to_be_visible()
        page.goto(f"{url}/communities/?q={name.replace(' ', '+')}")
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)


@pytest.mark.skipif(not SETS.is_dir(), reason="the real archives are not beside this checkout")
def test_staff_go_on_talking_in_what_a_real_archive_brought(page_for: Opened, heard: Heard, url: str) -> None:
    told = heard.answers("import", "slack", str(SETS / "slack-10academy-33channels.zip"))
    assert told["threads"] + told["replies"] + sum(told["skipped"].values()) == 17_606
    leader, member = page_for("leader"), page_for("member")
    leader.goto(f"{url}/communities/?q=all-week1")
    address = leader.locator("#found a[href^='/communities/']").first.get_attribute("href")
    for page in (leader, member):
        page.goto(f"{url}{address}")
        page.get_by_role("button", name="Join").click()
        expect(page.get_by_text("You belong")).to_be_visible()
    leader.locator(".thread a[href^='/threads/']").first.click()
    leader.wait_for_url("**/threads/*/")
    member.goto(leader.url)
    leader.locator("#reply [name=source]").fill("Is this still how we do it?")
    leader.locator("#reply").get_by_role("button", name="Reply").click()
    expect(member.locator("#replies").get_by_text("Is this still how we do it?")).to_be_visible()
    member.locator("#reply [name=source]").fill("It is, and it **works**.")
    member.locator("#reply").get_by_role("button", name="Reply").click()
    expect(leader.locator("#replies").get_by_text("It is, and it works.")).to_be_visible()
    heard.says("import", "--undo", str(told["run"]))
    leader.goto(member.url)
    expect(leader.get_by_text("It is, and it works.")).to_be_visible()
