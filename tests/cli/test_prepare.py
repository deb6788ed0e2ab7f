"""`heard prepare`, and what other commands say where it has not run."""

import pytest

from heard.cli.places import claimed

COMMANDS = [
    ("import", "runs"),
    ("import", "people", "people.csv"),
    ("import", "slack", "export.zip", "--dry-run"),
    ("admin", "create", "--email", "anne@example.org", "--name", "Anne Ashby"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_database_that_waits_for_a_change_is_said_in_one_sentence(installation, command):
    done = installation.run(*command)
    assert done.returncode == 1
    assert "wait for the database. `heard prepare` brings it up to date." in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_backup_needs_no_change_first(installation, tmp_path):
    installation.says("backup", str(tmp_path / "before.tar"))


def test_what_was_prepared_while_heard_runs_is_said_to_need_a_restart(prepared):
    assert "start it again" not in prepared.says("prepare")
    with claimed(prepared.folder):
        assert "start it again" in prepared.says("prepare")


def test_nothing_lies_among_what_is_served_but_what_is_to_be_served(prepared):
    served = prepared.folder / "static"
    names = {path.name for path in served.rglob("*") if path.is_file()}
    assert [name for name in names if name.startswith(".") or name.endswith(".json")] == []
    assert (prepared.folder / "static.json").stat().st_mode & 0o077 == 0
    stylesheet = next(served.rglob("heard.*.css"))
    before = stylesheet.stat().st_mtime_ns
    prepared.says("prepare")
    assert stylesheet.stat().st_mtime_ns == before
