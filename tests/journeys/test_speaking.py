"""Speaking unasked, in a real browser: written, found again by its receipt, answered at the desk, opened, voted on."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.asking import python
from tests.journeys.conftest import sign_in
from tests.journeys.receipts import stays_when_it_is_left, the_receipt_stays_until_it_is_kept
from tests.journeys.running import Heard, running
from tests.journeys.talking import a_picture
from tests.journeys.voices import COMPANY, HAS_TOKEN, MONTH, NAME, SEALED, SETTLE, VOTE
from tests.journeys.walking import overflow

Opened = Callable[..., Page]
Axed = Callable[[Page], None]
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
PASSPHRASE = "correct horse battery staple"
CONCERN = "The new rota came out four days before it started. On Tuesday's night shift three of us could not plan."
TO_ALL = "A rota should come out two weeks before it starts."


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    """Two units of twelve, two listeners who have no key yet, and tokens that come at once."""
    with running(tmp_path_factory.mktemp("spoken"), demo=False, HEARD_TOKEN_WAIT="1") as it:
        python(it, COMPANY)
        yield it


def signed_in(new_page: Opened, heard: Heard, name: str, **options: Any) -> Page:
    page = new_page(**options)
    sign_in(page, heard, f"{name}@example.org", "a rather long password")
    return page


def make_key(page: Page, heard: Heard) -> None:
    page.goto(f"{heard.url}/desk/key/")
    page.locator("#make-passphrase").fill(PASSPHRASE)
    page.locator("#make-again").fill(PASSPHRASE)
    page.get_by_role("button", name="Make my key").click()
    page.get_by_text("You have a key").wait_for()


def opens_a_receipt(page: Page, heard: Heard, digits: str) -> None:
    page.goto(f"{heard.url}/speak/#receipt")
    page.locator("#digits").fill(digits)
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_role("heading", name="Your conversation").wait_for()


def token_came(page: Page, heard: Heard, what: str) -> None:
    """Waits, as a person who reads on, until the browser has a token that it can use now."""
    page.goto(f"{heard.url}/saved/")
    for _second in range(60):
        if page.evaluate(HAS_TOKEN, what):
            return
        page.wait_for_timeout(1_000)
    raise AssertionError(f"no token came for a {what}")


def test_one_speaks_unasked_is_answered_and_opens_it(new_page: Opened, heard: Heard, axe: Axed) -> None:
    two_listeners_make_their_keys(new_page, heard, axe)
    digits = a_member_speaks_as_one_of_their_group(new_page, heard, axe)
    python(heard, SETTLE)
    a_listener_reads_it_and_replies(new_page, heard, axe)
    the_writer_comes_back_from_another_browser(new_page, heard, axe, digits)
    what_a_listener_has_read_is_opened(new_page, heard, axe, digits)
    a_listener_named_meanwhile_reads_nothing_before_the_writer_agrees(new_page, heard, axe, digits)
    another_votes_on_it(new_page, heard, axe, python(heard, VOTE, TO_ALL).strip())
    the_conversation_says_what_became_of_it(new_page, heard, digits)
    nothing_that_is_kept_holds_a_word_of_it(heard, digits)


def two_listeners_make_their_keys(new_page: Opened, heard: Heard, axe: Axed) -> None:
    says_instead(new_page(), heard, "Nobody listens here yet")
    for name in ("ines.ear", "lars.ear"):
        page = signed_in(new_page, heard, name)
        page.goto(f"{heard.url}/desk/key/")
        axe(page)
        page.locator("#make-passphrase").fill("short")
        page.get_by_role("button", name="Make my key").click()
        expect(page.get_by_text("at least twelve characters.", exact=False).last).to_be_visible()
        make_key(page, heard)


def says_instead(page: Page, heard: Heard, words: str) -> None:
    """What somebody finds who cannot write here."""
    page.goto(f"{heard.url}/speak/#write")
    expect(page.get_by_role("heading", level=1, name=words)).to_be_visible()
    expect(page.locator("#write-text")).to_have_count(0)


def a_member_speaks_as_one_of_their_group(new_page: Opened, heard: Heard, axe: Axed) -> str:
    python(heard, MONTH)
    page = signed_in(new_page, heard, "operations.3", **PHONE)
    token_came(page, heard, "voice")
    page.goto(f"{heard.url}/speak/#write")
    expect(page.get_by_text("as a member of Operations, one of 12")).to_be_visible()
    for name in ("Ines Ear", "Lars Ear"):
        expect(page.locator("[data-slot=readers]")).to_contain_text(name)
    page.get_by_text("Report of wrongdoing", exact=True).click()
    expect(page.get_by_text("within seven days")).to_be_visible()
    page.get_by_text("Concern", exact=True).click()
    expect(page.get_by_text("within seven days")).to_be_hidden()
    page.get_by_role("button", name="Send without my name").click()
    expect(page.get_by_text("Write something first.")).to_be_visible()
    page.locator("#write-text").fill(CONCERN)
    expect(page.get_by_text("Write something first.")).to_be_hidden()
    expect(page.locator("mark")).to_have_count(2)
    expect(page.get_by_text("2 places may give you away.")).to_be_visible()
    axe(page)
    assert overflow(page) == []
    stays_when_it_is_left(page)
    expect(page.locator("#write-text")).to_have_value(CONCERN)
    page.locator("#write-pictures").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    page.get_by_role("button", name="Send without my name").click()
    expect(page.get_by_text("Only pictures can be added.")).to_be_visible()
    page.locator("#write-pictures").set_input_files(a_picture())
    page.get_by_role("button", name="Send without my name").click()
    page.get_by_role("heading", name="Your receipt").wait_for()
    axe(page)
    return the_receipt_stays_until_it_is_kept(page)


def test_a_wrong_receipt_opens_nothing_and_gives_no_hint(new_page: Opened, heard: Heard, axe: Axed) -> None:
    page = new_page()
    page.goto(f"{heard.url}/speak/#receipt")
    axe(page)
    page.locator("#digits").fill("1234")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text("A receipt has 20 digits.")).to_be_visible()
    page.locator("#digits").fill("1234 5678 9012 3456 7890")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text("No conversation opens with this receipt.")).to_be_visible()


def a_listener_reads_it_and_replies(new_page: Opened, heard: Heard, axe: Axed) -> None:
    page = signed_in(new_page, heard, "ines.ear")
    page.goto(f"{heard.url}/desk/")
    axe(page)
    page.get_by_role("link", name="Concern").click()
    page.locator("#passphrase").fill("something else entirely")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("This is not the passphrase of your key.")).to_be_visible()
    page.locator("#passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text(CONCERN)).to_be_visible()
    expect(page.get_by_alt_text("A picture that was added")).to_be_visible()
    page.locator("#reply").fill("You are right. Would two weeks be enough?")
    page.locator("form[data-way=replies] button").click()
    expect(page.locator(".say.listener")).to_have_text(re.compile("Would two weeks be enough"))
    page.get_by_text("Note to the other listeners", exact=True).click()
    page.locator("#note").fill("Ask the planners.")
    page.get_by_role("button", name="Leave the note").click()
    expect(page.locator(".say.note")).to_have_text(re.compile("Ask the planners"))
    axe(page)
    assert overflow(page) == []


def the_writer_comes_back_from_another_browser(new_page: Opened, heard: Heard, axe: Axed, digits: str) -> None:
    page = new_page(**PHONE)
    opens_a_receipt(page, heard, digits)
    expect(page.get_by_text("Would two weeks be enough?")).to_be_visible()
    expect(page.get_by_text("Answered", exact=True)).to_be_visible()
    assert "Ask the planners" not in page.locator("main").inner_text()
    axe(page)
    assert overflow(page) == []
    page.get_by_text("Reply", exact=True).click()
    reply = page.locator("form[data-way=reply]")
    expect(reply.locator("[data-slot=readers]")).to_have_text("Ines Ear and Lars Ear")
    expect(reply.locator("[name=knows]")).to_be_hidden()
    page.locator("#reply-text").fill("Yes, if changes after that need our agreement.")
    stays_when_it_is_left(page)
    expect(page.locator("#reply-text")).to_have_value(re.compile("need our agreement"))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(page.locator("#digits")).to_have_value("")
    assert not re.search(f"Would two weeks|need our agreement|{digits}", page.content())
    opens_a_receipt(page, heard, digits)
    page.get_by_text("Reply", exact=True).click()
    page.locator("#reply-text").fill("Yes, if changes after that need our agreement.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".say.writer").last).to_contain_text("if changes after that")
    page.get_by_text("Ask the listeners to open it", exact=True).click()
    page.locator("#wish-text").fill(TO_ALL)
    page.get_by_role("button", name="Ask the listeners").click()
    expect(page.get_by_text("Asks that this is opened to everyone:")).to_be_visible()
    expect(page.locator("[data-slot=fate]").last).to_have_text(re.compile("It waits for a listener"))


def what_a_listener_has_read_is_opened(new_page: Opened, heard: Heard, axe: Axed, digits: str) -> None:
    python(heard, SETTLE)
    desk = signed_in(new_page, heard, "lars.ear")
    desk.goto(f"{heard.url}/desk/")
    desk.get_by_role("link", name="Concern").click()
    desk.locator("#passphrase").fill(PASSPHRASE)
    desk.get_by_role("button", name="Open").click()
    desk.get_by_text("Offer to open it to everyone", exact=True).click()
    expect(desk.locator("#offer")).to_have_value(TO_ALL)
    desk.get_by_role("button", name="I have read this").click()
    expect(desk.get_by_text("Offered to be opened to everyone, exactly so:")).to_be_visible()
    expect(desk.locator("[data-slot=fate]").last).to_have_text(re.compile("Not open so far"))

    writer = new_page()
    opens_a_receipt(writer, heard, digits)
    expect(writer.locator("blockquote")).to_have_text(TO_ALL)
    expect(writer.get_by_label("Say that it comes from Operations")).to_be_visible()
    expect(writer.locator("[data-slot=fate]").last).to_have_text(re.compile("unless you agree to exactly this"))
    axe(writer)
    writer.get_by_role("button", name="Open exactly this to everyone").click()
    expect(writer.locator("[data-slot=told]")).to_have_text(re.compile("It is open to everyone."))
    expect(writer.locator("[data-slot=fate]").last).to_have_text(re.compile("You agreed to this, and it is open"))
    expect(writer.locator("form[data-way=agree]")).to_be_hidden()
    expect(writer.get_by_text("Ask the listeners to open it", exact=True)).to_be_hidden()
    desk.reload()
    desk.locator("#passphrase").fill(PASSPHRASE)
    desk.get_by_role("button", name="Open").click()
    expect(desk.locator("[data-slot=fate]").last).to_have_text(re.compile("Not open so far"))


def a_listener_named_meanwhile_reads_nothing_before_the_writer_agrees(
    new_page: Opened, heard: Heard, axe: Axed, digits: str
) -> None:
    page = new_page(**PHONE)
    opens_a_receipt(page, heard, digits)
    said_before = python(heard, SEALED).strip()
    python(heard, NAME)
    page.get_by_text("Reply", exact=True).click()
    reply, send = page.locator("form[data-way=reply]"), page.get_by_role("button", name="Send", exact=True)
    page.locator("#reply-text").fill("One more thing, for the two of you.")
    for why in ("Who reads this has changed, so nothing was sent.", "Somebody reads this who did not read"):
        send.click()
        expect(reply.locator("[data-slot=error]")).to_contain_text(why)
        expect(page.locator("#reply-text")).to_have_value("One more thing, for the two of you.")
    expect(reply.locator("[data-slot=readers]")).to_contain_text("Zoe Ear")
    expect(reply.locator("[data-slot=strangers]")).to_have_text(re.compile("new key: Zoe Ear$"))
    axe(page)
    assert overflow(page) == []
    assert python(heard, SEALED).strip() == said_before
    reply.locator("[name=knows]").check()
    send.click()
    expect(page.locator(".say.writer").last).to_contain_text("One more thing")
    assert python(heard, SEALED).strip() == f"{said_before[:-1]}, 4]"
    page.get_by_text("Reply", exact=True).click()
    expect(page.locator("form[data-way=reply] [data-slot=readers]")).to_contain_text("Zoe Ear")
    expect(page.locator("form[data-way=reply] [name=knows]")).to_be_hidden()


def another_votes_on_it(new_page: Opened, heard: Heard, axe: Axed, ballot: str) -> None:
    voter = signed_in(new_page, heard, "sales.4")
    voter.goto(f"{heard.url}/opened/")
    expect(voter.locator("article", has_text=TO_ALL).locator("blockquote")).to_have_text(TO_ALL)
    axe(voter)
    assert overflow(voter) == []
    token_came(voter, heard, "vote")
    voter.goto(f"{heard.url}/opened/")
    voter.locator("article", has_text=TO_ALL).get_by_role("link", name="Vote", exact=True).click()
    voter.wait_for_url(re.compile("#answer$"))
    expect(voter.locator(".asking header")).to_contain_text("What a colleague says")
    expect(voter.get_by_text("I would rather not say")).to_have_count(0)
    voter.get_by_text("Pass", exact=True).click()
    voter.get_by_text("Agree", exact=True).click()
    voter.get_by_role("button", name="Send without my name").click()
    expect(voter.get_by_role("heading", name="Your answers have arrived")).to_be_visible()


def the_conversation_says_what_became_of_it(new_page: Opened, heard: Heard, digits: str) -> None:
    writer, desk = new_page(), signed_in(new_page, heard, "ines.ear")
    opens_a_receipt(writer, heard, digits)
    desk.goto(f"{heard.url}/desk/")
    desk.get_by_role("link", name="Concern").click()
    desk.locator("#passphrase").fill(PASSPHRASE)
    desk.get_by_role("button", name="Open").click()
    for page in (writer, desk):
        offer = page.locator(".say", has_text="Offered to be opened").last
        expect(offer).to_contain_text("Colleagues vote on it until")
        way = offer.get_by_role("link", name="See it where all see it").get_attribute("href")
    seen = desk.context.new_page()
    seen.goto(f"{heard.url}{way}")
    expect(seen.locator("article:target blockquote")).to_have_text(TO_ALL)


def nothing_that_is_kept_holds_a_word_of_it(heard: Heard, digits: str) -> None:
    """Every byte of every file: tables, what the database left behind, logs."""
    kept = b"\n".join(path.read_bytes() for path in heard.folder.rglob("*") if path.is_file())
    for words in ("new rota", "Tuesday", "two weeks be enough", "Ask the planners", "need our agreement"):
        assert words.encode() not in kept
        assert words.encode().hex().encode() not in kept.lower()
    assert digits.encode() not in kept
    assert digits.replace(" ", "").encode() not in kept
    assert TO_ALL.encode() in kept
