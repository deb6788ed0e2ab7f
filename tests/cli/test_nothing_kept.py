"""Of who sent something to a Heard that runs, nothing is kept: in no database, file, log or output of it."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import requests

from tests.cli.test_speak import within
from tests.installation import database_url
from tests.journeys.running import Heard, running

ADDRESS = "203.0.113.77"
AGENT = "Browser of Mina Member/7.1"
COOKIE = "heard=the-session-of-mina"
REFERER = "https://intranet.example/where-mina-was"
PREFERRED = "pt-MZ"
TRACES = (ADDRESS, "Mina Member", "the-session-of-mina", "where-mina-was", PREFERRED)
ASKED = """
import json
from tests.features.ballots.speaking import ANSWERS, a_ballot, a_token, forged, new_group
group = new_group()
ballot = a_ballot(group)
bodies = [a_token(ballot, group).body({"better": f"kept words {nth}"}).decode() for nth in range(5)]
wrong = [forged(a_token(ballot, group)).body({"better": "refused words"}).decode(),
         a_token(ballot, group).body({"better": "refused words", "unasked": 1}).decode(), "refused words"]
print(json.dumps([ballot, bodies, wrong]))
"""
BREAKING = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("ALTER TABLE ballots_answer RENAME COLUMN question TO asked")
"""


@pytest.fixture
def heard(tmp_path):
    root = str(Path(__file__).resolve().parents[2])
    with running(tmp_path, demo=False, DATABASE_URL=database_url(tmp_path), HEARD_PROXIES="1", PYTHONPATH=root) as one:
        yield one


def test_of_who_answered_nothing_is_kept_anywhere(heard):
    ballot, bodies, wrong = json.loads(within(heard, ASKED).splitlines()[-1])
    headers = {
        "X-Forwarded-For": ADDRESS,
        "User-Agent": AGENT,
        "Referer": REFERER,
        "Accept-Language": PREFERRED,
        "Origin": heard.url,
        "Content-Type": "text/plain",
    }

    def send(body: str, **further: str) -> int:
        address = f"{heard.url}/ballots/{ballot}/redeem/"
        return requests.post(address, body.encode(), headers=headers | further, timeout=30).status_code

    assert [send(body) for body in bodies] == [204] * 5
    assert send(bodies[0]) == 409
    assert [send(body) for body in wrong] == [409, 400, 400]
    assert send(wrong[0], Cookie=COOKIE) == 400
    for name in ("keys.json", "audit.json"):
        requests.get(f"{heard.url}/ballots/{ballot}/{name}", headers=headers, timeout=30)
    within(heard, BREAKING)
    assert send(wrong[0]) == 409
    another = json.loads(within(heard, ASKED.replace("kept words", "broken words")).splitlines()[-1])
    ballot = another[0]
    assert send(another[1][0]) in {500, 503}

    everything = everything_in(heard)
    assert "kept words 3" in everything["database"]
    for where, content in everything.items():
        assert [trace for trace in (*TRACES, "refused words", "broken words") if trace in content] == [], where
    said = everything["serve.log"]
    assert [trace for trace in ("kept words", ballot, bodies[0][:60]) if trace in said] == []


def everything_in(heard: Heard) -> dict[str, str]:
    """Each file of an installation, and its database, also where that is no file."""
    found = {
        str(path.relative_to(heard.folder)): path.read_bytes().decode("latin-1")
        for path in heard.folder.rglob("*")
        if path.is_file() and "static" not in path.parts
    }
    database = "".join(content for name, content in found.items() if name.startswith("heard.sqlite3"))
    if os.environ.get("HEARD_TEST_ENGINE") == "postgres":
        dump = ["pg_dump", "--data-only", heard.environment["DATABASE_URL"]]
        database = subprocess.run(dump, capture_output=True, check=True, text=True).stdout
    return found | {"database": database}
