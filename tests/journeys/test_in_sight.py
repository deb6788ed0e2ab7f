"""What can be chosen on the page for answering is in sight, and takes no more steps than it has to."""

import pytest
from playwright.sync_api import expect

from tests.journeys.answering import HAS, PHONE, Ready, Watched, answer_all, pick, send, to_answer, until
from tests.journeys.asking import ASKED, ask, counted

IN_SIGHT = """(one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return one.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""
"""Whether a thumb reaches it where it is."""
COVERS = """(foot, name) => {
  const [a, b] = [foot, document.querySelector(name)].map((one) => one.getBoundingClientRect());
  return a.top < b.bottom && b.top < a.bottom;
}"""
"""Whether one lies over the other."""


@pytest.mark.parametrize("height", [640, 844])
def test_whoever_is_told_to_choose_or_say_nothing_sees_how_to_say_nothing(
    ready: Ready, watched: Watched, height: int
) -> None:
    page, ballot = ready(**(PHONE | {"viewport": {"width": 390, "height": height}}))
    to_answer(page, watched, ballot)
    pick(page, "8", str(ASKED[1]["text"]))
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".asking [role=alert]")).to_contain_text("Choose one, or say that you would rather not")
    assert page.locator(".rather-not").evaluate(IN_SIGHT)
    assert page.locator(".asking [role=alert]").evaluate(IN_SIGHT)


def test_on_a_laptop_nothing_covers_what_may_be_kept(ready: Ready, watched: Watched) -> None:
    page, ballot = ready(viewport={"width": 1366, "height": 768})
    to_answer(page, watched, ballot)
    answer_all(page, "More people at night.\n" * 8)
    for place in range(0, 1200, 40):
        page.evaluate("(place) => scrollTo(0, place)", place)
        assert page.locator(".asking footer").evaluate(COVERS, ".asking .check") is False


def test_one_question_alone_is_sent_from_its_own_page(ready: Ready, watched: Watched) -> None:
    ballot = ask(watched.heard, "One thing", ASKED[1:2], hours=-2)
    page, _other = ready(**PHONE)
    until(page, HAS, ballot)
    to_answer(page, watched, ballot)
    send(page)
    expect(page.locator(".asking [role=alert]")).to_contain_text("Choose one")
    page.locator(".asking").get_by_text("Agree", exact=True).click()
    send(page)
    expect(page.get_by_role("heading", name="Your answers have arrived")).to_be_visible()
    assert counted(watched.heard, ballot) == {"used": 1, "answers": 1}
