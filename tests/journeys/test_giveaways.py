"""What may give a writer away, as the browser finds it in a text."""

from playwright.sync_api import Page

FOUND = """async (texts) => {
  const { giveaways } = await import("/confidence/giveaways.js");
  return texts.map((text) => giveaways(text).map(({ start, end }) => text.slice(start, end)));
}"""
GIVES_AWAY = {
    "Sanjay hides the overtime.": ["Sanjay"],
    "Erin says nobody may leave early.": ["Erin"],
    "It was late. Greta told me to wait.": ["Greta"],
    "Maya was there": ["Maya"],
    "Zoë’s list lay open.": ["Zoë’s"],
    "Anne-Marie and I were asked to sign.": ["Anne-Marie"],
    "Erin Calloway left it on the desk.": ["Erin Calloway"],
    "I wrote to Erin Calloway.": ["I wrote to Erin Calloway"],
    "In London nobody knows.": ["London"],
    "On the 3rd I fell.": ["3rd"],
    "It broke on the 21st, and on the 3rd of May.": ["21st", "3rd of May"],
    "We are three on nights.": ["We are three"],
    "We’re four.": ["We’re four"],
    "On Tuesday's night shift three of us could not plan.": ["Tuesday's night shift", "three of us"],
}
GIVES_NOTHING_AWAY = [
    "The manager told us. This is known. There is no light. It’s dark, and that's all.",
    "Nobody says so. What's that? Who is there? Everybody knows.",
    "Management is never there. Overtime was not paid. Training has failed. Communication is poor.",
    "Frankly I've had enough. Today I’m off, and I’ll stay off.",
    "We are two weeks behind. We are one team.",
    "This is the 2nd time that the lift on the 3rd floor stood still.",
]


def test_names_days_and_small_numbers_are_found_wherever_they_stand_and_common_words_are_not(bare_page: Page) -> None:
    assert bare_page.evaluate(FOUND, list(GIVES_AWAY)) == list(GIVES_AWAY.values())
    assert bare_page.evaluate(FOUND, GIVES_NOTHING_AWAY) == [[]] * len(GIVES_NOTHING_AWAY)
