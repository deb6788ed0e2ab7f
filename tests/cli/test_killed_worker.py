"""A worker that is killed at any moment loses no letter, and repeats at most the one that was on its way."""

import random
import subprocess
import sys
import time
from collections import Counter
from email.message import EmailMessage

import pytest

from tests.installation import Installation
from tests.postbox import Postbox, postbox

QUEUE = """
import django
django.setup()
from heard.plumbing import mail
for number in range({count}):
    mail.post("mail/invitation", to=f"p{{number}}@example.org", by=None, name="Ivy", code="ABCD",
              address="http://x/", expires_at=None)
"""


def queue_letters(installation: Installation, count: int) -> None:
    """Puts letters into the queue, as pages do."""
    environment = installation.environment | {"DJANGO_SETTINGS_MODULE": "heard.config.settings"}
    subprocess.run([sys.executable, "-c", QUEUE.format(count=count)], env=environment, check=True)


def worker(installation: Installation, box: Postbox) -> subprocess.Popen[bytes]:
    """The real worker, alone."""
    command = [*installation.command, "serve", "--only", "worker"]
    return subprocess.Popen(command, env=installation.environment | box.settings, stderr=subprocess.DEVNULL)


def wait_for(box: Postbox, count: int, process: subprocess.Popen[bytes]) -> None:
    """Returns once so many letters have arrived in all."""
    for _attempt in range(6000):
        if len(box.arrived) >= count:
            return
        assert process.poll() is None
        time.sleep(0.01)
    raise AssertionError(f"{len(box.arrived)} of {count} letters came")


@pytest.mark.long
def test_killed_at_random_moments_it_loses_no_letter_and_repeats_at_most_one(prepared, at_full_size) -> None:
    kills = 200 if at_full_size else 20
    count = 10 * kills
    queue_letters(prepared, count)
    chance = random.Random()
    lives = []
    with postbox() as box:
        box.pause = 0.004
        for _kill in range(kills):
            before = len(box.arrived)
            process = worker(prepared, box)
            wait_for(box, before + chance.randint(1, 5), process)
            time.sleep(chance.random() * 0.02)
            process.kill()
            process.wait()
            time.sleep(0.05)  # what was sent in the last moment has arrived
            lives.append([letter["Message-ID"] for letter in box.arrived[before:]])
        before = len(box.arrived)
        process = worker(prepared, box)
        try:
            there: list[EmailMessage] = []
            while len({letter["Message-ID"] for letter in there}) < count:
                wait_for(box, len(there) + 1, process)
                there = list(box.arrived)
            time.sleep(1)
        finally:
            process.kill()
            process.wait()
        lives.append([letter["Message-ID"] for letter in box.arrived[before:]])
    assert {letter["To"] for letter in box.arrived} == {f"p{number}@example.org" for number in range(count)}
    seen: Counter[str] = Counter()
    for life in lives:
        assert len([one for one in life if one in seen]) <= 1, "more than what was on its way came twice"
        assert len(set(life)) == len(life)
        seen.update(life)
    assert sum(seen.values()) - len(seen) <= kills
