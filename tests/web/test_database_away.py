"""While the database is away pages say so in a sentence, and no log says which page somebody had open."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.handlers.exception import response_for_exception
from django.db import Error, InterfaceError, InternalError, OperationalError, connection
from django.test import RequestFactory
from psycopg import OperationalError as NotReached
from psycopg import errors

from heard.foundation.people.actions import add_person
from heard.plumbing import away
from heard.plumbing.cookieless import IsBusy, WentWrong, refusal_of
from heard.web.refusing import DatabaseIsAway, DiskIsFull, ServerIsBusy, in_words
from tests.cast import browser_of

OPEN = "/asks/1f0e9d8c7b6a/"
ON_POSTGRES = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is a file and never away")


def said_by(cause: Exception, kind: type[Error] = OperationalError) -> Error:
    """What Django makes of an error of psycopg."""
    error = kind(str(cause))
    error.__cause__ = cause
    return error


GONE = [
    said_by(NotReached("connection failed: Connection refused")),
    said_by(errors.AdminShutdown("terminating connection due to administrator command")),
    said_by(errors.CannotConnectNow("the database system is starting up")),
    said_by(errors.TooManyConnections("sorry, too many clients already")),
    said_by(errors.ReadOnlySqlTransaction("cannot execute UPDATE in a read-only transaction"), InternalError),
    InterfaceError("connection already closed"),
]


@pytest.fixture(autouse=True)
def _nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(away, "_told", {})


@pytest.mark.parametrize("error", GONE, ids=lambda error: str(error)[:20])
def test_a_database_that_is_away_is_no_fault_of_ours(error):
    assert isinstance(in_words(error), DatabaseIsAway)
    assert isinstance(refusal_of(error), IsBusy)


@pytest.mark.parametrize(
    ("cause", "refusal"),
    [
        (errors.LockNotAvailable("canceling statement due to lock timeout"), ServerIsBusy),
        (errors.DeadlockDetected("deadlock detected"), ServerIsBusy),
        (errors.DiskFull("could not extend file: No space left on device"), DiskIsFull),
        (errors.ProgramLimitExceeded("index row size exceeds"), type(None)),
    ],
)
def test_one_that_is_busy_or_full_is_told_apart_and_a_fault_of_ours_stays_one(cause, refusal):
    assert isinstance(in_words(said_by(cause)), refusal)


def test_a_transaction_that_we_broke_stays_a_fault_of_ours():
    broken = said_by(errors.InFailedSqlTransaction("current transaction is aborted"), InternalError)
    assert in_words(broken) is None
    assert isinstance(refusal_of(broken), WentWrong)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}, {"Accept": "application/json"}], ids=str)
def test_what_somebody_had_open_stands_in_no_log_and_the_operator_is_told_once(caplog, headers):
    request = RequestFactory().get(OPEN, headers=headers)
    for error in GONE:
        try:
            raise error
        except Error as caught:
            answer = response_for_exception(request, caught)
        assert (answer.status_code, "database is away" in answer.content.decode().replace("&#x27;", "'")) == (503, True)
    (told,) = caplog.records
    assert (told.levelno, told.exc_info) == (logging.ERROR, None)
    assert told.getMessage() == "Requests cannot be answered just now: DatabaseIsAway (OperationalError)"


@contextmanager
def broken(how: str) -> Iterator[None]:
    """A database that cannot be reached, one that ends the connection, or one that only reads."""
    if how == "read-only":
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")
        return
    settings, port = connection.settings_dict, connection.settings_dict["PORT"]
    if how == "refused":
        connection.close()
        settings["PORT"] = "9"
    else:
        other = connection.copy()
        with connection.cursor() as cursor, other.cursor() as killer:
            cursor.execute("SELECT pg_backend_pid()")
            killer.execute("SELECT pg_terminate_backend(%s, 5000)", cursor.fetchone())
        other.close()
    yield
    settings["PORT"] = port
    connection.close()


@ON_POSTGRES
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["refused", "terminated", "read-only"])
def test_postgresql_that_goes_away_is_said_in_a_sentence_to_pages_and_to_whoever_answers(how, caplog):
    browser = browser_of(add_person(name="Mina", by=None, email="mina@example.org", password="a lamp by the river"))
    browser.raise_request_exception = False
    with broken(how):
        page = browser.post("/me/theme/" if how != "read-only" else "/accounts/logout/")
    assert (page.status_code, "database is away" in page.text.replace("&#x27;", "'")) == (503, True)
    assert [one.getMessage() for one in caplog.records if "/" in one.getMessage() or one.exc_info] == []
    caplog.clear()
    with broken(how):
        assert browser_of().get(f"/ballots/{'1' * 32}/keys.json").status_code == (404 if how == "read-only" else 503)
    assert caplog.records == []
