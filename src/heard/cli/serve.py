"""`heard serve`: pages, stream, worker and clock, as one group that starts and stops together."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from heard.cli.answers import fail, terminal
from heard.cli.parts import Part, wanted
from heard.cli.places import claimed, require_ports

WAIT = "HEARD_TOKEN_WAIT"


def serve(
    demo: Annotated[bool, typer.Option(help="Move the demo company in if nobody is there yet.")] = False,
    only: Annotated[
        Part | None, typer.Option(help="Run one part alone, as on several machines; `heard prepare` comes first.")
    ] = None,
    tether: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Start Heard. Ctrl-C stops all of it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.config.settings")
    if only:
        from heard.cli import parts

        parts.run(only, tether)
        return
    from django.conf import settings

    with claimed(Path(settings.HEARD_DATA)):
        require_ports(settings.HEARD_BIND, settings.HEARD_PORT)
        prepared = made_ready(demo=demo)
        os.environ |= shorter_waits(prepared, os.environ) if demo else {}
        from heard.cli.group import Group

        say = terminal()
        group = Group(wanted(), watched=(settings.HEARD_BIND, settings.HEARD_PORT))
        sys.exit(group.run(when_up=lambda: say.print(welcome(prepared))))


def made_ready(*, demo: bool) -> dict[str, Any]:
    """Prepares in a process of its own, so that the one which stays takes little memory; returns what it answered."""
    command = [sys.executable, "-m", "heard", "prepare", "--json", "--for-serve", *(["--demo"] if demo else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    try:
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        fail("Preparing ended without an answer.")
    return answer


def shorter_waits(prepared: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, str]:
    """What lets somebody try out asks in the demo company, who always comes late: tokens after ten seconds.

    Nothing where the company did not move in, since real people are there, or where the wait was set already.
    """
    is_set = any(name in told for name in (WAIT, f"{WAIT}_FILE"))
    return {WAIT: "10"} if prepared["people"] and not is_set else {}


def welcome(prepared: dict[str, Any]) -> str:
    """The address, and how to get in."""
    lines = ["", f"  Heard is at [bold]{prepared['url']}[/bold]"]
    people = prepared["people"]
    if not prepared["begun"]:
        lines += ["", "  Nobody is here yet: open it to become the first administrator."]
    if people:
        lines += ["", "  Sign in to the demo company as:"]
        width = max(len(person["role"]) for person in people)
        lines += [f"    {one['role']:<{width}}  {one['email']}  {one['password']}" for one in people]
    if prepared["receipt"]:
        lines += [
            "",
            "  The listener's password opens what is said without a name. As if you had said something, come back",
        ]
        lines += [f"  to it at {prepared['url']}/speak/#receipt with {prepared['receipt']}"]
    return "\n".join([*lines, "", "  Ctrl-C stops it.", ""])
