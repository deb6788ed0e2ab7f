"""How files are named and how long they are, so that everybody finds their way."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, SOURCE, files_ending, named

LONGEST = 300
NOWHERE = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "managers"}
IN_A_FEATURE = {
    *("__init__.py", "apps.py", "urls.py", "api.py", "views.py", "forms.py", "tasks.py", "actions.py", "queries.py"),
    *("rules.py", "models.py", "errors.py", "migrations", "templates", "static", "templatetags", "locale"),
    *("formats", "sources", "__pycache__"),
}
VAGUE_VERBS = re.compile(r"^_?(do|handle|process|manage)_")
VAGUE_NAMES = {"data", "info"}
FINE_ALL_THE_SAME = {"handle_exit", "process_exception", "handle_no_permission", "handle_from"}
"""Names that Django and uvicorn call, and a handle that is a noun."""
ARGUMENTS_OF_DJANGO = {"clean", "to_python", "value_from_datadict", "has_changed", "__init__"}
"""Methods whose arguments Django names."""

MODULES = [path for path in files_ending(".py", below="src") if "migrations" not in path.parts]


def test_no_file_is_longer_than_can_be_read_at_once():
    paths = [*files_ending(".py"), *files_ending(".css", ".js", below="src")]
    ours = [path for path in paths if not {"migrations", "vendor"} & set(path.parts)]
    long = {name: count for path, name in zip(ours, named(ours), strict=True) if (count := lines(path)) > LONGEST}
    assert long == {}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_a_drawer_for_everything():
    assert named([path for path in files_ending(".py") if path.stem in NOWHERE or path.parent.name in NOWHERE]) == []


@pytest.mark.parametrize("storey", ["features", "foundation"])
def test_a_feature_holds_only_the_files_the_house_knows(storey):
    folders = [path for path in (SOURCE / storey).iterdir() if path.is_dir() and path.name != "__pycache__"]
    allowed = IN_A_FEATURE | {name.removesuffix(".py") for name in IN_A_FEATURE}
    strays = [path for folder in folders for path in folder.iterdir() if path.name not in allowed]
    assert named(strays) == []


def test_every_module_opens_with_what_will_be_found_in_it():
    silent = [
        path
        for path in [*MODULES, *files_ending(".py", below="tests"), *files_ending(".py", below="tools")]
        if "migrations" not in path.parts
        and (tree := ast.parse(path.read_text(encoding="utf-8"))).body
        and not ast.get_docstring(tree)
    ]
    assert named(silent) == []


def test_names_say_what_they_mean():
    vague = [
        f"{path.relative_to(ROOT)}:{node.lineno} {name}"
        for path in MODULES
        for node in chosen_by_us(ast.parse(path.read_text(encoding="utf-8")))
        if (name := vague_name(node))
    ]
    assert vague == []


def chosen_by_us(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all below it, but not the arguments of what overrides a method of Django's."""
    yield node
    for child in ast.iter_child_nodes(node):
        overrides = isinstance(node, ast.FunctionDef) and node.name in ARGUMENTS_OF_DJANGO
        if not (overrides and isinstance(child, ast.arguments)):
            yield from chosen_by_us(child)


def vague_name(node: ast.AST) -> str | None:
    """The name that a node gives, if it could be the name of anything."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name if VAGUE_VERBS.match(node.name) and node.name not in FINE_ALL_THE_SAME else None
    if isinstance(node, ast.arg):
        return node.arg if node.arg in VAGUE_NAMES else None
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id if node.id in VAGUE_NAMES else None
    return None
