"""An installation of Heard apart from the tests' own: folder, database, and the `heard` command run against them."""

import json
import os
import re
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

OURS = ("HEARD_", "MAIL_", "DATABASE_URL", "REDIS_URL", "PORT", "SECRET_KEY", "DJANGO_")


class Installation:
    """What `heard …` is told by its environment; nothing of the tests' own environment shines through."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environment = inherited | {"HEARD_DATA": str(folder), "HEARD_WEB_WORKERS": "1"} | settings

    @property
    def command(self) -> list[str]:
        """What starts every command line."""
        return [sys.executable, "-m", "heard"]

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """One command to its end, whatever that is."""
        return subprocess.run(
            [*self.command, *arguments],
            env=self.environment | settings,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def says(self, *arguments: str, **settings: str) -> str:
        """Standard output of a command that has to succeed."""
        done = self.run(*arguments, **settings)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def answers(self, *arguments: str, **settings: str) -> dict[str, Any]:
        """The JSON object of a command that has to succeed."""
        answer: dict[str, Any] = json.loads(self.says(*arguments, "--json", **settings).splitlines()[-1])
        return answer


def database_url(folder: Path, *, like: str = "") -> str:
    """The address of a database of this run's engine: a file in `folder`, or a new one in the server.

    It is empty, or a copy of the one whose address is `like`; of a file, whoever calls makes the copy.
    """
    if os.environ.get("HEARD_TEST_ENGINE") != "postgres":
        return f"sqlite://{folder / 'heard.sqlite3'}"
    import psycopg

    name = f"heard_{uuid.uuid4().hex}"
    server = os.environ["DATABASE_URL"]
    template = f"TEMPLATE {urlsplit(like).path[1:]}" if like else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {template}")
    return re.sub(r"(//[^/]*/)[^?]*", rf"\g<1>{name}", server, count=1)
