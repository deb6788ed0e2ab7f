"""The parts that pages are made of say the same to every reader."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string

from heard import web

SPRITE = Path(web.__file__).parent / "static/icons.svg"
SOURCE = Path(web.__file__).parents[1]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass
class Shown:
    name: str = "Joana Ribeiro"
    initials: str = "JR"
    picture_url: str = ""
    tint: int = 3


class Words(forms.Form):
    source = forms.CharField(max_length=100, label="Your reply", widget=forms.Textarea)
    once = forms.UUIDField(required=False)


def drawn(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    symbols = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text(encoding="utf-8")))
    named = {
        name
        for path in SOURCE.rglob("*.html")
        for name in re.findall(r'(?:\{% icon |\bicon=)"([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert named - symbols == set()


def test_a_face_is_initials_on_a_tint_or_a_picture_and_never_speaks() -> None:
    assert drawn("{% face who %}", who=Shown()) == '<span class="face t3 " aria-hidden="true">JR</span>'
    assert 'alt=""' in drawn("{% face who 'big' %}", who=Shown(picture_url="/people/joana/picture/"))
    assert ">?</span>" in drawn("{% face who %}", who=None)


@pytest.mark.parametrize(
    ("stage", "now", "spoken", "dots"),
    [
        (0, False, "1 of 4 steps: said.", 1),
        (1, True, "2 of 4 steps: said, answered. Now: promised.", 3),
        (3, True, "4 of 4 steps: said, answered, promised, kept.", 4),
    ],
)
def test_the_loop_says_in_words_what_its_dots_show(stage: int, now: bool, spoken: str, dots: int) -> None:
    html = drawn("{% loop stage now 'Due Monday' %}", stage=stage, now=now)
    assert f'aria-label="{spoken}"' in html
    assert html.count("<i") == 4
    assert len(re.findall(r'<i class="(?:done|now)"', html)) == dots
    assert "Due Monday" in html


def test_the_loop_stands_beside_one_word_that_can_be_seen_and_is_not_said_twice() -> None:
    assert '<span aria-hidden="true">Answered</span>' in drawn("{% loop 1 %}")
    assert "Answered" not in drawn("{% loop 1 False 'Due Monday' %}")


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=5), "5 min"),
        (timedelta(hours=23), "23 h"),
        (timedelta(days=6), "6 d"),
        (timedelta(days=20), "4 Nov"),
        (timedelta(days=400), "20 Oct 2025"),
    ],
)
def test_a_time_is_short_while_it_is_near_and_a_date_afterwards(passed: timedelta, words: str) -> None:
    with time_machine.travel(NOON, tick=False):
        html = drawn("{{ at|ago }}", at=NOON - passed)
    assert f">{words}</time>" in html
    assert f'datetime="{NOON - passed:%Y-%m-%dT%H:%M:%SZ}"' in html


def test_hours_are_counted_to_24_and_thousands_stand_apart_wherever_they_are_shown() -> None:
    at = datetime(2026, 11, 4, 15, 7, tzinfo=UTC)
    with time_machine.travel(NOON, tick=False):
        assert 'title="4 Nov 2026, 15:07"' in drawn("{{ at|ago }}", at=at)
    assert drawn("{{ at|date }} {{ at|date:'DATETIME_FORMAT' }} {{ at|time }}", at=at) == (
        "4 Nov 2026 4 Nov 2026, 15:07 15:07"
    )
    assert drawn("{{ n|grouped }}", n=17606) == "17,606"


def test_no_time_shows_nothing() -> None:
    assert drawn("{{ at|ago }}", at=None) == ""


def test_a_composer_offers_only_what_its_form_has() -> None:
    context = {"form": Words(), "action": "/threads/1/replies/", "submit": "Reply", "draft": "reply-1"}
    html = render_to_string("parts/composer.html", context)
    assert 'name="source"' in html
    assert 'name="once"' in html
    for absent in ('name="kind"', 'name="title"', 'name="community"', 'type="file"', "hx-post"):
        assert absent not in html


def test_a_composer_that_was_refused_keeps_the_words_and_says_why() -> None:
    form = Words({"source": "x" * 101})
    html = render_to_string("parts/composer.html", {"form": form, "action": "/", "submit": "Reply"})
    assert "x" * 101 in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_source_error"' in html
    assert 'id="id_source_error"' in html


def test_who_can_see_this_stands_on_the_composer() -> None:
    context = {"form": Words(), "action": "/", "submit": "Reply", "audience": "the 41 members of Better bids"}
    assert "the 41 members of Better bids" in render_to_string("parts/composer.html", context)


def test_what_a_member_writes_cannot_leave_its_place() -> None:
    html = render_to_string("parts/composer.html", {"form": Words({"source": "</textarea><script>"}), "action": "/"})
    assert "<script>" not in html
