"""Mentions, hashtags and e-mail addresses in running text."""

import pytest

from heard.plumbing.text import fold_hashtag, render

JOANA = '<a class="mention" href="/people/joana.ribeiro/">@Joana Ribeiro</a>'


@pytest.mark.parametrize("typed", ["@joana.ribeiro", "@Joana.Ribeiro"])
def test_a_handle_becomes_a_link_with_the_name(read, typed):
    rendered = read(f"Ask {typed}!")
    assert rendered.html == f'<p dir="auto">Ask {JOANA}!</p>\n'
    assert rendered.mentions == ("joana.ribeiro",)
    assert rendered.plain == "Ask @Joana Ribeiro!"


@pytest.mark.parametrize("around", ["{}.", "({})", "{}, yes", "“{}”", "{}…", "{}'s", "**{}**", "- {}", "# {}", "{}?!"])
def test_punctuation_and_marks_around_a_handle_are_not_part_of_it(read, around):
    assert JOANA in read(around.format("@joana.ribeiro")).html


def test_a_full_stop_without_a_space_ends_a_handle_too(read):
    assert f"{JOANA}.Thanks" in read("Thank @joana.ribeiro.Thanks").html


@pytest.mark.parametrize(
    "source",
    [
        "`@joana`",
        "```\n@joana\n```",
        "    @joana",
        "[@joana](/somewhere/)",
        "https://example.org/@joana",
        "<https://example.org/@joana>",
        "me@joana",
        "joana@joana.example.org",
        "@joana@example.org",
        "\\@joana",
        "![@joana](https://example.org/a.png)",
    ],
)
def test_no_one_is_greeted_in_code_links_and_addresses(read, source):
    rendered = read(source)
    assert rendered.mentions == ()
    assert "mention" not in rendered.html


@pytest.mark.parametrize("source", ["@nobody", "@", "@ joana", "@@joana", "@-", "@é"])
def test_what_is_no_ones_handle_stays_text(read, source):
    assert read(source).html == f'<p dir="auto">{source}</p>\n'


def test_a_name_is_escaped(read):
    assert "@Ana &lt;b&gt;</a>" in read("@a_b-c").html


def test_everybody_is_looked_up_by_one_question(company):
    company.asked.clear()
    rendered = render("@joana and @joana.ribeiro\n\n- @nobody and @joana again", link=company)
    assert company.asked == [{"joana", "joana.ribeiro", "nobody"}]
    assert rendered.mentions == ("joana", "joana.ribeiro")


def test_nobody_is_looked_up_where_nobody_is_named(company):
    company.asked.clear()
    render("Good morning, write to me@example.org", link=company)
    assert company.asked == []


def test_there_is_an_end_to_how_many_are_looked_up(company):
    company.asked.clear()
    render(" ".join(f"@person{n}" for n in range(5_000)), link=company)
    assert len(company.asked[0]) == 200


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("four-day-week", "four-day-week"),
        ("FourDayWeek", "fourdayweek"),
        ("Straße", "strasse"),
        ("Ｆｕｌｌ", "full"),
        ("ﬁn", "fin"),
        ("हिन्दी", "हिन्दी"),
        ("日本語", "日本語"),
        ("مرحبا", "مرحبا"),
        ("2026plan", "2026plan"),
        ("snake_case", "snake_case"),
    ],
)
def test_a_hashtag_leads_to_its_folded_form_and_is_shown_as_typed(read, typed, folded):
    rendered = read(f"See #{typed}.")
    assert rendered.hashtags == (folded,)
    assert f">#{typed}</a>." in rendered.html
    assert 'class="hashtag"' in rendered.html
    assert rendered.plain == f"See #{typed}."


@pytest.mark.parametrize(
    "source",
    [
        "#12",
        "# Heading",
        "C# and F#",
        "`#word`",
        "```\n#word\n```",
        "https://example.org/#word",
        "[#word](/x/)",
        "/#word",
        "#-",
        "##word",
        "\\#word",
        "&#8364;",
        "#" + "x" * 65,
    ],
)
def test_what_is_not_a_hashtag(read, source):
    assert read(source).hashtags == ()


def test_a_hashtag_is_counted_once_however_it_is_typed(read):
    assert read("#Café #café #CAFÉ #cafe\u0301").hashtags == ("café",)


def test_folding_again_changes_nothing():
    for word in ("Straße", "İstanbul", "ΐΰ", "ǰ", "ẞ"):
        assert fold_hashtag(fold_hashtag(word)) == fold_hashtag(word)


@pytest.mark.parametrize("address", ["joana@example.org", "j.r+x@mail.example.co.uk"])
def test_an_email_address_can_be_written_to(read, address):
    assert f'<a href="mailto:{address}">{address}</a>.' in read(f"Write to {address}.").html
