"""PostgreSQL writes down statements that fail, and shows those that run: neither with what somebody answered."""

import threading
import time
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections

from heard.features.ballots.actions import redeem
from tests.features.ballots.speaking import a_ballot, a_token, new_group

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no log and nobody to look on"),
]
WAITING = "FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


class Answering(threading.Thread):
    """Somebody who answers, and whose answer has to wait."""

    def __init__(self) -> None:
        super().__init__()
        group = new_group()
        self.ballot = a_ballot(group)
        self.body = a_token(self.ballot, group).body({"told": 4, "better": "Nobody may read this in a log."})
        self.failed = False

    def run(self) -> None:
        try:
            redeem(self.ballot, self.body)
        except OperationalError:
            self.failed = True
        finally:
            connections.close_all()


def answers_of(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [str(row[0]) for row in cursor.fetchall()]


def waiting() -> list[str]:
    """The statements that wait, as soon as there is one."""
    for _attempt in range(200):
        if found := answers_of(f"SELECT query {WAITING}"):
            return found
        time.sleep(0.05)
    raise AssertionError("Nothing waits.")


@pytest.mark.parametrize("how", ["pg_cancel_backend", "pg_terminate_backend"])
def test_an_answer_that_is_cut_off_stands_in_no_log_and_no_list(how: str) -> None:
    log = Path(answers_of("SHOW data_directory")[0]) / "log"
    before = len(log.read_bytes())
    answering = Answering()
    other = connections["default"].copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE ballots_answer IN ACCESS EXCLUSIVE MODE")
        answering.start()
        shown = waiting()
        answers_of(f"SELECT {how}(pid) {WAITING}")
        answering.join(30)
        cursor.execute("ROLLBACK")
    other.close()
    said = log.read_bytes()[before:].decode()
    assert answering.failed
    assert any("ballots_answer" in statement for statement in shown)
    assert "ballots_answer" in said, "it was written down that it failed"
    assert [words for words in (*shown, said) if "Nobody may read" in words or "{4" in words] == []
