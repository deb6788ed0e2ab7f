"""A token on paper: what the printer gets is enough to answer elsewhere, and nothing of the page round it."""

from playwright.sync_api import expect

from tests.journeys.answering import Ready, Watched
from tests.journeys.asking import ASKED
from tests.journeys.codes import PATH, words_of

PRINTED = "window.print = () => { window.printed = (window.printed ?? 0) + 1; }"


def test_what_is_printed_of_a_token_holds_it_its_address_and_what_is_asked(ready: Ready, watched: Watched) -> None:
    page, ballot = ready()
    page.add_init_script(PRINTED)
    page.goto(f"{watched.heard.url}/speak/#carry={ballot}")
    page.reload()
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("printed") == 1
    token = page.locator(".carried .secret").inner_text()

    page.emulate_media(media="print")

    paper = page.locator("body").inner_text()
    assert token.startswith("heard1.")
    assert len(token) > 400
    assert token in paper
    assert f"{watched.heard.url}/speak/" in paper
    for question in ASKED:
        assert str(question["text"]) in paper
    numbered = page.locator(".carried [data-asked] > ol")
    expect(numbered.locator("> li")).to_have_count(len(ASKED))
    expect(numbered.locator("ol > li")).to_have_text(["Early", "Late", "Night"])
    marks = "(one) => getComputedStyle(one).listStyleType"
    assert (numbered.evaluate(marks), numbered.locator("ol").evaluate(marks)) == ("decimal", "upper-alpha")
    expect(page.locator(".carried h2")).to_have_text("Autumn pulse")
    code = page.locator(".carried-code path")
    expect(code).to_be_visible()
    assert token in words_of(code.evaluate(PATH))
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.locator(".carried .secret").evaluate("(one) => one.scrollWidth <= one.clientWidth")
