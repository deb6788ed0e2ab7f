"""Pages hold no inline style and no inline script, since the policy we send forbids both; and they stay light."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.house.tree import SOURCE, files_ending, named

TEMPLATES = [path for path in files_ending(".html", below="src") if not {"mail", "email"} & set(path.parts)]
INLINE = {
    "an inline style": re.compile(r"""(?<![\w-])style\s*=\s*["'{]|<style\b""", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"""(?<![\w:-])on[a-z]+\s*=\s*["']|hx-on\b|["']js:""", re.IGNORECASE),
}
SCRIPT_KB, SPEAKING_KB, DESK_KB, STYLE_KB = 60, 50, 8, 30
APART = {"confidence", "desk"}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what):
    assert named([path for path in TEMPLATES if INLINE[what].search(path.read_text(encoding="utf-8"))]) == []


def test_no_html_made_in_python_is_styled_inline():
    styled = re.compile(r"<\w[^<>]*\bstyle=")
    assert (
        named([path for path in files_ending(".py", below="src") if styled.search(path.read_text(encoding="utf-8"))])
        == []
    )


def size(paths: list[Path]) -> float:
    """Kilobytes of all of them, as a server that compresses sends them."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths) / 1000


def test_all_script_together_is_light():
    library = finders.find("django_htmx/htmx-4.min.js")
    assert library is not None
    ours = [path for path in SOURCE.rglob("*.js") if path.parent.name not in APART]
    assert size([*ours, Path(library)]) <= SCRIPT_KB


def test_the_script_for_speaking_without_a_name_is_light():
    """It is loaded by one page only, whose readers must be able to read it; other pages load a part to take tokens."""
    assert size(list((SOURCE / "web/static/js/confidence").glob("*.js"))) <= SPEAKING_KB


def test_the_script_for_the_desk_of_listeners_is_light():
    """Only they load it, beside parts of that for speaking."""
    assert size(list((SOURCE / "web/static/js/desk").glob("*.js"))) <= DESK_KB


def test_all_style_together_is_light():
    assert size(list(SOURCE.rglob("*.css"))) <= STYLE_KB
