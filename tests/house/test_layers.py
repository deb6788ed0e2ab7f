"""Who may call whom: every contract holds, and every contract is seen to fail where it is broken."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOT, SOURCE

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
BREACHES = {
    "storeys": ("plumbing/ids.py", "import heard.web.middleware"),
    "foundation": ("foundation/record/actions.py", "import heard.foundation.conversation.models"),
    "features": ("features/ballots/models.py", "import heard.features.arrivals"),
    "inside": ("foundation/people/rules.py", "import heard.foundation.people.actions"),
    "views": ("features/rolls/views.py", "import heard.foundation.people.models"),
    "heart": ("features/voice/actions/speaking.py", "import heard.foundation.people"),
    "heart-is-quiet": ("features/ballots/actions/redeeming.py", "import heard.plumbing.realtime"),
}
TABLES = "tables-"
FEATURES_WITH_TABLES = sorted(path.parent.name for path in (SOURCE / "features").glob("*/models.py"))
BREACHES |= {TABLES + name: ("web/door.py", f"import heard.features.{name}.models") for name in FEATURES_WITH_TABLES}


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", *options],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_import_goes_downwards():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_a_feature_with_tables_has_a_contract_that_keeps_them_to_itself():
    """It is `protected`, named after the feature, and lets in nobody else: see CONTRIBUTING.md."""
    own = {
        contract["id"]: (contract["type"], contract["protected_modules"], contract["allowed_importers"])
        for contract in CONTRACTS
        if contract["id"].startswith(TABLES)
    }
    assert own == {
        TABLES + name: ("protected", [f"heard.features.{name}.models"], [f"heard.features.{name}"])
        for name in FEATURES_WITH_TABLES
    }


def test_every_contract_has_a_breach_that_shows_it_works():
    assert {contract["id"] for contract in CONTRACTS} == set(BREACHES)


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The source once more, to be broken."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(SOURCE, folder / "src" / "heard", ignore=lambda _, names: [n for n in names if "cache" in n])
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize("contract", BREACHES)
def test_a_contract_that_is_broken_is_seen_to_fail(contract, copy):
    place, line = BREACHES[contract]
    module = copy / "src" / "heard" / place
    before = module.read_text()
    module.write_text(f"{before}\n{line}\n")
    try:
        done = lint(copy, "--contract", contract)
    finally:
        module.write_text(before)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout
    assert f"heard.{place.removesuffix('.py').replace('/', '.')}" in done.stdout.replace("\n", "")
