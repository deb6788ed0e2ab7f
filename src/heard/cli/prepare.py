"""`heard prepare`: the database and the static files as this version needs them, with nothing started."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from heard.cli import demo as demo_command
from heard.cli.answers import JsonOption, print_json, terminal, wake_django
from heard.cli.migrating import migrate
from heard.cli.places import is_claimed


def prepare(
    demo: Annotated[bool, typer.Option(help="Move the demo company in if nobody is there yet.")] = False,
    as_json: JsonOption = False,
    for_serve: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Bring database and static files up to date, without starting anything. `heard serve` does it by itself."""
    wake_django(needs_tables=False)
    from django.conf import settings
    from django.contrib.auth import get_user_model

    say = terminal(as_json=as_json)
    migrate(say.print)
    say_how_findable(say.print)
    if demo and not get_user_model().objects.exists():
        say.print("Moving the demo company in, which takes about half a minute…")
        demo_command.move_in(say)
    collect_static(Path(settings.STATIC_ROOT), noted=settings.HEARD_DATA / "static.stamp")
    if not for_serve and is_claimed(settings.HEARD_DATA):
        say.print(f"Heard is running from {settings.HEARD_DATA}: start it again, so that it runs with what is new.")
    if as_json:
        begun = get_user_model().objects.exists()
        here = {"people": demo_command.sign_ins(), "receipt": demo_command.receipt()}
        print_json({"url": settings.HEARD_URL, **here, "begun": begun})


def say_how_findable(say: Callable[[str], None]) -> None:
    """Says how much of what was said before is indexed, where it is not all."""
    from heard.foundation.search.queries import how_full

    if (percent := how_full()) < 100:
        say(f"What was said before becomes findable while Heard runs, the newest first: {percent} % is there.")


def collect_static(root: Path, *, noted: Path) -> None:
    """Gathers style, script and icons under hashed names, unless nothing has changed since what is `noted`.

    What is noted lies elsewhere: whatever lies in `root` is served to everybody.
    """
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    files = sorted((name, Path(storage.path(name))) for finder in get_finders() for name, storage in finder.list([]))
    found = [(name, path.stat().st_size, path.stat().st_mtime_ns) for name, path in files]
    stamp = sha256(json.dumps(found).encode()).hexdigest()
    if root.exists() and noted.exists() and noted.read_text() == stamp:
        return
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    noted.write_text(stamp)
