"""What the browsers of a writer and of listeners do, done in Python: draw a receipt, seal, open, come back."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.http import HttpResponse
from django.test import Client

from heard.features.voice import actions, queries
from heard.features.voice.models import ListenerKey
from heard.features.voice.rules import BODY, LOOKUP
from heard.plumbing.base64url import decode, encode
from heard.plumbing.sealing import new_key, public_bytes, seal, unseal
from tests.features.ballots.speaking import Token, a_ballot, a_token, new_group

STEP = 4_096
PURPOSE = b"heard voice 1"


def new_code() -> str:
    return secrets.token_hex(16)


def bound(thread: str, code: str, by: str) -> bytes:
    return f"heard voice 1 {thread} {code} {by}".encode()


def written(thread: str, by: str, content: dict[str, Any], readers: dict[str, bytes]) -> dict[str, Any]:
    """A message as it travels: padded, under a key of its own, and that key sealed for each reader."""
    code, key, iv = new_code(), secrets.token_bytes(32), secrets.token_bytes(12)
    aad = bound(thread, code, by)
    sealed = iv + AESGCM(key).encrypt(iv, json.dumps(content).encode().ljust(STEP), aad)
    boxes = {reader: encode(seal(address, key, purpose=PURPOSE, aad=aad)) for reader, address in readers.items()}
    return {"code": code, "sealed": encode(sealed), "boxes": boxes}


def legible(thread: str, message: dict[str, Any], key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    """The content of a message by the key of the reader whose box it is."""
    aad = bound(thread, message["code"], message["by"])
    raw, sealed = unseal(key, decode(message["box"]), purpose=PURPOSE, aad=aad), decode(message["sealed"])
    content: dict[str, Any] = json.loads(AESGCM(raw).decrypt(sealed[:12], sealed[12:], aad))
    return content


def padded(body: Any, size: int = BODY) -> bytes:
    return json.dumps(body).encode().ljust(size)


def post(address: str, body: bytes, **headers: str) -> HttpResponse:
    return Client().post(address, body, content_type="text/plain", headers=headers or None)  # type: ignore[return-value]


@dataclass(slots=True)
class Listener:
    """A key that is heard by, with its private half at hand."""

    code: str
    key: ec.EllipticCurvePrivateKey

    def reads(self, thread: queries.Thread) -> list[str]:
        """The words of every message that this key opens."""
        found = []
        for one in queries.boxes(thread):
            box = one.boxes.get(self.code)
            if box:
                said = {"code": one.code, "by": one.by, "sealed": encode(bytes(one.sealed)), "box": box}
                found.append(legible(thread.code, said, self.key)["text"])
        return found


def a_listener(name: str = "Lisa Listener") -> Listener:
    key = new_key()
    wrapped = {"rounds": 600_000, "salt": encode(bytes(32)), "iv": encode(bytes(12)), "box": encode(bytes(48))}
    code = actions.add_listener_key(name=name, public=encode(public_bytes(key)), wrapped=json.dumps(wrapped))
    return Listener(code, key)


@dataclass(slots=True)
class Audience:
    """A month of voice for one group, and the two who hear it."""

    ballot: str = ""
    group: str = ""
    listeners: list[Listener] = field(default_factory=list)

    def token(self) -> Token:
        return a_token(self.ballot, self.group)

    def addresses(self) -> dict[str, bytes]:
        return {
            code: bytes(key.public)
            for code, key in ListenerKey.objects.in_bulk([one.code for one in self.listeners]).items()
        }


def an_audience(*, strangers: bool = False) -> Audience:
    group = new_group()
    listeners = [a_listener(), a_listener("Lars Listener")]
    audience = Audience(a_ballot(group, what="voice", questions=(), per_member=3), group, listeners)
    hears = {(audience.ballot, group): [one.code for one in listeners]}
    actions.hear(hears | ({("", ""): [one.code for one in listeners]} if strangers else {}))
    return audience


class Writer:
    """Somebody with a receipt, and nothing else."""

    def __init__(self, audience: Audience, digits: str | None = None) -> None:
        self.audience = audience
        self.digits = digits or "".join(secrets.choice("0123456789") for _ in range(20))
        stretched = hashlib.pbkdf2_hmac("sha256", self.digits.encode(), bytes.fromhex(queries.salt()), 600_000, 64)
        self.lookup, self.aes = stretched[:32], AESGCM(stretched[32:])
        self.key = new_key()
        self.thread = new_code()

    def readers(self) -> dict[str, bytes]:
        return self.audience.addresses() | {"writer": public_bytes(self.key)}

    def beginning(
        self, text: str, *, kind: str = "concern", token: Token | None = None, **changed: Any
    ) -> dict[str, Any]:
        iv = secrets.token_bytes(12)
        number = self.key.private_numbers().private_value.to_bytes(32, "big")
        content = {"text": text, "pictures": [], "me": encode(public_bytes(self.key))}
        said: dict[str, Any] = {
            "thread": self.thread,
            "kind": kind,
            "ballot": "",
            "group": "",
            "lookup": encode(self.lookup),
            "public": encode(public_bytes(self.key)),
            "wrapped": encode(iv + self.aes.encrypt(iv, number, None)),
            "message": written(self.thread, "writer", content, self.readers()),
        }
        if token is not None:
            said |= {"ballot": token.ballot, "group": token.group}
            said["token"] = {"prefix": encode(token.prefix), "signature": encode(token.signature)}
        return said | changed

    def begins(self, text: str, **given: Any) -> HttpResponse:
        if "token" not in given:
            given["token"] = self.audience.token()
        return post("/voice/", padded(self.beginning(text, **given)))

    def asks(self) -> HttpResponse:
        return post("/voice/read/", padded({"lookup": encode(self.lookup)}, LOOKUP))

    def reads(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.asks().content)
        return said

    def words(self) -> list[str]:
        """What the receipt opens, by the key that lies wrapped in the conversation."""
        said = self.reads()
        wrapped = decode(said["wrapped"])
        number = int.from_bytes(self.aes.decrypt(wrapped[:12], wrapped[12:], None), "big")
        key = ec.derive_private_key(number, ec.SECP256R1())
        return [legible(said["thread"], one, key)["text"] for one in said["messages"]]

    def says(self, text: str) -> HttpResponse:
        message = written(self.thread, "writer", {"text": text, "pictures": []}, self.readers())
        return post("/voice/reply/", padded({"lookup": encode(self.lookup), "message": message}))

    def agrees(self, text: str, salt: bytes, *, group: bool = True) -> HttpResponse:
        return post(
            "/voice/open/", padded({"lookup": encode(self.lookup), "text": text, "salt": encode(salt), "group": group})
        )


def answered(writer: Writer, text: str, *, by: str = "listener") -> None:
    """A listener's browser replies, or leaves a note."""
    from heard.features.voice.rules import message_in

    thread = queries.Thread.objects.get(pk=writer.thread)
    readers = writer.readers() if by == "listener" else writer.audience.addresses()
    message = message_in(written(writer.thread, by, {"text": text, "pictures": []}, readers))
    (actions.answer if by == "listener" else actions.note)(thread, message)
