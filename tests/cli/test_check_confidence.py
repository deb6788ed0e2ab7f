"""`heard check` says what would write down who answered when."""

import pytest
from django.db import connection

from heard.cli.confidence import keys, server
from tests.features.ballots.speaking import a_ballot, new_group

SAID = {
    "one host for all": ({"HEARD_URL": "https://heard.example"}, "Give them a host of their own"),
    "a host of its own": (
        {"HEARD_URL": "https://heard.example", "HEARD_BALLOT_URL": "https://answers.example"},
        "Answers are taken at https://answers.example.",
    ),
    "in the open": (
        {"HEARD_URL": "https://heard.example", "HEARD_BALLOT_URL": "http://answers.example"},
        "HEARD_BALLOT_URL must be https",
    ),
    "at home": ({}, "Answers are taken at http://localhost"),
    "for others without https": ({"HEARD_URL": "http://heard.example"}, "Without https browsers have no cryptography"),
}


@pytest.mark.parametrize(("settings", "said"), SAID.values(), ids=SAID)
def test_where_answers_come_in_is_said(prepared, settings, said):
    assert said in prepared.run("check", **settings).stdout


@pytest.mark.django_db
def test_a_key_that_was_lost_is_wrong(settings):
    a_ballot(new_group(), new_group())
    assert list(keys()) == []
    settings.HEARD_BALLOT_KEY = "another secret, of more than 32 characters"
    (finding,) = keys()
    assert (finding.level, "2 keys" in finding.sentence) == ("wrong", True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
@pytest.mark.django_db
def test_what_postgresql_would_write_down_is_named():
    with connection.cursor() as cursor:
        for quiet in ("log_min_error_statement = panic", "log_lock_waits = off"):
            cursor.execute(f"SET LOCAL {quiet}")
        assert list(server()) == []
        cursor.execute("SET LOCAL log_min_error_statement = error")
        cursor.execute("SET LOCAL log_parameter_max_length_on_error = -1")
        cursor.execute("SET LOCAL log_min_duration_statement = 250")
        cursor.execute("SET LOCAL log_statement = 'all'")
    assert {finding.sentence.split("(")[1].split(")")[0] for finding in server()} == {
        *("log_statement", "log_min_duration_statement"),
        *("log_parameter_max_length_on_error", "log_min_error_statement"),
    }
