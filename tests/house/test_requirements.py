"""What is installed is pinned, by version and by hash, and the files that say so fit one another."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT

LEVELS = ("run", "scale", "dev")
PIN = re.compile(r"^([a-z0-9.-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pins(level: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "requirements" / f"{level}.txt").read_text()))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[~=<>! ;]", line, maxsplit=1)[0].lower() for line in requirements}


@pytest.mark.parametrize("level", [*LEVELS, "uv"])
def test_every_requirement_is_pinned_by_hash_and_names_no_host(level):
    text = (ROOT / "requirements" / f"{level}.txt").read_text()
    blocks = [block for block in re.split(r"\n(?=\S)", text) if not block.startswith("#")]
    assert [block for block in blocks if not (PIN.match(block) and "--hash=sha256:" in block)] == []
    assert [line for line in text.splitlines() if "://" in line or line.startswith("-")] == []


def test_each_level_pins_what_the_one_below_it_pins():
    run, scale, dev = map(pins, LEVELS)
    assert run.items() <= scale.items() <= dev.items()


def test_what_the_project_asks_for_is_what_is_pinned():
    extra = PROJECT["project"]["optional-dependencies"]["scale"]
    assert names(PROJECT["project"]["dependencies"]) <= set(pins("run"))
    assert names(extra) <= set(pins("scale")) - set(pins("run"))
    assert names(PROJECT["dependency-groups"]["dev"]) <= set(pins("dev"))
