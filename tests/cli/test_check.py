"""`heard check` and the start say in words what is set up wrongly."""

import json

import pytest

from tests.installation import Installation


def test_a_prepared_installation_is_found_sound(prepared):
    answer = prepared.answers("check")
    assert answer["ok"] is True
    subjects = {finding["subject"]: finding for finding in answer["findings"]}
    assert "up to date" in subjects["database"]["sentence"]
    assert "There is no mail server" in subjects["mail"]["sentence"]


def test_changes_that_wait_are_noted(installation):
    assert "wait for `heard prepare`" in installation.says("check")


@pytest.mark.parametrize("command", ["check", "serve", "prepare", "demo"])
def test_a_wrong_value_is_refused_in_one_sentence_wherever_heard_starts(tmp_path, command):
    done = Installation(tmp_path, PORT="eighty").run(command)
    assert done.returncode != 0
    assert "PORT is 'eighty'; it must be a whole number from 1 to 65534." in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_wrong_is_told_to_scripts_too(tmp_path):
    done = Installation(tmp_path, HEARD_TIME_ZONE="Lisbon").run("check", "--json")
    assert done.returncode == 1
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["ok"] is False
    assert "no time zone" in answer["findings"][0]["sentence"]


def test_a_name_that_nobody_reads_is_pointed_at(prepared):
    said = prepared.says("check", HEARD_ORGANIZATION="Calder")
    assert "HEARD_ORGANIZATION: Nobody reads this name. Is HEARD_ORGANISATION meant?" in said


def test_keys_that_others_may_read_are_wrong(prepared):
    (prepared.folder / "keys" / "secret_key").chmod(0o644)
    done = prepared.run("check")
    assert done.returncode == 1
    assert "Others may read" in done.stdout


def test_a_folder_that_others_may_enter_is_named(prepared, tmp_path):
    prepared.folder.chmod(0o755)
    said = prepared.run("check").stdout
    assert f"HEARD_DATA: Every account of this machine may enter {prepared.folder}" in said
    prepared.folder.chmod(0o700)
    outside = tmp_path / "mail"
    outside.mkdir()
    outside.chmod(0o755)
    done = prepared.run("check", HEARD_MAIL=str(outside))
    assert done.returncode == 1
    assert f"`chmod o-rwx {outside}`" in done.stdout
    assert "may enter" not in prepared.says("check")


def test_whatever_heard_writes_is_for_its_own_account_also_in_a_folder_that_was_there(installation):
    installation.folder.chmod(0o755)
    installation.says("prepare")
    written = [path for path in installation.folder.iterdir() if path.name != "static"]
    assert {path.name for path in written} >= {"keys", "files", "static.json", "static.stamp"}
    assert [path for path in written if path.stat().st_mode & 0o077] == []


def test_a_redis_that_does_not_answer_is_wrong(prepared):
    done = prepared.run("check", REDIS_URL="redis://127.0.0.1:1/0")
    assert done.returncode == 1
    assert "Redis does not answer" in done.stdout


def test_a_mail_server_that_does_not_answer_is_wrong(prepared):
    done = prepared.run("check", MAIL_HOST="127.0.0.1", MAIL_PORT="1")
    assert done.returncode == 1
    assert "127.0.0.1 cannot be used" in done.stdout


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"HEARD_LMTP": "127.0.0.1:8024"}, "HEARD_LMTP is set, but HEARD_REPLY_ADDRESS is not."),
        ({"HEARD_REPLY_ADDRESS": "a@b.example"}, "neither HEARD_LMTP nor HEARD_IMAP_HOST says how they come in"),
        (
            {
                "HEARD_REPLY_ADDRESS": "a@b.example",
                "HEARD_IMAP_HOST": "127.0.0.1",
                "HEARD_IMAP_PORT": "1",
                "HEARD_IMAP_USER": "a",
                "HEARD_IMAP_PASSWORD": "b",
            },
            "cannot be reached",
        ),
    ],
)
def test_answers_that_cannot_come_in_are_wrong(prepared, settings, said):
    done = prepared.run("check", **settings)
    assert done.returncode == 1
    assert said in " ".join(done.stdout.split())


def test_how_answers_come_in_is_said(prepared):
    said = prepared.says("check", HEARD_REPLY_ADDRESS="replies@b.example", HEARD_LMTP="0.0.0.0:8024")
    assert "Whoever reaches 0.0.0.0:8024 can hand mail in" in said
    assert "They come to replies@b.example, by HEARD_LMTP." in said


def test_pages_for_others_without_https_are_wrong(prepared):
    done = prepared.run("check", HEARD_BIND="0.0.0.0")
    assert done.returncode == 1
    assert "passwords would travel in the open" in done.stdout


def test_a_database_that_cannot_be_reached_is_said_in_words(tmp_path):
    away = Installation(tmp_path, DATABASE_URL="postgresql://heard@127.0.0.1:1/heard")
    for command in ("check", "prepare", "serve"):
        done = away.run(command)
        assert done.returncode == 1
        assert "cannot be used" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
