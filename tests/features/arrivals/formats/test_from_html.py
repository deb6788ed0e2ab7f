"""HTML of other systems as Markdown: nothing in it names somebody here, and no secret stays."""

from heard.features.arrivals.formats.from_html import Html


def test_text_that_looks_like_a_mention_mentions_nobody():
    shown = Html().markdown("<p>@anna and a@b.example, <code>@anna</code></p><pre><code>@anna\n</code></pre>")

    assert shown == "\\@anna and a@b.example, `@anna`\n\n```\n@anna\n```"


def test_a_link_loses_its_secret_also_where_it_is_its_own_label():
    html = Html()

    shown = html.markdown(
        '<p><a href="https://x.org/@bo?token=abc&amp;a=1">https://x.org/@bo?token=abc&amp;a=1</a></p>'
    )

    assert shown == "[https://x.org/\\@bo?a=1](https://x.org/@bo?a=1)"
    assert html.secrets == 1


def test_an_invitation_is_no_link():
    shown = Html().markdown('<a href="https://chat.example.org/join/abcdefghij0123456789klmn/">join us</a>')

    assert shown == "join us"
