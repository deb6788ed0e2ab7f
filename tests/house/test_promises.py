"""What Heard promises to staff stands in docs/promises.md, and each promise names the tests that keep it."""

import ast
import re

from tests.house.tree import ROOT

PROMISES = ROOT / "docs" / "promises.md"
TEST = re.compile(r"(tests/[\w/]+\.py)::(test_\w+)")


def test_every_promise_names_a_test_that_exists():
    items = re.split(r"\n(?=[-*] |\d+\. )", PROMISES.read_text(encoding="utf-8"))[1:]
    assert items
    assert [item.splitlines()[0] for item in items if not TEST.search(item)] == []
    assert [f"{path}::{name}" for item in items for path, name in TEST.findall(item) if not exists(path, name)] == []


def exists(path: str, name: str) -> bool:
    module = ROOT / path
    return module.is_file() and any(
        isinstance(node, ast.FunctionDef) and node.name == name for node in ast.walk(ast.parse(module.read_text()))
    )
