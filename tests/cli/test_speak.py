"""From a token to a count, at the command line, against a Heard that runs: and nothing of who it was is left there."""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from heard.plumbing import base64url
from tests.installation import database_url
from tests.journeys.running import Heard, running

PASSWORD = "a lamp by the river"
SETTING_UP = """
import json
from datetime import timedelta
from django.utils import timezone
from heard.features.ballots.actions import Question
from heard.features.rolls.actions import freeze
from heard.features.rolls.queries import Audience
from heard.foundation.people.actions import add_person
now = timezone.now()
people = [
    add_person(name=f"Mina {nth}", by=None, email=f"mina{nth}@example.org", password="a lamp by the river",
               claimed_at=now - timedelta(days=90))
    for nth in range(9)
]
questions = [("told", "agree", "We are told the truth.", ()), ("where", "choice", "Where?", ("Depot", "Road")),
             ("recommend", "recommend", "Would you recommend us?", ()), ("better", "comment", "What else?", ())]
scheme = [Question(c, k, options=len(o), longest=1000 if k == "comment" else 0) for c, k, _t, o in questions]
shown = [dict(code=c, kind=k, text=t, options=list(o), is_reversed=False) for c, k, t, o in questions]
roll = freeze(by=people[0], audience=Audience(), what="pulse", questions=scheme,
              page={"title": "How are we?", "intro": "Two minutes.", "questions": shown, "ask_url": ""},
              opens_at=now + timedelta(days=7), closes_at=now + timedelta(days=14))
print(json.dumps(roll.ballot))
"""
OPENING = """
from datetime import timedelta
from django.utils import timezone
from heard.features.ballots.models import Ballot
Ballot.objects.update(opens_at=timezone.now() - timedelta(hours=1))
"""
OPEN_ALREADY = """
from datetime import timedelta
from django.utils import timezone
from heard.features.ballots.actions import Question
from heard.features.rolls.actions import freeze
from heard.features.rolls.queries import Audience
from heard.foundation.people.actions import add_person
now = timezone.now()
add_person(name="Lea", by=None, email="lea@example.org", password="a lamp by the river",
           claimed_at=now - timedelta(days=90))
asked = dict(code="told", kind="agree", text="We are told the truth.", options=[], is_reversed=False)
freeze(by=None, audience=Audience(), what="poll", questions=[Question("told", "agree")],
       page={"title": "Open already", "intro": "", "questions": [asked], "ask_url": ""},
       opens_at=now - timedelta(hours=2), closes_at=now + timedelta(days=7))
"""
WORDS_KEY = """
from heard.features.rolls.models import Roll
print(Roll.objects.get(what="pulse").page["words_key"])
"""
WAITED = """
from datetime import timedelta
from django.utils import timezone
from heard.features.rolls.models import Wait
Wait.objects.update(until=timezone.now() - timedelta(seconds=1))
"""
CLOSING = """
from datetime import timedelta
from django.utils import timezone
from heard.features.ballots.actions import settle
settle(timezone.now() + timedelta(days=30))
"""
AWAKE = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'heard.config.settings'; django.setup()\n"


