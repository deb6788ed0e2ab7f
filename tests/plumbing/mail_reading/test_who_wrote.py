"""Who wrote a mail: what a mail says of itself, and what our own mail server found out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.mail.reading import is_authentic, read_mail

SERVER = "mx.example.org"


def sender(value: str, name: str = "From") -> str:
    """From whom a mail is with this header."""
    return read_mail(f"{name}: {value}\n\nx".encode()).sender


@pytest.mark.parametrize(
    "value",
    [
        "tom@example.org",
        "<Tom@Example.org>",
        "Tom <tom@example.org>",
        "tom@example.org (Tom)",
        "tom@example.org <tom@example.org>",
        '"Tom, of the canteen" <tom@example.org>',
        '"ivy@example.org via list" <tom@example.org>',
        r'"a \" b" <tom@example.org> (sent (here))',
        "=?utf-8?q?Tom_=28ivy=40example.org=29?= <tom@example.org>",
        "=?utf-8?b?aXZ5QGV4YW1wbGUub3Jn?= <tom@example.org>",
        "Tom\n <tom@example.org>",
        "Zoë <tom@example.org>",
    ],
)
def test_who_says_one_address_is_that_one(value: str) -> None:
    assert sender(value) == "tom@example.org"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a@b.example, tom@example.org",
        "tom@example.org\nFrom: c@d.example",
        "=?utf-8?q?tom@example.org_(?= <evil@evil.example> (=?utf-8?q?_)?=)",
        "=?utf-8?q?tom=40example.org?=",
        "=?utf-8?q?=3Ctom=40example.org=3E?=",
        "tom@example.org <evil@evil.example>",
        "tom@example.org (x) <evil@evil.example>",
        "Tom <tom@example.org> <evil@evil.example>",
        "Tom <tom@example.org> evil@evil.example",
        "Tom <tom@example.org>.evil.example",
        "tom@example.org(x).evil.example",
        '"tom@example.org"',
        '"" tom@example.org',
        '"tom@example.org"@evil.example',
        "Tom <tom@example.org> (unended",
        '"unended <tom@example.org>',
        "Friends: tom@example.org;",
        "<@evil.example,@evil.example:tom@example.org>",
        f"({'x' * 15_983})tom@example.org.evil.example",
        "tom@example.org" + "\n " * 8_000 + "<evil@evil.example>",
        "tom@example.org" + " " * 16_000 + "<evil@evil.example>",
    ],
)
def test_what_could_be_read_otherwise_is_from_nobody_or_from_whoever_else(value: str) -> None:
    assert sender(value) != "tom@example.org"


def test_whom_a_mail_is_for_is_read_as_it_came() -> None:
    raw = (
        b"From: a@b.example\nTo: 'x@y.example' <x@y.example>, =?utf-8?q?=2C_w=40v.example=2C?= <Z@y.example>,\n"
        b" Canteen: one@y.example, two@y.example;\nDelivered-To: d@y.example\nCc: none, undisclosed-recipients:;\n\nx"
    )
    found = read_mail(raw).recipients
    assert found == ("d@y.example", "x@y.example", "z@y.example", "one@y.example", "two@y.example")


@pytest.mark.parametrize(
    ("result", "is_believed"),
    [
        ("mx.example.org; dmarc=pass header.from=example.org", True),
        ("mx.example.org; dmarc=pass (p=reject; sp=none) header.from=Example.ORG.", True),
        ("mx.example.org; dmarc=pass", False),
        ("mx.example.org; dmarc=pass header.from=mail.example.org", False),
        ("mx.example.org; dmarc=pass smtp.mailfrom=example.org header.from=elsewhere.example", False),
        ("mx.example.org 1; dkim=pass header.i=@example.org header.d=example.org", True),
        ("mx.example.org; dkim = pass header.d = example.org", True),
        ('mx.example.org; dkim/1=pass reason="good; signature" header.d=example.org header.b="a="', True),
        ("mx.example.org; dkim=pass (2048-bit key; unprotected) header.d=example.org header.b=Ab+/c==", True),
        ("(a; b) mx.example.org; dkim=none; spf=pass (a (b) c) smtp.mailfrom=tom@example.org", True),
        ("MX.example.org; spf=pass smtp.mailfrom=tom@example.org", True),
        ("mx.example.org; spf=pass smtp.mailfrom=SRS0=a=b=evil.example=x@example.org", True),
        ('mx.example.org; spf=pass smtp.mailfrom="tom@example.org"', True),
        ("mx.example.org; spf=pass smtp.helo=example.org", False),
        ("mx.example.org; spf=pass header.d=example.org", False),
        ("mx.example.org; dkim=pass header.i=@example.org", False),
        ("mx.example.org; dkim=pass header.d=elsewhere.example", False),
        ("mx.example.org; dkim=pass header.d=elsewhere.example header.d=example.org", False),
        ("mx.example.org; dkim=fail header.d=example.org; spf=pass smtp.mailfrom=elsewhere.example", False),
        ("mx.example.org; spf=none smtp.mailfrom==?x?q?=3Bdmarc=3Dpass_header.from=3Dexample.org=3B?=@evil.com", False),
        ('mx.example.org; spf=pass smtp.mailfrom="x header.d=example.org y"@evil.com', False),
        ('mx.example.org; spf=pass smtp.mailfrom="x smtp.mailfrom=example.org y"@evil.com', False),
        ('mx.example.org; spf=pass smtp.mailfrom="; dmarc=pass header.from=example.org ;"@evil.com', False),
        ('mx.example.org; spf=pass smtp.mailfrom="\\"; dmarc=pass header.from=example.org ;"@evil.com', False),
        ("mx.example.org; spf=pass (x) smtp.mailfrom=evil.com; (dmarc=pass header.from=example.org)", False),
        ("mx.example.org; dmarc=pass header.from=example.org (unended", False),
        (f"mx.example.org; dmarc=pass ({'x' * 15_940}) header.from=example.org.evil.example", False),
        ("mx.example.org; dmarc=pass header.from=example.org" + " " * 16_000 + ".evil.example", False),
        ("mx.elsewhere.example; dmarc=pass header.from=example.org", False),
        ("mx.example.org; none", False),
        ("mx.example.org", False),
        (";", False),
        ("", False),
    ],
)
def test_only_what_our_own_server_found_is_believed(result: str, is_believed: bool) -> None:
    raw = f"From: tom@example.org\nAuthentication-Results: {result}\n\nx"
    letter = read_mail(raw.encode())
    assert is_authentic(letter.authentication, server=SERVER, sender=letter.sender) == is_believed


def test_only_the_uppermost_finding_counts() -> None:
    for first in ("mx.example.org; dmarc=fail", "mx.example.org; ( dmarc=pass header.from=example.org"):
        results = [first, "mx.example.org; dmarc=pass header.from=example.org"]
        assert not is_authentic(results, server=SERVER, sender="tom@example.org")


@given(st.text(st.sampled_from('tom@example.org evil.com;=()"\\<>,'), max_size=60))
def test_a_quoted_local_part_vouches_for_no_other_domain(local: str) -> None:
    quoted = local.replace("\\", "\\\\").replace('"', '\\"')
    result = f'mx.example.org; spf=pass smtp.mailfrom="{quoted}"@evil.com'
    assert not is_authentic([result], server=SERVER, sender="tom@example.org")
    assert sender(f'"{quoted}" <evil@evil.com>') == "evil@evil.com"


@given(st.text(st.sampled_from('a@b.c;=()"\\<>,: '), max_size=200))
def test_whatever_stands_there_nothing_is_raised(value: str) -> None:
    is_authentic([value], server=SERVER, sender="tom@example.org")
    read_mail(f"From: {value}\nTo: {value}\n\nx".encode())
