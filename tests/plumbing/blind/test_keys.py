"""Keys come back from every form they are kept in, and whatever is no such key is refused in one sentence."""

import base64
import contextlib

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.hazmat.primitives.serialization import load_der_public_key as read_elsewhere
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.blind import BlindRefusal, KeyIsUnusable, PublicKey, SigningKey, blind_sign

KEY = SigningKey.new()
DER, PRIVATE = KEY.public.der(), KEY.der()
ORDINARY = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_a_public_key_comes_back_from_both_of_its_forms() -> None:
    for encoded in (DER, KEY.public.pem().encode()):
        again = PublicKey.read(encoded)
        assert again == KEY.public
        assert hash(again) == hash(KEY.public)
        assert again.fingerprint() == KEY.public.fingerprint()


def test_a_signing_key_comes_back_and_signs_as_before() -> None:
    asked = (2).to_bytes(256, "big")
    for encoded in (PRIVATE, KEY.pem().encode()):
        assert blind_sign(SigningKey.read(encoded), asked) == blind_sign(KEY, asked)


def test_the_published_form_says_what_the_key_is_for() -> None:
    """RFC 9578, section 8.2.2: RSASSA-PSS, SHA-384, MGF1 with SHA-384, 48 bytes of salt; 342 bytes for 2,048 bits."""
    assert DER.startswith(bytes.fromhex("30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202"))
    assert len(DER) == 342
    assert read_elsewhere(DER) == KEY.public.key


def test_the_browser_is_given_the_same_numbers() -> None:
    jwk = KEY.public.jwk()
    n = base64.urlsafe_b64decode(jwk["n"] + "==")
    assert int.from_bytes(n, "big") == KEY.public.modulus
    assert {name: jwk[name] for name in ("kty", "alg", "e")} == {"kty": "RSA", "alg": "PS384", "e": "AQAB"}


@pytest.mark.parametrize("bits", [2_048, 3_072])
def test_a_new_key_has_the_length_that_was_asked_for(bits: int) -> None:
    key = SigningKey.new(bits)
    assert key.public.size * 8 == bits
    assert key.public != KEY.public


@pytest.mark.parametrize("bits", [0, 1_024, 2_047, 2_056, 8_192])
def test_no_other_length_is_made(bits: int) -> None:
    with pytest.raises(KeyIsUnusable):
        SigningKey.new(bits)


def test_a_public_key_of_another_kind_is_refused() -> None:
    strangers = [
        rsa.generate_private_key(public_exponent=65_537, key_size=1_024),
        rsa.generate_private_key(public_exponent=3, key_size=2_048),
        dsa.generate_private_key(1_024),
        ec.generate_private_key(ec.SECP256R1()),
        ed25519.Ed25519PrivateKey.generate(),
    ]
    for stranger in strangers:
        with pytest.raises(KeyIsUnusable):
            PublicKey.read(stranger.public_key().public_bytes(*ORDINARY))


def test_another_spelling_of_the_same_key_is_refused() -> None:
    """Or one key could be published under two names."""
    ours = KEY.public.key
    plain, bare = ours.public_bytes(*ORDINARY), ours.public_bytes(Encoding.DER, PublicFormat.PKCS1)
    for spelled in (plain, bare, DER + b"\0", PRIVATE):
        with pytest.raises(KeyIsUnusable):
            PublicKey.read(spelled)


def test_a_private_key_of_another_kind_is_refused() -> None:
    strangers = [ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(public_exponent=3, key_size=2_048)]
    for stranger in strangers:
        with pytest.raises(KeyIsUnusable):
            SigningKey.read(stranger.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def test_what_is_no_key_is_refused() -> None:
    for encoded in (b"", b"\0", b"-----", b"-----BEGIN PUBLIC KEY-----\n!\n", b"x" * 100_000, DER[:-1], PRIVATE[:-1]):
        for kind in (PublicKey, SigningKey):
            with pytest.raises(KeyIsUnusable):
                kind.read(encoded)


@given(st.binary(max_size=2_000) | st.binary(max_size=400).map(lambda rest: b"-----BEGIN PUBLIC KEY-----\n" + rest))
def test_whatever_is_given_as_a_key_is_refused_in_one_way(encoded: bytes) -> None:
    for kind in (PublicKey, SigningKey):
        with pytest.raises(KeyIsUnusable):
            kind.read(encoded)


@given(st.integers(min_value=0, max_value=8 * len(DER) - 1))
def test_a_published_key_with_a_changed_bit_is_another_key_or_none(bit: int) -> None:
    changed = (int.from_bytes(DER, "big") ^ (1 << bit)).to_bytes(len(DER), "big")
    with contextlib.suppress(KeyIsUnusable):
        assert PublicKey.read(changed) != KEY.public


@given(st.integers(min_value=0, max_value=8 * len(PRIVATE) - 1))
def test_a_kept_key_with_a_changed_bit_is_refused_or_signs_the_same(bit: int) -> None:
    """Parts of the form that no signature needs may have changed: the version, or d."""
    changed = (int.from_bytes(PRIVATE, "big") ^ (1 << bit)).to_bytes(len(PRIVATE), "big")
    asked = (2).to_bytes(256, "big")
    with contextlib.suppress(BlindRefusal):
        assert blind_sign(SigningKey.read(changed), asked) == blind_sign(KEY, asked)
