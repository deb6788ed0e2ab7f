"""HTML of other systems as Markdown: nothing in it names somebody here, and no secret stays."""

import pytest

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


@pytest.mark.parametrize("tag", ["div", "blockquote", "b", "span", "p", "ul><li", "table><tr><td"])
@pytest.mark.parametrize("times", [40, 350, 3_000])
def test_words_come_however_deep_they_stand(tag, times):
    assert "Bread for \\@anna" in Html().markdown(f"<{tag}>" * times + "Bread for @anna")


def test_what_is_cut_off_says_so():
    said = Html().markdown("<p>" + "Bread " * 400_000 + "</p>")

    assert said.startswith("Bread Bread")
    assert said.endswith("(The rest of this was too long to come along.)")
