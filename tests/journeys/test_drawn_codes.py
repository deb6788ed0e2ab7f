"""The QR codes that the browser draws by itself, held against those of segno and read as a phone reads them."""

import segno
from playwright.sync_api import Page

from tests.journeys.codes import mask_of, words_of

DRAWN = """async (texts) => {
  const { qr } = await import("/confidence/qr.js");
  return texts.map((text) => qr(text)?.map((row) => row.map(Number).join("")) ?? null);
}"""
FULL = (17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858)
"""How many bytes fill each version from 1 on, at level L (ISO/IEC 18004, table 7)."""


def filling(size: int) -> str:
    """A text of so many bytes, of letters that take one or two."""
    text = ("é/#token=heard1.Zq_" * size).encode()[:size].decode(errors="ignore")
    return text + "." * (size - len(text.encode()))


def test_a_code_is_module_by_module_what_another_encoder_draws(bare_page: Page) -> None:
    texts = [filling(size) for size in FULL]
    for version, (text, drawn) in enumerate(zip(texts, bare_page.evaluate(DRAWN, texts), strict=True), 1):
        options = {"mode": "byte", "encoding": "utf-8", "mask": mask_of(drawn), "boost_error": False}
        theirs = segno.make_qr(text, version=version, error="l", **options)
        assert drawn == ["".join(map(str, row)) for row in theirs.matrix], version


def test_a_text_that_leaves_room_is_read_as_it_was_written(bare_page: Page) -> None:
    texts = [filling(size - less) for size in FULL for less in (1, 2, 9)]
    assert [words_of(drawn) for drawn in bare_page.evaluate(DRAWN, texts)] == texts


def test_a_text_that_is_too_long_gets_no_code(bare_page: Page) -> None:
    assert bare_page.evaluate(DRAWN, [filling(FULL[-1] + 1)]) == [None]
