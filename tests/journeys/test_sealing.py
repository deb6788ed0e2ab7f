"""Sealed boxes in a real browser: the vector of RFC 9180, and boxes that go from one side to the other."""

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Page

from heard.plumbing.sealing import new_key, public_bytes, seal, unseal
from tests.journeys.modules import HEX
from tests.plumbing.sealing.rfc9180 import AAD, ADDRESS, BOX, ONCE, PURPOSE, READER, TEXT, private_key

PAIR = """
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const pair = async (jwk) => ({
    privateKey: await crypto.subtle.importKey("jwk", jwk, curve, true, ["deriveBits"]),
    publicKey: await crypto.subtle.importKey("jwk", { ...jwk, d: undefined }, curve, true, []),
  });
"""
SEAL = f"""async ([address, text, purpose, aad, once]) => {{
  {HEX} {PAIR}
  const {{ seal, SealError }} = await import("/sealing.js");
  if (once) {{
    const drawn = await pair(once);
    crypto.subtle.generateKey = async () => drawn;
  }}
  return seal(bytes(address), bytes(text), {{ purpose: bytes(purpose), aad: bytes(aad) }}).then(hex, (error) =>
    error instanceof SealError ? error.reason : `${{error}}`);
}}"""
UNSEAL = f"""async ([keys, box, purpose, aad]) => {{
  {HEX} {PAIR}
  const {{ unseal, SealError }} = await import("/sealing.js");
  return unseal(await pair(keys), bytes(box), {{ purpose: bytes(purpose), aad: bytes(aad) }}).then(hex, (error) =>
    error instanceof SealError ? error.reason : `${{error}}`);
}}"""
ALONE = f"""async () => {{
  {HEX}
  const {{ newKeys, publicBytes, seal, unseal }} = await import("/sealing.js");
  const keys = await newKeys(false);
  const box = await seal(await publicBytes(keys.publicKey), bytes("0102"));
  return [box.length, hex(await unseal(keys, box)), keys.privateKey.extractable];
}}"""
CLOSED = "box"


def jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    """A private key as a browser reads it."""
    numbers = key.private_numbers()
    parts = {"d": numbers.private_value, "x": numbers.public_numbers.x, "y": numbers.public_numbers.y}
    coded = {name: base64.urlsafe_b64encode(part.to_bytes(32, "big")).decode()[:-1] for name, part in parts.items()}
    return {"kty": "EC", "crv": "P-256", **coded}


def hexed(*parts: bytes) -> list[str]:
    return [part.hex() for part in parts]


def test_the_browser_opens_the_box_of_the_standard(bare_page: Page) -> None:
    assert bare_page.evaluate(UNSEAL, [jwk(private_key(READER)), *hexed(BOX, PURPOSE, AAD)]) == TEXT.hex()


def test_the_browser_makes_the_box_of_the_standard(bare_page: Page) -> None:
    assert bare_page.evaluate(SEAL, [*hexed(ADDRESS, TEXT, PURPOSE, AAD), jwk(private_key(ONCE))]) == BOX.hex()


@pytest.mark.parametrize("text", [b"", b"a voice", bytes(100_000)], ids=len)
def test_what_one_side_seals_the_other_opens(bare_page: Page, text: bytes) -> None:
    key = new_key()
    box = bytes.fromhex(bare_page.evaluate(SEAL, [*hexed(public_bytes(key), text, b"purpose", b"aad"), None]))
    assert unseal(key, box, purpose=b"purpose", aad=b"aad") == text
    box = seal(public_bytes(key), text, purpose=b"purpose", aad=b"aad")
    assert bare_page.evaluate(UNSEAL, [jwk(key), *hexed(box, b"purpose", b"aad")]) == text.hex()


def test_a_box_for_another_or_one_that_was_changed_stays_closed(bare_page: Page) -> None:
    key = new_key()
    box = seal(public_bytes(key), b"a voice", purpose=b"purpose", aad=b"aad")
    changed = [box[:-1] + bytes([box[-1] ^ 1]), bytes([box[0] ^ 1]) + box[1:], box[:70], box[:65], b"", bytes(100)]
    for wrong in changed:
        assert bare_page.evaluate(UNSEAL, [jwk(key), *hexed(wrong, b"purpose", b"aad")]) == CLOSED
    for purpose, aad in ((b"", b"aad"), (b"purpose", b""), (b"purposea", b"ad")):
        assert bare_page.evaluate(UNSEAL, [jwk(key), *hexed(box, purpose, aad)]) == CLOSED
    assert bare_page.evaluate(UNSEAL, [jwk(new_key()), *hexed(box, b"purpose", b"aad")]) == CLOSED


@pytest.mark.parametrize("address", [b"", bytes(65), b"\4" * 65, ADDRESS[:-1]], ids=["empty", "nought", "off", "short"])
def test_nothing_is_sealed_for_what_is_no_key(bare_page: Page, address: bytes) -> None:
    assert bare_page.evaluate(SEAL, [*hexed(address, b"a voice", b"", b""), None]) == "key"


def test_a_key_that_never_leaves_the_browser_opens_what_was_sealed_for_it(bare_page: Page) -> None:
    assert bare_page.evaluate(ALONE) == [83, "0102", False]


def test_without_https_it_says_so(bare_page: Page) -> None:
    bare_page.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    key = new_key()
    assert bare_page.evaluate(SEAL, [*hexed(public_bytes(key), b"a voice", b"", b""), None]) == "browser"
    opened = """async (box) => {
      const { unseal } = await import("/sealing.js");
      return unseal({}, new Uint8Array(100)).catch((error) => error.reason);
    }"""
    assert bare_page.evaluate(opened) == "browser"
