"""The scripts can be read, and everybody and everything in them exists."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from heard.demo.build import scripts
from heard.demo.cast import CAST
from heard.demo.communities import COMMUNITIES
from heard.demo.company import UNITS
from heard.demo.gathering import share_of, voices
from heard.demo.said import ScriptIsBroken, Thread, read_script

HANDLES = {speaker.handle for speaker in CAST}
MENTION = re.compile(r"(?<![\w@])@([A-Za-z]\w*)")
EVERY = [(slug, thread) for slug, threads in scripts().items() for thread in threads]


def texts(thread: Thread) -> list[str]:
    replies = [*thread.replies, *(answer for reply in thread.replies for answer in reply.answers)]
    return [thread.text, *(reply.text for reply in replies)]


def test_the_company_talks_as_much_as_a_company_does() -> None:
    replies = sum(len(texts(thread)) - 1 for _slug, thread in EVERY)
    assert len(EVERY) >= 200
    assert replies >= 800
    assert min(len(threads) for threads in scripts().values()) >= 9


def test_every_speaker_and_everybody_mentioned_is_of_the_cast() -> None:
    spoken = {handle for _slug, thread in EVERY for handle in voices(thread)}
    named = {handle for _slug, thread in EVERY for text in texts(thread) for handle in MENTION.findall(text)}
    assert spoken == HANDLES
    assert named <= HANDLES


def test_everybody_says_something_and_every_thread_has_a_title() -> None:
    assert [thread.title for _slug, thread in EVERY if not all(texts(thread))] == []
    assert all(thread.title for _slug, thread in EVERY)
    titles = [thread.title for _slug, thread in EVERY]
    assert len(titles) == len(set(titles))


def test_replies_stand_in_the_order_in_which_they_were_said() -> None:
    for _slug, thread in EVERY:
        assert all(one.after < other.after for one, other in pairwise(thread.replies)), thread.title


def test_a_question_is_settled_once_and_some_wait_for_an_answer() -> None:
    asked = [thread for _slug, thread in EVERY if thread.kind == "ask"]
    settled = [sum(reply.settles for reply in thread.replies) for thread in asked]
    assert max(settled) == 1
    assert sum(settled) > 40
    assert sum(not thread.replies for thread in asked) >= 5


def test_the_company_speaks_five_languages() -> None:
    said = " ".join(text for _slug, thread in EVERY for text in texts(thread))
    for word in ("scanner", "Schicht", "etiquetas", "zmianie", "الحاوية"):
        assert word in said


@pytest.mark.parametrize("one", COMMUNITIES, ids=lambda one: one.slug)
def test_every_community_has_tenders_and_an_audience_that_exists(one) -> None:
    codes = {unit.code for unit in UNITS}
    assert set(one.tenders) <= HANDLES
    assert set(one.audience) <= codes
    assert any(share_of(code, one.audience) for code in codes)


def test_units_are_of_different_sizes_and_some_too_small_to_be_shown_alone() -> None:
    sizes = [unit.size for unit in UNITS]
    assert 580 <= sum(sizes) <= 640
    assert sum(size < 7 for size in sizes) >= 5
    assert max(sizes) > 40


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("== shout joana 2h\nTitle\n\nWords.", "line 1"),
        ("== ask joana 2h\nTitle\n\nWords.\n@@ pavel soon\nWords.", "line 5"),
        ("== ask joana 2h thumbs\nTitle\n\nWords.", "not reactions"),
        ("@@ pavel 2h\nWords.", "line 1"),
    ],
)
def test_a_script_that_breaks_the_grammar_names_the_line(tmp_path: Path, script: str, why: str) -> None:
    path = tmp_path / "broken.txt"
    path.write_text(script, encoding="utf-8")
    with pytest.raises(ScriptIsBroken, match=why):
        read_script(path)