def within(heard: Heard, script: str) -> str:
    """Runs a few lines inside an installation."""
    command = [heard.command[0], "-c", AWAKE + script]
    done = subprocess.run(command, env=heard.environment, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def heard(tmp_path_factory) -> Iterator[tuple[Heard, str]]:
    """A Heard in which nine people are asked something next week, and its ballot."""
    folder = tmp_path_factory.mktemp("speak")
    with running(folder, demo=False, DATABASE_URL=database_url(folder)) as one:
        yield one, json.loads(within(one, SETTING_UP).splitlines()[-1])


def speak(heard: Heard, folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """The command on another machine: nothing of Heard is set up there."""
    environment = {"PATH": heard.environment["PATH"], "HOME": str(folder), "HEARD_PASSWORD": PASSWORD}
    command = [*heard.command, *arguments]
    return subprocess.run(
        command, env=environment, cwd=folder, input=typed, capture_output=True, text=True, check=False
    )


def age(path: Path) -> None:
    """As if it had been written yesterday, and not been looked at since."""
    os.utime(path, (time.time() - 90_000, time.time() - 86_400))


def times_of(path: Path) -> tuple[int, int, int]:
    """All times of a file that anybody can read."""
    found = path.stat()
    return found.st_atime_ns, found.st_mtime_ns, found.st_ctime_ns


def take(heard: Heard, folder: Path, email: str) -> subprocess.CompletedProcess[str]:
    return speak(heard, folder, "speak", "take", "--url", heard.url, "--email", email)


def carried_from(server: Heard, folder: Path) -> Path:
    """A file with a member's token as a browser shows it under Carry."""
    assert take(server, folder, "mina4@example.org").returncode == 0
    (file,) = folder.glob("token-*.json")
    taken = json.loads(file.read_text())
    file.unlink()
    (token,) = taken["tokens"]
    ids = bytes.fromhex(taken["ballot"] + taken["group"])
    words_key = base64url.decode(within(server, WORDS_KEY).split()[-1])
    line = base64url.encode(base64url.decode(token["prefix"]) + base64url.decode(token["signature"]) + ids + words_key)
    carried = folder / "carried.txt"
    carried.write_text(f"{server.url}/speak/#token=heard1.{line[:200]}\n{line[200:]}\n")
    return carried


def test_a_member_takes_a_token_answers_and_finds_it_among_those_that_counted(heard, tmp_path):
    server, ballot = heard
    taken = take(server, tmp_path, "mina1@example.org")
    assert taken.returncode == 0, taken.stderr
    (file,) = tmp_path.glob("token-*.json")
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]
    assert "mina" not in file.read_text().lower()

    assert "already" in take(server, tmp_path, "mina1@example.org").stdout
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert "carry it from there" in take(server, elsewhere, "mina1@example.org").stdout

    carried = carried_from(server, elsewhere)
    lines = "4\n9\n1\n\nMore light, please\ny\n"
    early = speak(server, tmp_path, "speak", "answer", str(file), typed="y\n" + lines)
    assert early.returncode == 1
    assert "not open yet" in early.stderr
    within(server, OPENING)
    age(file)
    before = times_of(file)
    sent = speak(server, tmp_path, "speak", "answer", "--keep", str(file), typed=lines)
    assert sent.returncode == 0, sent.stderr
    assert times_of(file) == before, "when it was read stands on the disk"
    assert "one of 9" in sent.stdout
    assert "from 1 to 2" in sent.stdout
    again = speak(server, tmp_path, "speak", "answer", str(file), typed=lines)
    assert "has been used" in again.stderr

    assert "--url" in speak(server, tmp_path, "speak", "answer", str(carried)).stderr
    blocks = tmp_path / "blocks"
    blocks.hardlink_to(carried)
    age(elsewhere)
    written = elsewhere.stat().st_mtime_ns
    by_line = speak(server, tmp_path, "speak", "answer", str(carried), "--url", server.url, typed="4\n1\n\n\ny\n")
    assert by_line.returncode == 0, by_line.stderr
    assert "1 of 4: We are told the truth." in by_line.stdout
    assert "  2 Road" in by_line.stdout
    assert "overwritten and gone" in by_line.stdout
    assert (carried.exists(), elsewhere.stat().st_mtime_ns) == (False, written)
    assert b"heard1" not in blocks.read_bytes()

    still_open = speak(server, tmp_path, "ballots", "verify", ballot, "--url", server.url)
    assert (still_open.returncode, "not closed" in still_open.stdout) == (0, True)
    within(server, CLOSING)
    checked = speak(server, tmp_path, "ballots", "verify", ballot, "--url", server.url, "--token", str(file), "--json")
    found = json.loads(checked.stdout.splitlines()[-1])
    assert found["ok"], checked.stdout + checked.stderr
    assert {one["code"] for one in found["findings"]} == {
        *("log", "keys", "signatures", "once", "issued", "answers", "token")
    }
    assert ["2 used of 2" in one["detail"] for one in found["findings"] if one["code"] == "issued"] == [True]
    assert server.answers("ballots", "verify", ballot)["ok"]


def test_a_code_that_nothing_has_is_said_in_one_sentence(heard, tmp_path):
    server, _ballot = heard
    nobody = "0" * 32
    assert f"no ask {nobody} here" in server.run("ballots", "verify", nobody).stderr
    elsewhere = speak(server, tmp_path, "ballots", "verify", nobody, "--url", server.url)
    assert (elsewhere.returncode, "keys.json" in elsewhere.stderr) == (1, False)
    assert elsewhere.stderr == (
        f"heard: There is no ballot and no ask {nobody} at {server.url}: take the code from its address.\n"
    )


def test_whoever_comes_after_the_opening_takes_a_token_once_their_wait_is_over(heard, tmp_path):
    server, _ballot = heard
    within(server, OPEN_ALREADY)
    early = line_about("Open already", take(server, tmp_path, "lea@example.org").stdout)
    assert re.search(r"can be taken from (today|[A-Z]\w+day \d+ \w+( \d{4})?) at \d\d:\d\d on,", early)
    within(server, WAITED)
    late = line_about("Open already", take(server, tmp_path, "lea@example.org").stdout)
    assert "your token is in" in late
    file = Path(late.split("your token is in ")[1].split(". Answers")[0])
    assert "signature" in json.loads((tmp_path / file).read_text())["tokens"][0]


def line_about(title: str, said: str) -> str:
    """What the command said of one ask."""
    return next(line for line in said.splitlines() if line.startswith(title))


def test_who_is_not_let_in_gets_nothing(heard, tmp_path):
    server, _ballot = heard
    refused = take(server, tmp_path, "nobody@example.org")
    assert (refused.returncode, "do not let you in" in refused.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"origin": 7}'])
def test_a_file_that_is_no_token_is_refused(heard, tmp_path, content):
    (tmp_path / "token.json").write_text(content)
    done = speak(heard[0], tmp_path, "speak", "answer", "token.json")
    assert (done.returncode, "holds no token" in done.stderr) == (1, True)
    assert "There is no file" in speak(heard[0], tmp_path, "speak", "answer", "other.json").stderr


def test_a_server_that_is_away_is_said_in_one_sentence(heard, tmp_path):
    done = speak(heard[0], tmp_path, "ballots", "verify", "0" * 32, "--url", "http://localhost:9")
    assert (done.returncode, "cannot be reached" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
