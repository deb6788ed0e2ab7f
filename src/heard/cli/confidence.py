"""What `heard check` says of the addresses that are to know nobody: what would write down who answered when."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection

from heard.cli.finding import Finding

PAGE = "docs/run/confidence.md"
TALKATIVE: dict[str, tuple[set[str | None], str]] = {
    "archive_mode": ({"off"}, "keeps every change in the order in which it came"),
    "track_commit_timestamp": ({"off"}, "keeps the moment of every change"),
    "log_statement": ({"none", "ddl"}, "writes answers into its log"),
    "log_min_duration_statement": ({"-1"}, "writes slow statements, with the answers in them, into its log"),
    "log_min_duration_sample": ({"-1"}, "writes some slow statements, with the answers in them, into its log"),
    "log_transaction_sample_rate": ({"0"}, "writes some transactions, with the answers in them, into its log"),
    "auto_explain.log_min_duration": ({None, "-1"}, "writes slow statements, with the answers in them, into its log"),
    "log_parameter_max_length_on_error": ({"0"}, "writes answers that could not be kept into its log"),
    "log_min_error_statement": ({"fatal", "panic"}, "writes into its log when somebody answered, if that failed"),
    "log_lock_waits": ({"off"}, "writes into its log when somebody answered, if that had to wait"),
}
"""Settings of PostgreSQL, what they may be, and what it does otherwise."""


def confidence() -> Iterator[Finding]:
    """The host, the keys and the database."""
    yield from host()
    try:
        yield from keys()
        yield from server()
    except DatabaseError:
        return  # said elsewhere


def host() -> Iterator[Finding]:
    """Where answers come in."""
    own, ballots = settings.HEARD_URL, settings.HEARD_BALLOT_URL
    secure, name = own.startswith("https://"), urlsplit(own).hostname or ""
    if secure and not ballots.startswith("https://"):
        yield Finding("wrong", "confidence", "HEARD_BALLOT_URL must be https, or browsers do not send answers there.")
    elif secure and urlsplit(ballots).hostname == name:
        yield Finding(
            "note",
            "confidence",
            f"Answers come to the host of the pages, whose log could tell who answered when. Give them a host of their "
            f"own by HEARD_BALLOT_URL: {PAGE}.",
        )
    elif not secure and settings.HEARD_HAS_ADDRESS and name not in {"localhost", "127.0.0.1", "::1"}:
        yield Finding("note", "confidence", "Without https browsers have no cryptography, so nobody can answer unseen.")
    else:
        yield Finding("fine", "confidence", f"Answers are taken at {ballots}.")


def keys() -> Iterator[Finding]:
    """Whether the keys of what is announced or open can be used."""
    from heard.features.ballots.actions import keys_that_stay_closed

    if "ballots_key" in connection.introspection.table_names() and (count := keys_that_stay_closed()):
        yield Finding(
            "wrong",
            "confidence",
            f"{count} keys were sealed under another HEARD_BALLOT_KEY: no token can be fetched for them any more.",
        )


def server() -> Iterator[Finding]:
    """What PostgreSQL would remember."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name, (quiet, what) in TALKATIVE.items():
            cursor.execute("SELECT current_setting(%s, true)", [name])
            if cursor.fetchone()[0] not in quiet:
                yield Finding("note", "confidence", f"PostgreSQL {what} ({name}): {PAGE}.")
