"""Blind signatures in a real browser: the vectors of RFC 9474, and tokens that the server's side signs."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from heard.plumbing.blind import SigningKey, blind_sign, finalize, verify
from tests.journeys.modules import HEX, SCRIPTS, scripts_served
from tests.plumbing.blind.rfc9474 import INVERSE, MESSAGE, VECTORS, Vector, the_key

KEY, OTHER = SigningKey.new(), SigningKey.new()
VECTOR = f"""async ([jwk, message, drawn, answer, saltLength]) => {{
  {HEX}
  const {{ readKey, prepare, blind, finalize, holds }} = await import("/blind.js");
  crypto.getRandomValues = (array) => (array.set(bytes(drawn.shift())), array);
  const key = await readKey(jwk);
  const token = drawn.length === 3 ? prepare(bytes(message)) : bytes(message);
  const {{ blinded, inverse }} = await blind(key, token, saltLength);
  const signature = await finalize(key, token, bytes(answer), inverse, saltLength);
  const isOurs = await holds(key, token, signature, saltLength);
  return [hex(token), hex(blinded), inverse.toString(), hex(signature), isOurs, drawn.length];
}}"""
ASK = f"""async ([jwk, message]) => {{
  {HEX}
  window.tokens = await import("/blind.js");
  window.key = await tokens.readKey(jwk);
  window.token = tokens.prepare(bytes(message));
  window.blinding = await tokens.blind(key, token);
  return [hex(token), hex(blinding.blinded), blinding.inverse.toString()];
}}"""
FINISH = f"""async (answer) => {{
  {HEX}
  try {{
    return hex(await tokens.finalize(key, token, bytes(answer), blinding.inverse));
  }} catch (error) {{
    return error instanceof tokens.BlindError ? error.reason : `${{error}}`;
  }}
}}"""
READ = """async (jwk) => {
  const { readKey } = await import("/blind.js");
  return readKey(jwk).then(() => "read", (error) => error.reason);
}"""


@pytest.fixture(scope="module")
def scripts() -> Iterator[str]:
    with scripts_served() as address:
        yield address


@pytest.fixture
def page(new_page: Callable[..., Page], scripts: str) -> Page:
    page = new_page()
    page.goto(scripts)
    return page


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_what_chance_gave_the_standard_gives_the_browser_the_same(page: Page, vector: Vector) -> None:
    public = the_key().public
    factor = pow(INVERSE, -1, int(public.modulus)).to_bytes(public.size, "big")
    drawn = [vector.prefix] * bool(vector.prefix) + [vector.salt, factor]
    asked = [public.jwk(), MESSAGE.hex(), [one.hex() for one in drawn], vector.blind_signature.hex(), len(vector.salt)]
    assert page.evaluate(VECTOR, asked) == [
        *(vector.token.hex(), vector.blinded_message.hex(), str(INVERSE), vector.signature.hex(), True, 0)
    ]


def test_a_token_made_in_the_browser_is_signed_here_and_holds_everywhere(page: Page) -> None:
    token, blinded, inverse = asked_for(page, b"a voice")
    answer = blind_sign(KEY, blinded)
    signature = bytes.fromhex(page.evaluate(FINISH, answer.hex()))
    assert token.endswith(b"a voice")
    assert len(token) == 32 + 7
    assert signature == finalize(KEY.public, token, answer, inverse)
    verify(KEY.public, token, signature)


def asked_for(page: Page, message: bytes) -> tuple[bytes, bytes, int]:
    token, blinded, inverse = page.evaluate(ASK, [KEY.public.jwk(), message.hex()])
    return bytes.fromhex(token), bytes.fromhex(blinded), int(inverse)


def test_the_browser_hides_the_same_message_differently_each_time(page: Page) -> None:
    assert len({part for _ in range(5) for part in asked_for(page, b"a voice")}) == 15


def test_the_browser_takes_no_answer_that_is_none(page: Page) -> None:
    token, blinded, _inverse = asked_for(page, b"a voice")
    answer = blind_sign(KEY, blinded)
    theirs = blind_sign(OTHER, b"\0" + blinded[1:])
    for wrong in (theirs, answer[:-1], answer + b"\0", b"", bytes(256), answer[:-1] + bytes([answer[-1] ^ 1])):
        assert page.evaluate(FINISH, wrong.hex()) == "signature"
    verify(KEY.public, token, bytes.fromhex(page.evaluate(FINISH, answer.hex())))


def test_the_browser_takes_no_key_that_is_none(page: Page) -> None:
    good = KEY.public.jwk()
    assert page.evaluate(READ, good) == "read"
    for wrong in wrong_keys(good):
        assert page.evaluate(READ, wrong) == "key", wrong


def wrong_keys(good: dict[str, str]) -> list[dict[str, Any]]:
    short, odd = good["n"][:171], good["n"][:-1] + "A"
    return [{}, {"n": "", "e": ""}, {**good, "e": "Aw"}, {**good, "n": short}, {**good, "n": odd}, {**good, "n": "!"}]


def test_without_https_the_browser_says_so(page: Page) -> None:
    page.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    assert page.evaluate(READ, KEY.public.jwk()) == "browser"


def test_the_script_can_be_read_in_ten_minutes() -> None:
    source = (SCRIPTS / "blind.js").read_text()
    assert len(source.encode()) <= 5_000
    assert "import " not in source
    assert "fetch(" not in source
