"""Whatever is typed: the page is safe, and there is a page."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from heard.plumbing.text import clean

ALLOWED = {
    "a": {"href", "class", "rel", "title"},
    "code": {"class"},
    "img": {"src", "alt", "title", "loading"},
    "li": {"class"},
    "ol": {"start"},
    "td": {"class"},
    "th": {"class"},
}
TAGS = set("a blockquote br code del em h3 h4 h5 h6 hr img li ol p pre s strong table tbody td th thead tr ul".split())  # noqa: SIM905
SAFE_ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|[^a-z]|[^:]*\Z)", re.IGNORECASE)

PROBES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href='java\tscript:alert(1)'>a</a>",
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<p style='background:url(javascript:alert(1))'>a</p>",
    "<form action=//evil><button formaction=javascript:alert(1)>a</button></form>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<base href=//evil><meta http-equiv=refresh content='0;url=//evil'><link rel=stylesheet href=//evil>",
    "<p dir='auto' onclick=alert(1) id=x class=y data-x=1 hx-get=/x>a</p>",
    "<input autofocus onfocus=alert(1)><textarea></textarea><video src=x onerror=alert(1)>",
    "<img src='/files/../x'><img src='https://evil/x.png'><img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#10;script:alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](&#x6A;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x) [b](file:///etc/passwd) ![c](javascript:alert(1))",
    "<javascript:alert(1)>",
    "<https://a.example/\"onmouseover='alert(1)'>",
    "[a](https://a.example \"t' onclick='alert(1)\")",
    "![a\" onerror=\"alert(1)](/files/a.webp)",
    "[a]: javascript:alert(1)\n[a][a]",
    "``` \"onclick=alert(1)\nx\n```",
    "https://a.example/<script>alert(1)</script>",
    "@joana\"onclick=alert(1) #tag\"onclick=alert(1)",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "a\x00<scr\x00ipt>alert(1)</script>",
]  # fmt: skip

PIECES = st.sampled_from(
    [
        *PROBES,
        "@joana",
        "#tag",
        "**",
        "_",
        "`",
        "```",
        "\n",
        "\n\n",
        "    ",
        "> ",
        "- ",
        "1. ",
        "[",
        "](",
        ")",
        "<",
        ">",
        "|",
        "&",
        "&lt;",
        '"',
        "'",
        "https://",
        "javascript:",
        "\\",
        "![",
        "/files/a",
        "�",
        "\u202e",
        "👩\u200d💻",
        "مرحبا",
    ]
)
TYPED = st.lists(PIECES | st.text(max_size=8), max_size=14).map("".join)
SOUP = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "</",
            "<a ",
            "<p",
            "<svg>",
            "<math>",
            "<style>",
            "<title>",
            "<pre>",
            "\n",
            "&#13;",
            "<!--",
            "-->",
            "<table>",
            "<td>",
        ]
    )
    | st.sampled_from(["href=", "src=", "'", '"', " ", "/", "x", "onload=", "<img ", "&#", "class=mention", "dir=rtl"])
    | st.text(max_size=4),
    max_size=20,
).map("".join)


class Inspector(HTMLParser):
    """Asserts of every tag, attribute and address that it is one of those let through."""

    def handle_starttag(self, tag, attributes):
        assert tag in TAGS
        for name, value in attributes:
            assert name in ALLOWED.get(tag, set()) | {"dir"}
            if name == "href":
                assert SAFE_ADDRESS.match(value.strip())
            if name == "src":
                assert value.startswith("/files/")
                assert ".." not in value

    def handle_comment(self, _text):
        raise AssertionError("a comment was let through")


def assert_safe(html: str) -> None:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    html.encode()
    assert "\0" not in html


@pytest.mark.parametrize("probe", PROBES)
def test_a_probe_harms_nobody(read, probe):
    assert_safe(read(probe).html)
    assert_safe(clean(probe))


@given(TYPED)
@example("\ud83d")
def test_whatever_is_typed_gives_a_safe_page(read, source):
    rendered = read(source)
    assert_safe(rendered.html)
    rendered.plain.encode()


@given(SOUP)
@example("<pre>\n\n\na&#13;\n")
@example('<p<class="mention"src=<math>x')
def test_cleaning_twice_changes_nothing(soup):
    once = clean(soup)
    assert_safe(once)
    assert clean(once) == once


@given(TYPED)
def test_what_was_rendered_is_clean_already(read, source):
    html = read(source).html
    assert re.sub(r' rel="[^"]*"', "", clean(html)) == re.sub(r' rel="[^"]*"', "", html)


def test_html_from_elsewhere_marks_every_link():
    assert clean('<a href="/x" rel="opener" onclick="x">a</a>') == (
        '<a href="/x" rel="nofollow noopener noreferrer">a</a>'
    )


@pytest.mark.parametrize(
    "source",
    [
        "[" * 10_000,
        "![" * 10_000,
        ">" * 5_000,
        "> " * 5_000 + "a",
        "- " * 5_000 + "a",
        "".join("  " * n + "- a\n" for n in range(150)),
        "*a_ " * 5_000,
        "`" * 10_000 + "a",
        "[a](" * 5_000,
        "[a]: /b\n" * 4_000,
        "://" * 10_000,
        "https://a" * 4_000,
        "@a." * 10_000,
        "#a" * 10_000,
        "a.b@c-" * 6_000,
        "<" * 20_000,
        "&" * 20_000,
        "|a" * 50 + "\n" + "|-" * 50 + "\n" + "|\n" * 5_000,
        "e" + "\u0301" * 20_000,
        "\u202e" * 20_000,
    ],
    ids=lambda source: repr(source[:8]),
)
def test_hostile_texts_give_a_page(read, source):
    rendered = read(source)
    assert_safe(rendered.html)
    assert rendered.excerpt(100) is not None
