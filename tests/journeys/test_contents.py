"""What a message says is looked at before it is shown: nobody who writes can keep others from reading."""

from typing import Any

from playwright.sync_api import Page

CHECKED = """async (said) => (await import("/confidence/contents.js")).checked(said)"""
SHOWN = """async (contents) => {
  const { shown } = await import("/confidence/talk.js");
  const words = document.createElement("template"), part = document.createElement("section");
  words.id = "words";
  words.innerHTML = '<p data-word="shut-message">This message cannot be read.</p>';
  document.body.append(words);
  const bubble = '<template class="bubble"><article><p data-slot="text"></p><a></a></article></template>';
  part.innerHTML = `<div data-slot="talk"></div>${bubble}`;
  const messages = contents.map((content) => ({ by: "note", week: "2026-11-23", content }));
  shown(part, messages, { state: "seen", because: "", expires: "2027-11-22", week: "2026-11-23" });
  return [...part.querySelectorAll("article p")].map(({ textContent }) => textContent);
}"""
PICTURE = {"type": "image/jpeg", "data": "AAAA-_"}
WHOLE: list[dict[str, Any]] = [
    {
        "text": "Bills are paid twice.",
        "pictures": [PICTURE, PICTURE],
        "me": "BAAA",
        "group": "Sales",
        "readers": {"ab": "Ines Ear"},
    },
    {"text": "", "pictures": [], "offer": {"text": "A rota in time.", "salt": "AAAA"}},
    {"text": "", "pictures": [], "wish": {"text": "A rota in time."}},
]
BROKEN: list[Any] = [
    *(None, 7, "text", [], {}, {"text": None}, {"text": 7}, {"text": ["a"]}, {"pictures": [{"type": "image/jpeg"}]}),
    *({"text": "", "pictures": one} for one in (7, "AAAA", {}, [None], [PICTURE] * 3, [{**PICTURE, "data": "<b>"}])),
    {"text": "", "pictures": [{**PICTURE, "type": "image/svg+xml"}]},
    {"text": "", "pictures": [{"type": ["image/jpeg"], "data": "AAAA"}]},
    *({"text": "", "me": one} for one in (7, "", None)),
    *({"text": "", "offer": one} for one in (7, None, {"text": 7, "salt": "AAAA"}, {"text": "a"}, {"salt": "AAAA"})),
    *({"text": "", "wish": one} for one in ("a", None, {}, {"text": {}})),
    *({"text": "", "readers": one} for one in (None, "ab", [], ["Ines Ear"], {"ab": {}})),
]


def test_what_a_page_of_heard_writes_is_read_as_it_was_written(bare_page: Page) -> None:
    assert [bare_page.evaluate(CHECKED, one) for one in WHOLE] == WHOLE
    assert bare_page.evaluate(CHECKED, {"text": "A reply."}) == {"text": "A reply.", "pictures": []}
    assert bare_page.evaluate(CHECKED, {"text": "A reply.", "else": 7}) == {"text": "A reply.", "pictures": []}


def test_whatever_else_was_sealed_is_not_read(bare_page: Page) -> None:
    assert [one for one in BROKEN if bare_page.evaluate(CHECKED, one) is not None] == []


def test_a_message_that_cannot_be_drawn_keeps_nobody_from_reading_the_others(bare_page: Page) -> None:
    said = bare_page.evaluate(
        SHOWN, [{"text": "One."}, {"text": "", "pictures": 7}, None, {"text": "Two.", "pictures": []}]
    )
    assert said == ["One.", *["This message cannot be read."] * 2, "Two."]
