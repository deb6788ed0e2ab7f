"""Push messages reach a browser that can read them, and nobody else can; and what services answer is understood."""

import json
import os
import time
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing import push
from heard.plumbing.push import Delivery, Keys, encrypted, padless, unpadded
from tests.plumbing.outbound.peers import leading_to, page, peer

CURVE = ec.SECP256R1()


class Browser:
    """What a browser does: keeps its keys, and reads what was written for them."""

    def __init__(self) -> None:
        self.keys = Keys(ec.generate_private_key(CURVE))
        self.auth = os.urandom(16)

    def subscription(self, endpoint: str = "https://push.example/1") -> dict[str, str]:
        return {"endpoint": endpoint, "p256dh": padless(self.keys.public), "auth": padless(self.auth)}

    def reads(self, body: bytes) -> bytes:
        """By RFC 8188 and 8291, from the other side."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert (size, length) == (4096, 65)
        assert len(body) <= 4096
        shared = self.keys.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        purpose = b"WebPush: info\0" + self.keys.public + sender
        secret = HKDF(SHA256(), 32, self.auth, purpose).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
        opened = AESGCM(key).decrypt(nonce, sealed, None)
        assert opened.endswith(b"\2")
        return opened[:-1]


def test_the_example_of_the_standard_comes_out() -> None:
    """RFC 8291, section 5 and appendix A."""
    private = int.from_bytes(unpadded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    body = encrypted(
        b"When I grow up, I want to be a watermelon",
        p256dh=unpadded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        auth=unpadded("BTBZMqHH6r4Tts7J_aSIgg"),
        once=Keys(ec.derive_private_key(private, CURVE)),
        salt=unpadded("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert padless(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@given(st.binary(max_size=push.LONGEST))
def test_whatever_is_sent_is_read_by_its_browser_alone(payload: bytes) -> None:
    browser, other = Browser(), Browser()
    body = encrypted(payload, p256dh=browser.keys.public, auth=browser.auth)
    assert browser.reads(body) == payload
    with pytest.raises(InvalidTag):
        other.reads(body)


def test_a_message_arrives_and_says_who_sent_it(settings: Any) -> None:
    browser = Browser()
    with peer(page(b"", status=201)) as service:
        settings.HEARD_PUSH_ALLOW = [service.allowed]
        said = browser.subscription(f"{service.url}/wpush/v2/abc")
        assert push.send(said, b'{"title": "An answer"}', ttl=3600, urgency="normal") is Delivery.SENT
    ((method, path, headers, body),) = service.requests
    assert (method, path) == ("POST", "/wpush/v2/abc")
    assert browser.reads(body) == b'{"title": "An answer"}'
    assert (headers["ttl"], headers["urgency"], headers["content-encoding"]) == ("3600", "normal", "aes128gcm")
    token, key = headers["authorization"].removeprefix("vapid t=").split(", k=")
    claims = verified(token, key)
    assert key == push.vapid_public_key()
    assert claims["aud"] == service.url
    assert 0 < claims["exp"] - time.time() <= 86_400
    assert claims["sub"] == "mailto:heard@localhost"


def verified(token: str, key: str) -> dict[str, Any]:
    """The claims of a token that this key signed."""
    signed, _, signature = token.rpartition(".")
    raw = unpadded(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unpadded(key))
    public.verify(utils.encode_dss_signature(r, s), signed.encode(), ec.ECDSA(SHA256()))
    head, claims = (json.loads(unpadded(part)) for part in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    return dict(claims)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *((200, Delivery.SENT), (201, Delivery.SENT), (404, Delivery.GONE), (410, Delivery.GONE)),
        *((429, Delivery.LATER), (500, Delivery.LATER), (503, Delivery.LATER)),
        *((400, Delivery.REFUSED), (401, Delivery.REFUSED), (403, Delivery.REFUSED), (413, Delivery.REFUSED)),
    ],
)
def test_what_the_service_answers_is_understood(status: int, expected: Delivery, settings: Any) -> None:
    with peer(page(b"no", status=status)) as service:
        settings.HEARD_PUSH_ALLOW = [service.allowed]
        assert push.send(Browser().subscription(service.url), b"x", ttl=0, urgency="low") is expected


def test_a_service_that_leads_elsewhere_is_not_followed(settings: Any) -> None:
    with peer(leading_to("/other", 307)) as service:
        settings.HEARD_PUSH_ALLOW = [service.allowed]
        assert push.send(Browser().subscription(service.url), b"x", ttl=0, urgency="low") is Delivery.REFUSED
    assert len(service.requests) == 1


def test_a_service_that_is_away_is_tried_later(settings: Any) -> None:
    settings.HEARD_PUSH_ALLOW = ["127.0.0.1:9"]
    assert push.send(Browser().subscription("http://127.0.0.1:9/"), b"x", ttl=0, urgency="low") is Delivery.AWAY


def test_what_links_may_lead_to_is_no_push_service(settings: Any) -> None:
    with peer(page(b"", status=201)) as service:
        settings.HEARD_OUTBOUND_ALLOW = [service.allowed]
        said = Browser().subscription(service.url)
        assert push.send(said, b"x", ttl=0, urgency="low") is Delivery.REFUSED
    assert service.requests == []


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1/", "http://[::1]:22/", "http://169.254.169.254/", "x", ""])
def test_an_endpoint_that_leads_inside_is_refused(endpoint: str) -> None:
    assert push.send(Browser().subscription(endpoint), b"x", ttl=0, urgency="low") is Delivery.REFUSED


@pytest.mark.parametrize(
    "wrong",
    [
        {"p256dh": ""},
        {"p256dh": "!!"},
        {"p256dh": padless(b"\4" + bytes(64))},
        {"p256dh": "é"},
        {"auth": ""},
        {"auth": padless(bytes(15))},
        {"auth": "a"},
        {"endpoint": "https://[::1/"},
    ],
)
def test_a_subscription_that_cannot_be_meant_is_gone(wrong: dict[str, str]) -> None:
    said = {**Browser().subscription(), **wrong}
    assert push.send(said, b"x", ttl=0, urgency="low") is Delivery.GONE


def test_a_message_that_is_too_long_is_refused_before_it_is_sent() -> None:
    with pytest.raises(ValueError, match="3993"):
        push.send(Browser().subscription(), bytes(push.LONGEST + 1), ttl=0, urgency="low")


def test_the_same_secret_gives_the_same_key_and_another_another(settings: Any) -> None:
    first = push.vapid_public_key()
    settings.HEARD_PUSH_KEY = "x" * 40
    other = push.vapid_public_key()
    assert other != first
    assert push.vapid_public_key() == other
    assert len(unpadded(first)) == 65
