"""`heard admin create` makes somebody who may do everything, and refuses in words."""

import pytest


def test_an_administrator_is_created_and_told_how_to_sign_in(prepared, anne):
    assert prepared.answers("admin", "create", *anne) == {"email": "anne@example.org", "name": "Anne Ashby"}


def test_an_address_is_taken_once(prepared, anne):
    prepared.says("admin", "create", *anne)
    done = prepared.run("admin", "create", *anne)
    assert done.returncode == 1
    assert done.stderr.startswith("heard: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [("--email", "anne", "valid email address"), ("--name", " ", "name")],
)
def test_what_cannot_be_meant_is_refused_in_words(prepared, anne, option, value, sentence):
    given = list(anne)
    given[given.index(option) + 1] = value
    done = prepared.run("admin", "create", *given)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_password_that_is_too_short_is_refused_in_words(prepared, anne):
    done = prepared.run("admin", "create", *anne, HEARD_ADMIN_PASSWORD="12345")
    assert done.returncode == 1
    assert "too short" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_password_stands_in_a_file_or_in_the_environment_and_in_no_command_line(prepared, anne, tmp_path):
    kept = tmp_path / "password"
    kept.write_text("a lamp by the river\n")
    del prepared.environment["HEARD_ADMIN_PASSWORD"]
    assert prepared.run("admin", "create", *anne, "--password", "a lamp by the river").returncode == 2
    assert prepared.run("admin", "create", *anne).returncode == 1  # nobody is there to type one
    assert "signs in" in prepared.says("admin", "create", *anne, HEARD_ADMIN_PASSWORD_FILE=str(kept))


def test_before_the_database_is_prepared_it_says_what_to_do(installation, anne):
    done = installation.run("admin", "create", *anne)
    assert done.returncode == 1
    assert "`heard prepare` brings it up to date" in done.stderr
