"""What pictures in conversations cost the hourly clock: time on the disk, and no memory that grows with them."""

import subprocess
import sys

from tests.installation import Installation

PICTURES = 48
SETTLED = f"""
import django
django.setup()
import os, resource, secrets
from datetime import date
from heard.features.voice.actions import settle
from heard.features.voice.models import From, Message, Thread
from heard.features.voice.rules import expiry, monday

def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 if os.uname().sysname == "Linux" else 1024) // 1024

week = monday(date.today())
known = dict(week=week, here_week=week, expires_on=expiry(week), lookup="aa", public=b"", wrapped=b"")
thread = Thread.objects.create(code=secrets.token_hex(16), kind="thought", **known)
digests = set()
for place in range({PICTURES}):
    sealed = os.urandom(1048576 + 28)
    said = dict(code=secrets.token_hex(16), place=place, by=From.WRITER, week=week, sealed=sealed, boxes={{}})
    Message.objects.create(thread=thread, **said)
    digests.add(hash(sealed))
before = most()
settle()
grown = most() - before
kept = {{hash(bytes(one)) for one in Message.objects.values_list("sealed", flat=True).iterator(chunk_size=1)}}
print(grown, kept == digests, Message.objects.filter(is_delivered=True).count())
"""


def test_what_the_clock_writes_anew_does_not_lie_in_memory_however_long_it_is(prepared: Installation) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SETTLED],
        env=prepared.environment | {"DJANGO_SETTINGS_MODULE": "heard.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    grown, are_all_there, delivered = done.stdout.split()
    assert (are_all_there, delivered) == ("True", str(PICTURES))
    assert int(grown) < PICTURES / 2
