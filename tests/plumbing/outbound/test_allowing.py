"""What an administrator may allow, and what nobody may."""

import ipaddress

import pytest

from heard.config import env
from heard.plumbing.outbound.addresses import target_of
from heard.plumbing.outbound.allowing import allowed_by, read_allowed


def lets(entry: str, url: str, address: str) -> bool:
    return allowed_by([read_allowed(entry)], target_of(url), ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("entry", "url", "address", "expected"),
    [
        ("10.1.0.0/16", "http://wiki.example/", "10.1.2.3", True),
        ("10.1.0.0/16", "http://wiki.example/", "10.2.2.3", False),
        ("10.1.0.0/16", "http://wiki.example:8080/", "10.1.2.3", False),
        ("10.1.0.0/16:8080", "http://wiki.example:8080/", "10.1.2.3", True),
        ("wiki.example", "https://wiki.example/", "10.1.2.3", True),
        ("WIKI.example", "https://wiki.EXAMPLE./", "10.1.2.3", True),
        ("wiki.example", "https://not-wiki.example/", "10.1.2.3", False),
        ("*.corp.example:8443", "https://a.corp.example:8443/", "10.1.2.3", True),
        ("*.corp.example:8443", "https://corp.example:8443/", "10.1.2.3", False),
        ("*.corp.example", "https://evilcorp.example/", "10.1.2.3", False),
        ("wiki.example", "https://wiki.example/", "127.0.0.1", False),
        ("wiki.example", "https://wiki.example/", "::1", False),
        ("wiki.example", "https://wiki.example/", "169.254.169.254", False),
        ("wiki.example", "https://wiki.example/", "fe80::1", False),
        ("100.64.0.0/10", "http://x.example/", "100.100.100.200", False),
        ("[fd00::1]:8080", "http://[fd00::1]:8080/", "fd00::1", True),
        ("fd00:1::/32", "http://x.example/", "fd00:1::7", True),
        ("[::1]:8080", "http://[::1]:8080/", "::1", True),
        ("wiki.example", "https://wiki.example/", "64:ff9b:1::a01:203", True),
        ("64:ff9b::/64", "https://wiki.example/", "64:ff9b::a01:203", True),
        ("64:ff9b::/64", "https://wiki.example/", "64:ff9b::a9fe:a9fe", False),
        *(
            ("wiki.example", "https://wiki.example/", address, False)
            for secret, loopback in (("a9fe:a9fe", "7f00:1"),)
            for hidden in (secret, loopback)
            for address in (
                *(f"64:ff9b::{hidden}", f"64:ff9b:1::{hidden}", f"2002:{hidden}::1", f"fd00::5efe:{hidden}"),
                *(f"fd00::200:5efe:{hidden}", f"::ffff:{hidden}", f"::ffff:0:{hidden}", f"::{hidden}"),
            )
        ),
        ("wiki.example", "https://wiki.example/", "64:ff9b:1:a9fe:a9:fe00::", False),
        ("wiki.example", "https://wiki.example/", "64:ff9b:1:a9:fe:a9fe::", False),
        ("wiki.example", "https://wiki.example/", "64:ff9b:1:0:a9:fea9:fe00:0", False),
    ],
)
def test_an_entry_lets_through_what_it_names(entry: str, url: str, address: str, *, expected: bool) -> None:
    assert lets(entry, url, address) is expected


@pytest.mark.parametrize(
    "entry",
    [
        "169.254.0.0/16",
        "169.254.169.254",
        "0.0.0.0/0",
        "::/0",
        "fe80::/10",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::a9fe:0/112",
        "2002:a9fe::/32",
        "10.0.0.0/7",
        "a b",
        "host:port",
        "x:0",
        "*",
        "1.2.3",
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_OUTBOUND_ALLOW", entry)
    with pytest.raises(env.WrongEnvironment, match="HEARD_OUTBOUND_ALLOW"):
        env.places("HEARD_OUTBOUND_ALLOW")
