"""Which hosts Heard answers to follows from the address that is set."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import Installation

ASK = "import json; from heard.config import settings as s; print(json.dumps([s.ALLOWED_HOSTS, s.HEARD_HAS_ADDRESS]))"


@pytest.mark.parametrize(
    ("told", "hosts", "has_address"),
    [
        ({}, ["*"], False),
        (
            {"HEARD_URL": "http://heard.intranet:8000"},
            ["heard.intranet", "localhost", "127.0.0.1", "[::1]"],
            True,
        ),
        (
            {"HEARD_URL": "https://heard.example.org", "HEARD_HOSTS": "heard.intranet"},
            ["heard.example.org", "localhost", "127.0.0.1", "[::1]", "heard.intranet"],
            True,
        ),
        (
            {"HEARD_URL": "https://heard.example.org", "HEARD_BALLOT_URL": "https://answers.example.org"},
            ["heard.example.org", "answers.example.org", "localhost", "127.0.0.1", "[::1]"],
            True,
        ),
        (
            {"HEARD_HOSTS": "heard.intranet"},
            ["localhost", "127.0.0.1", "[::1]", "heard.intranet"],
            False,
        ),
    ],
)
def test_an_address_that_is_set_is_the_one_that_is_answered(tmp_path: Path, told, hosts, has_address) -> None:
    environment = Installation(tmp_path, **told).environment
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [hosts, has_address]
