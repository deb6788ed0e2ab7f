"""Answering without a name, as a thumb does it, and what a browser keeps for it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.asking import ASKED
from tests.journeys.running import Heard
from tests.journeys.watching import Door, Seen

Opened = Callable[..., Page]
Ready = Callable[..., tuple[Page, str]]
PIN = "blue gate 7"
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
STORED = """async () => {
  const opening = indexedDB.open("heard-tokens");
  opening.onupgradeneeded = () => opening.transaction.abort();
  const base = await new Promise((done) => {
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => done(null);
  });
  if (!base) return [];
  const asked = base.transaction("tokens").objectStore("tokens").getAll();
  await new Promise((done) => { asked.onsuccess = done; });
  base.close();
  return asked.result.filter(({ signed }) => signed).map(({ ballot }) => ballot);
}"""
KEPT_AS = """async (name) => {
  const opening = indexedDB.open("heard-tokens");
  opening.onupgradeneeded = () => opening.transaction.abort();
  const base = await new Promise((done) => {
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => done(null);
  });
  if (!base) return null;
  const kept = base.transaction("kept").objectStore("kept");
  const [names, values] = [kept.getAllKeys(), kept.getAll()];
  await new Promise((done) => { kept.transaction.oncomplete = done; });
  base.close();
  return values.result.find((_, at) => names.result[at].startsWith(name)) ?? null;
}"""
"""What this browser remembers under a name that begins so."""
DUE = """async () => {
  const opening = indexedDB.open("heard-tokens");
  await new Promise((done) => { opening.onsuccess = done; });
  const kept = opening.result.transaction("kept", "readwrite").objectStore("kept");
  const names = kept.getAllKeys();
  await new Promise((done) => { names.onsuccess = done; });
  for (const name of names.result) if (name.startsWith("due:")) kept.delete(name);
  await new Promise((done) => { kept.transaction.oncomplete = done; });
  opening.result.close();
}"""
"""Has the next page look for tokens at once."""
KEPT = "() => caches.match('/speak/kept.json').then(Boolean)"
HAS = f"async (ballot) => (await ({STORED})()).includes(ballot)"


@dataclass
class Watched:
    """Heard behind two doors: one for its pages, one for the addresses that know nobody."""

    heard: Heard
    pages: Door
    ballots: Door

    def clear(self) -> None:
        """Forgets what came through so far."""
        self.pages.seen.clear()
        self.ballots.seen.clear()

    def answers(self) -> list[Seen]:
        """What was handed in."""
        return [one for one in self.ballots.seen if one.path.endswith("/redeem/")]


def until(page: Page, so: str, argument: str = "") -> None:
    """Waits until what a script promises is so."""
    for _attempt in range(150):
        if page.evaluate(so, argument):
            return
        page.wait_for_timeout(100)
    raise AssertionError(so)


def to_answer(page: Page, watched: Watched, ballot: str) -> None:
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.locator(".asking h1")).to_be_visible()


def pick(page: Page, words: str, then: str) -> None:
    """Chooses, goes on, and waits for the next heading."""
    page.locator(".asking").get_by_text(words, exact=True).click()
    go_on(page, then)


def go_on(page: Page, then: str) -> None:
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".asking h1")).to_have_text(then)


def answer_all(page: Page, comment: str = "More people at night.") -> None:
    """Four screens, as a thumb does it."""
    expect(page.locator(".asking h1")).to_have_text(str(ASKED[0]["text"]))
    pick(page, "8", str(ASKED[1]["text"]))
    pick(page, "Disagree", str(ASKED[2]["text"]))
    pick(page, "I would rather not say", str(ASKED[3]["text"]))
    page.locator(".asking textarea").fill(comment)
    go_on(page, "This is what you send")


def send(page: Page) -> None:
    page.get_by_role("button", name="Send without my name").click()


def choose_pin(page: Page) -> None:
    page.get_by_label("PIN, at least six characters").fill(PIN)
    page.get_by_label("Once more").fill(PIN)
    page.get_by_role("button", name="Mark as shared").click()
    expect(page.get_by_role("heading", name="This computer is shared")).to_be_visible()


def keep_the_token(page: Page, watched: Watched, ballot: str) -> None:
    """Answers, keeps the token, and goes to where it is kept."""
    to_answer(page, watched, ballot)
    answer_all(page)
    page.get_by_label("Keep my token afterwards").check()
    send(page)
    expect(page.locator("heard-answering")).to_contain_text("You asked to keep your token")
    page.goto(f"{watched.heard.url}/speak/#kept")
