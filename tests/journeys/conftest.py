"""A real browser before the real processes: `page_for("member")` is a page where a member is signed in.

A page that reports an error in its console, or that throws one, fails the test; what was on the screen when a test
failed lies in `test-results/`.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.journeys.answering import HAS, Opened, Ready, Watched, until
from tests.journeys.asking import ask
from tests.journeys.browsing import MISSING, chromium, flags
from tests.journeys.modules import scripts_served
from tests.journeys.running import Heard, running
from tests.journeys.watching import door

RESULTS = Path(__file__).parents[2] / "test-results"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 20_000
EXPECTED = re.compile(r"Failed to load resource|net::ERR_")

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Keeps what was on the screen when a test failed."""
    report = yield
    if report.failed and call.when == "call":
        RESULTS.mkdir(exist_ok=True)
        for number, page in enumerate(getattr(item, "pages", [])):
            page.screenshot(path=RESULTS / f"{re.sub(r'[^\w-]+', '-', item.name)}-{number}.png", full_page=True)
    return report


@pytest.fixture(scope="session")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    """All of Heard with the demo company in it, started once."""
    with running(tmp_path_factory.mktemp("heard"), demo=True) as it:
        yield it


@pytest.fixture(scope="session")
def url(heard: Heard) -> str:
    """Where it is, without a slash at the end."""
    return heard.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser; every person gets a context of their own in it."""
    where = chromium()
    assert where, MISSING
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=flags())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """What the browser keeps of each role once it has signed in."""
    return {}


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens a page in a context of its own; options are those of Playwright's `new_context`."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    request.node.pages = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 860}, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        # What has no address was said by axe's own script, whose styles the policy of the page refuses.
        page.on("console", lambda said: complaints.append(said.text) if is_error_of_ours(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        request.node.pages.append(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [said for said in complaints if not EXPECTED.search(said)] == []


def is_error_of_ours(said: ConsoleMessage) -> bool:
    return said.type == "error" and bool(said.location["url"])


@pytest.fixture
def page_for(new_page: Callable[..., Page], heard: Heard, sessions: dict[str, Any]) -> Callable[..., Page]:
    """Opens home as `member`, `leader` or `administrator`; each call is another browser of that person."""

    def opened(role: str, **options: Any) -> Page:
        if role not in sessions:
            page = new_page()
            sign_in(page, heard, *heard.people[role])
            sessions[role] = page.context.storage_state()
        page = new_page(storage_state=sessions[role], **options)
        page.goto(heard.url)
        return page

    return opened


@pytest.fixture(scope="session")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Another Heard with the demo company, behind two doors that see what comes; late tokens come after a second."""
    with door() as pages, door() as ballots:
        told = {"HEARD_URL": pages.url, "HEARD_BALLOT_URL": ballots.url, "HEARD_TOKEN_WAIT": "1"}
        with running(tmp_path_factory.mktemp("watched"), demo=True, **told) as heard:
            pages.upstream = ballots.upstream = heard.port
            heard.url = pages.url
            yield Watched(heard, pages, ballots)


@pytest.fixture
def watched(doors: Watched) -> Iterator[Watched]:
    """The same, and nothing came through the doors yet, or was spoiled."""
    doors.clear()
    yield doors
    doors.pages.spoil = doors.ballots.spoil = None


@pytest.fixture(scope="session")
def entered() -> dict[str, Any]:
    """What signing in there left in the browser of each role."""
    return {}


@pytest.fixture
def browser_of(new_page: Opened, watched: Watched, entered: dict[str, Any]) -> Opened:
    """Opens a page there, signed in, in a browser that has never been there before."""

    def opened(role: str = "member", **options: Any) -> Page:
        if role not in entered:
            page = new_page()
            sign_in(page, watched.heard, *watched.heard.people[role])
            entered[role] = {"cookies": page.context.storage_state()["cookies"], "origins": []}
            page.goto("about:blank")
        page = new_page(storage_state=entered[role], **options)
        page.goto(f"{watched.heard.url}/saved/")
        return page

    return opened


@pytest.fixture
def ready(browser_of: Opened, watched: Watched) -> Ready:
    """A page whose browser holds the token of a pulse that is open, and the pulse."""

    def made(role: str = "member", **options: Any) -> tuple[Page, str]:
        ballot = ask(watched.heard, hours=-2)
        page = browser_of(role, **options)
        until(page, HAS, ballot)
        return page, ballot

    return made


def sign_in(page: Page, heard: Heard, email: str, password: str) -> None:
    """Through the form, as a person does."""
    page.goto(f"{heard.url}/accounts/login/")
    give_password(page, email, password)


def give_password(page: Page, email: str, password: str) -> None:
    """Into the form that is shown."""
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/login" not in address)


@pytest.fixture(scope="session")
def scripts() -> Iterator[str]:
    """Where the browser's modules lie, and nothing of Heard beside them."""
    with scripts_served() as address:
        yield address


@pytest.fixture
def bare_page(new_page: Callable[..., Page], scripts: str) -> Page:
    """A page that can import them, and holds nothing else."""
    page = new_page()
    page.goto(scripts)
    return page


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Asserts that axe finds nothing on a page as it is now."""
    engine = Axe()

    def finds_nothing(page: Page) -> None:
        found = engine.run(page, options={"runOnly": AXE_RULES, "preload": False})
        assert found.violations_count == 0, found.generate_report()

    return finds_nothing
