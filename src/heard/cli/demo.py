"""`heard demo`: a believable company to look at."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console

from heard.cli.answers import JsonOption, print_json, terminal, wake_django


def demo(
    beside: Annotated[bool, typer.Option(help="Move in even where real people are.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Move the demo company in: about 600 people, 12 communities, six months of talk. Twice changes nothing."""
    wake_django(needs_tables=False)
    from django.conf import settings

    from heard.cli.prepare import migrate

    say = terminal(as_json=as_json)
    migrate(say.print)
    move_in(say, beside=beside)
    people = sign_ins()
    for one in people:
        say.print(f"{one['role']}: {one['email']}  {one['password']}")
    if as_json:
        print_json({"url": settings.HEARD_URL, "people": people})


def move_in(say: Console, *, beside: bool = False) -> None:
    """Builds the company, with a sign of life where somebody watches; raises SomebodyElseIsHere."""
    from heard.demo import build

    with say.status("Moving in…"):
        build.build_company(beside=beside)


def sign_ins() -> list[dict[str, Any]]:
    """Role, e-mail and password of those whom a visitor may sign in as; empty where the company never moved in."""
    from heard.demo import build

    answer: list[dict[str, Any]] = json.loads(json.dumps(build.sign_ins()))
    return answer
