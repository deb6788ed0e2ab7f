"""What documents say can be typed is there: targets of make, commands of heard with their options, paths of files."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import typer.main

from heard.cli import app
from tests.house.tree import ROOT, files_ending, project_files

DOCUMENTS = [path for path in files_ending(".md") if "templates" not in path.parts]
TYPED = [*DOCUMENTS, *(ROOT / "deploy").rglob("*.*"), ROOT / "deploy" / "Dockerfile", ROOT / "deploy" / "Caddyfile"]
ABOUT_FILES = [path for path in DOCUMENTS if path.parent == ROOT or path.parent.name in {"build", "decisions"}]
CODE = re.compile(r"```[^\n]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
MAKE = re.compile(r"(?:^|[\s;&])make ([a-z][a-z-]*)")
HEARD = re.compile(r"(?:^|[\s/\"])heard((?: (?!heard\b)[a-z]+)+)([^\n;&|]*)")
PATH = re.compile(r"[A-Za-z_.][\w.-]*(?:/[\w.-]+)*/?")
OF_A_FILE = re.compile(r"/|\.(?:py|html|css|js|md|toml|yaml|service|txt)$")
OF_AN_INSTALLATION = re.compile(r"^(?:var/|\.env$)|^(?:keys|files|arrivals)/$")
EXAMPLE = re.compile(r"^\$ ((?:[A-Z_]+=\S+ )+)heard ([a-z]+)\n(.+)$", re.MULTILINE)


def code_of(path: Path) -> list[str]:
    """Everything in a document that is set as code; all of a file that is no document."""
    text = path.read_text(encoding="utf-8")
    return [block or span for block, span in CODE.findall(text)] if path.suffix == ".md" else [text]


def ids(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", TYPED, ids=ids(TYPED))
def test_every_target_of_make_is_there(path):
    there = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {name for code in code_of(path) for name in MAKE.findall(code)} - there == set()


@pytest.mark.parametrize("path", TYPED, ids=ids(TYPED))
def test_every_command_of_heard_is_there_with_its_options(path):
    found = [(words, rest) for code in code_of(path) for words, rest in HEARD.findall(code)]
    assert [wrong for words, rest in found if (wrong := what_is_wrong(words.split(), rest))] == []


def what_is_wrong(words: list[str], rest: str) -> str:
    """The word that is no command, or the option that it does not take."""
    command = typer.main.get_command(app)
    for word in words:
        if not hasattr(command, "commands"):
            break
        if word not in command.commands:
            return f"heard {' '.join(words)}"
        command = command.commands[word]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    unknown = set(re.findall(r"(?<!\S)--[a-z-]+", rest)) - known - {"--help"}
    return f"heard {' '.join(words)} {unknown}" if unknown else ""


@pytest.mark.parametrize("path", ABOUT_FILES, ids=ids(ABOUT_FILES))
def test_every_file_that_is_spoken_of_is_there(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    spans = {span for span in re.findall(r"`([^`\n]+)`", text) if PATH.fullmatch(span) and OF_A_FILE.search(span)}
    assert {span for span in spans if not OF_AN_INSTALLATION.search(span) and not is_there(span)} == set()


@cache
def ends() -> frozenset[str]:
    """Every end of every path in the project, folders with a slash behind."""
    paths = [path.relative_to(ROOT) for path in project_files()]
    whole = {str(path) for path in paths} | {f"{folder}/" for path in paths for folder in path.parents}
    return frozenset("/".join(parts[nth:]) for one in whole for parts in [one.split("/")] for nth in range(len(parts)))


def is_there(span: str) -> bool:
    """Whether the end of some path in the project is this one: `web/home.py`, `buses/`."""
    return span in ends() or f"{span}/" in ends()


def test_code_that_a_walk_quotes_is_the_code_there_is():
    quoted = re.findall(r"```python\n(.*?)```", (ROOT / "docs/build/your-first-feature.md").read_text(), re.DOTALL)
    there = {line.strip() for path in files_ending(".py", below="src") for line in path.read_text().splitlines()}
    assert len(quoted) >= 5
    assert [line for block in quoted for line in block.splitlines() if line.strip() not in there | {""}] == []


def test_what_a_wrong_setting_says_is_what_the_document_says(tmp_path):
    examples = EXAMPLE.findall((ROOT / "docs/run/settings.md").read_text(encoding="utf-8"))
    assert len(examples) >= 5
    for given, command, said in examples:
        environment = dict(pair.split("=", 1) for pair in given.split())
        done = subprocess.run(
            [sys.executable, "-m", "heard", command],
            env={"PATH": os.environ["PATH"], "HEARD_DATA": str(tmp_path), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr.strip()) == (2, said)
