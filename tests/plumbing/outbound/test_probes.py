"""Forty addresses that lead somewhere private, and none of them is asked."""

import ipaddress
import socket
from typing import Any

import pytest

from heard.plumbing import outbound
from heard.plumbing.outbound.judging import is_public

PROBES = [
    *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/"),
    *("http://0x7f.0.0.1/", "http://127.0.0.1./", "http://localhost/", "http://localhost./", "http://0.0.0.0/"),
    *("http://0/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    *("http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::7f00:1]/", "http://[2002:7f00:1::]/"),
    *("http://[2001:0:7f00:1::]/", "http://[2606:4700::5efe:7f00:1]/", "http://[fe80::1]/", "http://[fe80::1%25lo]/"),
    *("http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[ff02::1]/", "http://[2001:db8::1]/", "http://10.0.0.1/"),
    *("http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/"),
    *("http://100.100.100.200/", "http://198.18.0.1/", "http://224.0.0.1/", "http://255.255.255.255/"),
    *("http://user@127.0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://192.0.0.192/", "http://168.63.129.16/"),
]
MISSPELT = [
    *("", "http://", "http:///", "https://", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/"),
    *("http://example.org:22/", "http://example.org:0/", "http://example.org:99999/", "http://example.org:/"),
    *("http://example.org\\@127.0.0.1/", "http://exa mple.org/", "http://example.org/\r\nHost: x", "//example.org/"),
    *("http://a:b@example.org/", "http://[::1/", "http://-.example/", "http://" + "a" * 64 + ".example/"),
    *("http://example.org/" + "a" * 2_000, "http://[v1.x]/", "http://example.org:８０/", "http://exa%6dple.org/"),
    "http://1.2.3.4.5/",
]


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was dialled, which is nothing."""
    dialled: list[Any] = []

    def connect(_self: socket.socket, address: Any) -> None:
        dialled.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    return dialled


def asked(url: str) -> None:
    outbound.fetch(url, most_bytes=1_000, deadline=5, accept="*/*")


@pytest.mark.parametrize("url", PROBES)
def test_nothing_private_is_asked_however_it_is_spelt(url: str, no_connection: list[Any]) -> None:
    with pytest.raises((outbound.AddressIsNotPublic, outbound.AddressCannotBeRead)):
        asked(url)
    assert no_connection == []


def test_there_are_forty_of_them() -> None:
    assert len(set(PROBES)) == 40


@pytest.mark.parametrize("url", MISSPELT)
def test_what_two_programs_could_read_differently_is_not_asked(url: str, no_connection: list[Any]) -> None:
    with pytest.raises((outbound.AddressCannotBeRead, outbound.NobodyAnswers)):
        asked(url)
    assert no_connection == []


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4001::200e"])
def test_what_everybody_can_reach_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "answers", [["10.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["::1", "93.184.215.14"], ["::ffff:169.254.169.254"]]
)
def test_a_name_that_leads_into_a_private_network_is_not_asked(
    answers: list[str], monkeypatch: pytest.MonkeyPatch, no_connection: list[Any]
) -> None:
    rows = [
        (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in answers
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: rows)
    with pytest.raises(outbound.AddressIsNotPublic):
        asked("http://harmless.example/")
    assert no_connection == []
