"""Of who sent something to a Heard that runs, nothing is kept: in no database, file, log or output of it."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import requests

from tests.cli.test_speak import within
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
VOICED = """
import json, secrets
from heard.features.voice.actions.speaking import commitment
from heard.features.voice.rules import LOOKUP
from heard.plumbing.base64url import encode
from tests.features.ballots.speaking import forged
from tests.features.voice.conversing import Writer, an_audience, padded, written

def beginning(writer, token):
    return padded(writer.beginning("A word of Mina Member", token=token)).decode()

audience = an_audience()
writer, refused, broken = Writer(audience), Writer(audience), Writer(audience)
lookup, salt, text = encode(writer.lookup), secrets.token_bytes(32), "These words are opened to everyone."
message = written(writer.thread, "writer", {"text": "And another", "pictures": []}, writer.readers())
print(json.dumps({
    "thread": writer.thread,
    "lookups": [lookup, encode(refused.lookup), encode(broken.lookup)],
    "others": [refused.thread, broken.thread],
    "commitment": commitment(text, salt),
    "good": {
        "": beginning(writer, audience.token()),
        "read/": padded({"lookup": lookup}, LOOKUP).decode(),
        "reply/": padded({"lookup": lookup, "message": message}).decode(),
        "open/": padded({"lookup": lookup, "text": text, "salt": encode(salt), "group": True}).decode(),
    },
    "refused": {
        "": beginning(refused, forged(audience.token())),
        "read/": padded({"lookup": encode(refused.lookup)}, LOOKUP).decode(),
        "reply/": padded({"lookup": encode(refused.lookup), "message": message}).decode(),
        "open/": padded({"lookup": lookup, "text": "Refused words", "salt": encode(salt), "group": True}).decode(),
    },
    "broken": beginning(broken, audience.token()),
}))
"""
OFFERING = """
from heard.features.voice.actions import offer_to_open
from heard.features.voice.models import Thread
offer_to_open(Thread.objects.get(pk="{thread}"), "{commitment}")
"""
BREAKING = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("ALTER TABLE {} RENAME COLUMN {} TO asked")
"""
ADDRESSES = Path(__file__).parents[1] / "addresses.txt"


@pytest.fixture
def heard(prepared):
    root, address = str(Path(__file__).resolve().parents[2]), prepared.environment["DATABASE_URL"]
    with running(prepared.folder, demo=False, DATABASE_URL=address, HEARD_PROXIES="1", PYTHONPATH=root) as one:
        yield one


def test_of_who_answered_nothing_is_kept_anywhere(heard):
    ballot, bodies, wrong = json.loads(within(heard, ASKED).splitlines()[-1])
    headers = headers_of_mina(heard)

    def send(body: str, **further: str) -> int:
        address = f"{heard.url}/ballots/{ballot}/redeem/"
        return requests.post(address, body.encode(), headers=headers | further, timeout=30).status_code

    assert [send(body) for body in bodies] == [204] * 5
    assert send(bodies[0]) == 409
    assert [send(body) for body in wrong] == [409, 400, 400]
    assert send(wrong[0], Cookie=COOKIE) == 400
    for name in ("keys.json", "audit.json"):
        requests.get(f"{heard.url}/ballots/{ballot}/{name}", headers=headers, timeout=30)
    within(heard, BREAKING.format("ballots_answer", "question"))
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


def test_of_who_spoke_unasked_nothing_is_kept_anywhere(heard):
    voice = json.loads(within(heard, VOICED).splitlines()[-1])
    good, refused, headers = voice["good"], voice["refused"], headers_of_mina(heard)
    listed = ("listeners.json", "opened.json")
    assert {f"/voice/{name}" for name in (*good, *listed)} == voice_addresses()

    def send(name: str, body: str | None = None, **further: str) -> int:
        verb = "GET" if body is None else "POST"
        data, address = (body or "").encode(), f"{heard.url}/voice/{name}"
        return requests.request(verb, address, data=data, headers=headers | further, timeout=30).status_code

    assert {send(name, body, Cookie=COOKIE) for name, body in good.items()} == {400}
    assert {send(name, Cookie=COOKIE) for name in listed} == {400}
    assert [send(name, good[name]) for name in ("", "read/", "reply/")] == [204, 200, 204]
    within(heard, OFFERING.format(**voice))
    assert {name: send(name, body) for name, body in refused.items()} == {
        "": 409,
        "read/": 404,
        "reply/": 404,
        "open/": 409,
    }
    assert {send(name, "Refused words") for name in good} == {400}
    assert send("open/", good["open/"]) == 204
    assert [send(name) for name in listed] == [200, 200]
    within(heard, BREAKING.format("voice_message", "sealed"))
    assert send("", voice["broken"]) in {500, 503}

    everything = everything_in(heard)
    assert voice["thread"] in everything["database"]
    assert "These words are opened to everyone." in everything["database"]
    never = (*TRACES, "Refused words", *voice["others"], *voice["lookups"])
    for where, content in everything.items():
        assert [trace for trace in never if trace in content] == [], where
    said = everything["serve.log"]
    assert [trace for trace in (voice["thread"], "opened to everyone", good["reply/"][:60]) if trace in said] == []


def headers_of_mina(heard: Heard) -> dict[str, str]:
    """What her browser, or one that means no good to her, tells of her beside the cookie."""
    return {
        "X-Forwarded-For": ADDRESS,
        "User-Agent": AGENT,
        "Referer": REFERER,
        "Accept-Language": PREFERRED,
        "Origin": heard.url,
        "Content-Type": "text/plain",
    }


def voice_addresses() -> set[str]:
    """Every address of conversations that there is."""
    words = ADDRESSES.read_text(encoding="utf-8").split()
    return {word for word in words if word.startswith("/voice/")}


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
