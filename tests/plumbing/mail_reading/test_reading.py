"""Whatever bytes arrive become words and files, or one refusal, and nothing else."""

import contextlib
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.mail.reading import MailIsUnreadable, read_mail


def plain(body: bytes, content_type: str, encoding: str = "8bit") -> bytes:
    """A mail of one part."""
    head = f"From: a@b.example\r\nContent-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + body


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("Grüße".encode("iso-8859-1"), "iso-8859-1", "Grüße"),
        ("Grüße".encode(), "us-ascii", "Grüße"),
        ("Grüße".encode("windows-1252"), "utf-8", "Grüße"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        ("スープ".encode("iso-2022-jp"), "iso-2022-jp", "スープ"),
        (b"words", "no-such-charset", "words"),
        (b"words", "rot13", "words"),
        (b"words\x00", '"', "words"),
    ],
)
def test_wrong_and_unknown_charsets_are_borne(body: bytes, charset: str, text: str) -> None:
    assert read_mail(plain(body, f"text/plain; charset={charset}")).text == text


def test_flowed_lines_are_one_paragraph() -> None:
    body = b"This goes \r\non and \r\non.\r\n\r\nNext\r\n> quoted \r\n> too\r\n"
    assert read_mail(plain(body, "text/plain; format=flowed")).text == "This goes on and on.\n\nNext\n> quoted too"


def test_flowed_text_without_spaces_between_words() -> None:
    body = "スープ \r\nください\r\n".encode()
    assert read_mail(plain(body, "text/plain; charset=utf-8; format=flowed; delsp=yes")).text == "スープください"


def test_lines_that_a_mail_reader_wrapped_are_joined_and_others_are_not() -> None:
    long, rest = (
        "This is a sentence that is so long that the mail reader wrapped it at the",
        "\n\nDear\nall\n- one\n- two",
    )
    wrapped = f"{long}\nusual place.{rest}"
    assert read_mail(plain(wrapped.encode(), "text/plain")).text == f"{long} usual place.{rest}"


HTML = {
    "gmail": '<div dir="ltr">Soup, <b>please</b>.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
    "On Mon, 23 Nov 2026 at 10:00, Heard &lt;<a href='mailto:heard@example.org'>heard@example.org</a>&gt; wrote:<br>"
    '</div><blockquote class="gmail_quote"><p>Shall we?</p></blockquote></div>',
    "outlook": '<div>Soup, <b>please</b>.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr">'
    "<b>From:</b> Heard<br><b>Sent:</b> Monday<br><b>To:</b> Tom<br><b>Subject:</b> Soup</div><div>Shall we?</div>",
    "outlook-desktop": "<p class=MsoNormal>Soup, <b>please</b>.<o:p></o:p></p><div><div style='border:none;"
    "border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>Von:</b> Heard</p></div></div><p>Shall we?</p>",
    "apple": '<html><body>Soup, <b>please</b>.<br><blockquote type="cite"><div>On 23 Nov 2026, Heard wrote:</div>'
    "<div>Shall we?</div></blockquote></body></html>",
    "yahoo": '<div>Soup, <b>please</b>.</div><div id="x" class="yahoo_quoted"><div>On Monday, Heard wrote:</div>'
    "Shall we?</div>",
    "thunderbird": '<p>Soup, <b>please</b>.</p><div class="moz-cite-prefix">On 23/11/2026 10:00, Heard wrote:<br></div>'
    '<blockquote type="cite"><p>Shall we?</p></blockquote>',
}


@pytest.mark.parametrize("reader", HTML)
def test_of_mail_in_html_alone_the_words_are_kept(reader: str) -> None:
    assert read_mail(plain(HTML[reader].encode(), "text/html; charset=utf-8")).text == "Soup, **please**."


def test_plain_words_are_taken_before_html_and_an_empty_part_is_not() -> None:
    message = EmailMessage()
    message["From"] = "a@b.example"
    message.set_content("Plain")
    message.add_alternative("<p>Rich</p>", subtype="html")
    assert read_mail(message.as_bytes()).text == "Plain"
    message.get_payload(0).set_payload("\n")
    assert read_mail(message.as_bytes()).text == "Rich"


