"""Zulip's Markdown as ours."""

import pytest

from heard.features.arrivals.formats.references import resolve_references
from heard.features.arrivals.formats.zulip_links import Places
from heard.features.arrivals.formats.zulip_markdown import ZulipMarkdown


def reader():
    """One that knows two people and a channel with one topic."""
    places = Places(lambda channel, topic: "9" if (channel, topic) == ("1", "rye & oats") else "", "bakery")
    places.channels["1"] = "general"
    made = ZulipMarkdown(places, {"wave": "👋"}.get)
    made.streams["general"] = "1"
    for key, name in (("11", "Anna Lind"), ("12", "Bo Ek"), ("13", "Bo Ek")):
        made.know(key, name)
    return made


def shown(text):
    """What a text becomes, with references as `kind:key:label` in braces."""
    return resolve_references(reader().markdown(text), lambda kind, key, label: f"{{{kind}:{key}:{label}}}")


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("@**Anna Lind** @_**Bo Ek|12** @**Bo Ek**", "{person:11:Anna Lind} {person:12:Bo Ek} \\@Bo Ek"),
        ("@**all** @*bakers* @_**Nobody|99** me@x.org @anna", "\\@all \\@bakers Nobody me@x.org \\@anna"),
        ("#**general** #**plans**", "{community:1:#general} \\#plans"),
        ("#**general>rye & oats** #**general>x@77**", "{message:9:#general > rye & oats} {message:77:#general > x}"),
        ("[said](https://bakery.example.org/#narrow/channel/1-general/topic/x/near/5):", "{message:5:said}:"),
        ("see #narrow/stream/1/near/5", "see #narrow/stream/1/near/5"),
        ("https://bakery.example.org/#narrow/stream/1-general/topic/rye.20.26.20oats.", "{message:9:rye & oats}."),
        ("[a](https://x.org/?token=s3cret&b=1) https://x.org/?api_key=1", "[a](<https://x.org/?b=1>) https://x.org/"),
        ("![cat](https://x.org/cat.png)", "[cat](https://x.org/cat.png)"),
        ("[x](javascript:alert(1)) [y](/local)", "x y"),
        (":wave: :own: 10:30:20", "👋 :own: 10:30:20"),
        ("$$a_1 < b$$ costs $$", "$a\\_1 \\< b$ costs $$"),
        ("`@**all** :wave:`", "`@**all** :wave:`"),
        ("<time:2026-01-20T13:00:00Z>", "2026-01-20T13:00:00Z"),
        ("**bold** *it* ~~no~~\n* one\n* two", "**bold** *it* ~~no~~\n* one\n* two"),
    ],
)
def test_what_is_typed_becomes_what_it_meant(typed, becomes):
    assert shown(typed) == becomes


def test_quotes_hold_code_and_quotes():
    typed = "@_**Anna Lind|11** said:\n````quote\nLook\n```python\n@x = 1\n```\n```quote\nold\n```\n````\nYes"

    assert shown(typed) == "{person:11:Anna Lind} said:\n> Look\n> ```python\n> @x = 1\n> ```\n> > old\n\nYes"


def test_a_spoiler_is_told_as_a_quote_below_its_title():
    assert shown("```spoiler The end\nAll :wave:\n```") == "**The end**\n\n> All 👋"


def test_formulas_stand_as_they_are():
    assert shown("```math\n@a \\\\ b\n```\nso") == "```math\n@a \\\\ b\n```\nso"


def test_a_block_without_an_end_goes_on_to_the_end():
    assert shown("~~~\ncode `` ```\n:wave:") == "````\ncode `` ```\n:wave:\n````"


def test_many_blocks_in_one_another_come_to_an_end():
    assert "x" in shown("```quote\n" * 5000 + "x")


@pytest.mark.parametrize("sign", ["`", "[[", "``` \n", "@_**", "$$a", "[a](b(c)", "#**a>b@1", "~"])
def test_a_message_full_of_signs_is_read_at_once(sign):
    assert shown(sign * (100_000 // len(sign)))
