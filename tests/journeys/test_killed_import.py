"""An import that is killed, and killed again, ends as one that was left in peace."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.features.arrivals.exports import ANNA, BO, GENERAL, a_slack, said, stamp_of
from tests.installation import Installation

pytestmark = pytest.mark.long
DAYS, THREADS = 12, 60


def an_archive(folder: Path) -> Path:
    """Some two thousand messages in two channels, with answers, reactions, mentions, files, edits and references."""
    shop = {**GENERAL, "id": "C0SHOP", "name": "shop", "is_general": False}
    chance = random.Random(7)
    days = {}
    for channel in ("general", "shop"):
        for day in range(DAYS):
            rows = []
            for nth in range(THREADS):
                second = day * 86_400 + nth * 60
                words = f"Message {day}/{nth} for <@U0BO00002> in <#C0SHOP> #tag{nth % 5}, " + "words " * (nth % 30)
                eyes = [{"name": "eyes", "users": ["U0BO00002"]}] if nth % 3 == 0 else []
                file = [{"id": f"F{channel}{day}-{nth}", "name": "list.pdf", "mimetype": "application/pdf"}]
                rows.append(said(second, words, reactions=eyes, files=file if nth % 9 == 0 else []))
                if chance.random() < 0.4:
                    rows.append(said(second + 7, f"Answer {nth}", by="U0BO00002", thread_ts=stamp_of(second)))
            days[f"{channel}/2020-01-{day + 1:02}.json"] = rows
    return a_slack(folder, days, users=[ANNA, BO], channels=[GENERAL, shop])


def run(data: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The child process, with a data folder of its own."""
    environment = Installation(data, DJANGO_SETTINGS_MODULE="heard.config.settings").environment
    command = [sys.executable, "-m", "tests.journeys.killed_import", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=600)


def test_killed_at_random_points_and_begun_again_it_ends_the_same(tmp_path: Path, at_full_size: bool) -> None:
    archive = an_archive(tmp_path)
    empty, calm, killed = tmp_path / "empty", tmp_path / "calm", tmp_path / "killed"
    assert run(empty, "--shown").returncode == 0
    shutil.copytree(empty, calm)
    shutil.copytree(empty, killed)
    assert run(calm, archive, 0).stdout == "whole\n"
    whole = run(calm, "--shown").stdout
    assert whole
    chance, kills, tries = random.Random(11), 0, 0
    wanted = 200 if at_full_size else 20
    while kills < wanted and tries < 5 * wanted:
        tries += 1
        if run(killed, archive, chance.randint(5, 900)).stdout:
            # It came to its end before it was killed: all begins anew.
            assert run(killed, "--shown").stdout == whole
            killed = tmp_path / f"killed-{tries}"
            shutil.copytree(empty, killed)
        else:
            kills += 1
    assert kills == wanted
    assert run(killed, archive, 0).stdout == "whole\n"
    assert run(killed, "--shown").stdout == whole