def test_files_come_along_and_logos_signatures_and_cards_do_not() -> None:
    message = EmailMessage()
    message["From"] = "a@b.example"
    message.set_content("Words")
    message.add_alternative("<p>Words <img src='cid:logo'></p>", subtype="html")
    message.get_payload(1).add_related(b"\x89PNG" + b"x" * 500, "image", "png", cid="<logo>", filename="logo.png")
    message.get_payload(1).add_related(b"\x89PNG" + b"x" * 30_000, "image", "png", cid="<shot>", filename="shot.png")
    message.add_attachment(b"%PDF-1.4", "application", "pdf", filename="../../Menü.pdf")
    message.add_attachment(b"x", "application", "pkcs7-signature", filename="smime.p7s")
    message.add_attachment(b"x", "text", "vcard", filename="me.vcf")
    message.add_attachment(b"", "application", "octet-stream", filename="empty")
    found = read_mail(message.as_bytes())
    assert [file.name for file in found.files] == ["shot.png", "../../Menü.pdf"]
    assert found.text == "Words"


def test_a_mail_built_to_be_hard_is_refused_or_read_in_part() -> None:
    with pytest.raises(MailIsUnreadable):
        read_mail(b"x" * 1001, most=1000)
    nested = b"From: a@b.example\n"
    for depth in range(45):
        nested += f'Content-Type: multipart/mixed; boundary="b{depth}"\n\n--b{depth}\n'.encode()
    assert read_mail(nested + b"Content-Type: text/plain\n\ndeep").text == ""
    with pytest.raises(MailIsUnreadable):
        read_mail(nested * 2)
    assert read_mail(b"From: a@b.example\n\n" + b"--boundary--\n" * 60 + b"words").text.endswith("words")
    many = b'From: a@b.example\nContent-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 5000
    assert len(read_mail(many).text) < 500
    bomb = (
        b"From: a@b.example\n" + b"X-A: " + b"=?utf-8?q?x?= " * 50_000 + b"\nSubject: " + b"(" * 100_000 + b"\n\nwords"
    )
    assert read_mail(bomb).text == "words"


@pytest.mark.parametrize(
    "piece", ["<div ", "<!--", "<img ", "[", "\n", "> ", "<div id=", "-- \n", "On 1 a@b wrote:\n", "⸺\n"]
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_what_is_built_to_take_long_is_read_all_the_same(piece: str, kind: str) -> None:
    body = (piece * 400_000)[:400_000].encode()
    assert isinstance(read_mail(plain(body, f"text/{kind}; charset=utf-8")).text, str)


@pytest.mark.parametrize(
    "name", ["Content-Type: text/plain", "Content-Type: multipart/mixed", "Content-Disposition: x"]
)
@pytest.mark.parametrize("piece", [";", "\n ;;;;;;;;"])
def test_a_header_built_to_take_long_is_cut(name: str, piece: str) -> None:
    raw = f'From: a@b.example\n{name}; x="{piece * 90_000}\n\nwords'
    assert read_mail(raw.encode()).sender == "a@b.example"


def test_a_mail_of_headers_alone_is_refused() -> None:
    with pytest.raises(MailIsUnreadable):
        read_mail(b"From: a@b.example\n" + b"X: y\n" * 600 + b"\nwords")


HEADER = st.sampled_from(
    ["From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Message-ID",
     "Status", "Final-Recipient", "Auto-Submitted", "Authentication-Results", "X-Failed-Recipients"]
)  # fmt: skip
VALUE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "multipart/mixed; boundary=b", "multipart/report; boundary=b", "multipart/alternative; boundary=b",
            "text/html",
            "text/plain; charset*=x'y'%ff", 'text/plain; charset="utf-7"; format=flowed', "message/rfc822", "base64",
            "quoted-printable", "x-uuencode", "message/delivery-status", "=?utf-8?b?////?=", "=?x?q?=ff?= <a@b>",
            "attachment; filename*=utf-8''%ff%00", "image/png; name==?utf-8?q?=0a?=", "a@b, <c@d>, (e@f", "@,;:<>()[]",
            "multipart/mixed; boundary*0=b; boundary*=x", "application/pkcs7-mime", "text/plain; charset=idna",
        ]
    ),
)  # fmt: skip


@given(
    st.lists(st.tuples(HEADER, VALUE), max_size=8),
    st.lists(st.tuples(HEADER, VALUE), max_size=4),
    st.binary(max_size=200),
)
def test_mangled_mail_is_read_or_refused(head, inner, body: bytes) -> None:
    lines = "".join(f"{name}: {value}\n" for name, value in head).encode("utf-8", "surrogatepass")
    part = "".join(f"{name}: {value}\n" for name, value in inner).encode("utf-8", "surrogatepass")
    with contextlib.suppress(MailIsUnreadable):
        read_mail(lines + b"\n--b\n" + part + b"\n" + body + b"\n--b\n" + body + b"\n--b--\n")


@given(st.binary(max_size=500))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with contextlib.suppress(MailIsUnreadable):
        read_mail(raw)
