"""Over TLS the address that was judged is dialled, and the name that was asked for has to be proved."""

import datetime as dt
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from heard.plumbing import outbound
from heard.plumbing.outbound.dialling import trusted
from tests.plumbing.outbound.peers import Peer, page, peer


def a_certificate(folder: Path, name: str) -> Path:
    """A file with a certificate for this name, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "certificate.pem"
    path.write_bytes(key.private_bytes(pem, *plain) + made.sign(key, hashes.SHA256()).public_bytes(pem))
    return path


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[tuple[Peer, list[str]]]:
    """A server that is `secure.example`, to which `other.example` leads too; and the names it was asked for."""
    path = a_certificate(tmp_path, "secure.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    asked: list[str] = []
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    real = socket.getaddrinfo
    with peer(page(b"safe"), tls=context) as it:
        rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", it.port))]
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda host, *rest, **more: rows if "example" in host else real(host, *rest, **more)
        )
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        trusted.cache_clear()
        yield it, asked
        trusted.cache_clear()


def fetched(url: str) -> outbound.Answer:
    return outbound.fetch(url, most_bytes=1_000, deadline=5, accept="text/html")


def test_a_name_that_is_proved_is_answered(secure: tuple[Peer, list[str]]) -> None:
    it, asked = secure
    assert fetched(f"https://secure.example:{it.port}/").body == b"safe"
    assert asked == ["secure.example"]
    assert it.requests[0][2]["host"] == f"secure.example:{it.port}"


@pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
def test_a_name_that_is_not_proved_is_not_believed(secure: tuple[Peer, list[str]], host: str) -> None:
    it, _ = secure
    with pytest.raises(outbound.NobodyAnswers):
        fetched(f"https://{host}:{it.port}/")
    assert it.requests == []
