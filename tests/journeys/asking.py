"""Questions that need no page to be asked: a ballot for everybody, and its hours moved so that it is open or closed."""

import json
import subprocess

from tests.journeys.running import Heard

FREEZE = """
import django, json, sys
django.setup()
from datetime import timedelta
from django.utils import timezone
from heard.features.ballots.actions import Question
from heard.features.rolls.actions import freeze
from heard.features.rolls.queries import Audience
title, asked, hours = json.loads(sys.argv[1])
questions = [Question(one["code"], one["kind"], len(one["options"]), one.get("longest", 0)) for one in asked]
worded = [{"is_reversed": False} | one for one in asked]
opens = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)
roll = freeze(
    by=None, audience=Audience(is_together=True), what="pulse", questions=questions,
    page={"title": title, "intro": "", "questions": worded, "ask_url": ""},
    opens_at=opens, closes_at=opens + timedelta(days=7),
)
print(roll.ballot)
"""
MOVE = """
import django, sys
django.setup()
from datetime import timedelta
from django.utils import timezone
from heard.features.asks.models import Ask
from heard.features.ballots.models import Ballot
from heard.features.rolls.models import Roll
ballot, hours = sys.argv[1], int(sys.argv[2])
opens = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)
times = {"opens_at": opens, "closes_at": opens + timedelta(days=7)}
Ballot.objects.filter(code=ballot).update(**times)
for model in (Roll, Ask):
    model.objects.filter(ballot=ballot).update(**times)
"""
COUNT = """
import django, json, sys
django.setup()
from heard.features.ballots.models import Answer, Used, Key
keys = Key.objects.filter(ballot=sys.argv[1]).values("group")
found = {"used": Used, "answers": Answer}
print(json.dumps({name: model.objects.filter(key__in=keys).count() for name, model in found.items()}))
"""
BEGINNINGS = """
import django, json, sys
django.setup()
from heard.features.ballots.models import Used, Key
keys = Key.objects.filter(ballot=sys.argv[1]).values("group")
print(json.dumps(list(Used.objects.filter(key__in=keys).values_list("prefix", flat=True))))
"""
CLOSE = """
import django
django.setup()
from heard.features.ballots.actions import settle
settle()
"""
DROP = """
import django, sys
django.setup()
from heard.features.ballots.models import AnswerAtRest, Ballot, Key, Release, UsedAtRest
keys = Key.objects.filter(ballot=sys.argv[1])
for model in (AnswerAtRest, UsedAtRest):
    model.objects.filter(key__in=keys.values("group")).delete()
for rows in (Release.objects.filter(ballot=sys.argv[1]), keys, Ballot.objects.filter(code=sys.argv[1])):
    rows.delete()
"""
PAGE = """
import django, sys
django.setup()
from heard.features.asks.models import Ask
from heard.features.rolls.models import Roll
roll = Roll.objects.get(ballot=sys.argv[1])
ask = Ask(kind="pulse", title=roll.page["title"], ballot=roll.ballot, is_for_all=True)
ask.written_at = ask.announced_at = roll.made_at
ask.opens_at, ask.closes_at = roll.opens_at, roll.closes_at
ask.save()
print(ask.code)
"""
ASKED: list[dict[str, object]] = [
    {"code": "recommend", "kind": "recommend", "options": [], "text": "Would you recommend working here to a friend?"},
    {"code": "answers", "kind": "agree", "options": [], "text": "When I raise something, I get an answer."},
    {"code": "shift", "kind": "choice", "options": ["Early", "Late", "Night"], "text": "Which shift is hardest?"},
    {"code": "why", "kind": "comment", "options": [], "longest": 300, "text": "What should we change first?"},
]


def ask(heard: Heard, title: str = "Autumn pulse", asked: list[dict[str, object]] = ASKED, *, hours: int = 168) -> str:
    """Announces these questions to everybody, to open so many hours from now; the ballot's code."""
    return python(heard, FREEZE, json.dumps([title, asked, hours])).strip()


def open_from(heard: Heard, ballot: str, hours: int) -> None:
    """Has a ballot open this many hours from now, before now if it is less than nothing, for seven days."""
    python(heard, MOVE, ballot, str(hours))


def close(heard: Heard, ballot: str) -> None:
    """Has a ballot close now, as the clock does it."""
    open_from(heard, ballot, -200)
    python(heard, CLOSE)


def drop(heard: Heard, ballot: str) -> None:
    """Leaves nothing of a ballot."""
    python(heard, DROP, ballot)


def page_of(heard: Heard, ballot: str) -> str:
    """Has a ballot stand among the asks; the address of its page."""
    return f"{heard.url}/asks/{python(heard, PAGE, ballot).strip()}/"


def counted(heard: Heard, ballot: str) -> dict[str, int]:
    """How many tokens of a ballot were used, and how many answers lie there."""
    found: dict[str, int] = json.loads(python(heard, COUNT, ballot))
    return found


def beginnings(heard: Heard, ballot: str) -> list[str]:
    """What the used tokens of a ballot begin with, as everybody can read once it is closed."""
    found: list[str] = json.loads(python(heard, BEGINNINGS, ballot))
    return found


def python(heard: Heard, code: str, *arguments: str) -> str:
    """Runs code inside an installation; what it printed."""
    environment = heard.environment | {"DJANGO_SETTINGS_MODULE": "heard.config.settings"}
    command = [heard.command[0], "-c", code, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout
