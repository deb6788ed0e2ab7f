"""`heard demo`: a believable company to look at."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console

from heard.cli.answers import JsonOption, print_json, terminal, wake_django
from heard.cli.migrating import migrate


def demo(
    beside: Annotated[
        bool, typer.Option(help="Move in even where real people are, who are asked nothing then.")
    ] = False,
    listening: Annotated[bool, typer.Option(help="With what is asked, and said without names: half a minute.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Move the demo company in: about 600 people, 12 communities, six months of talk. Twice changes nothing."""
    wake_django(needs_tables=False)
    from django.conf import settings

    say = terminal(as_json=as_json)
    migrate(say.print)
    move_in(say, beside=beside, listening=listening)
    people = sign_ins()
    for one in people:
        say.print(f"{one['role']}: {one['email']}  {one['password']}")
    if digits := receipt():
        say.print(f"receipt of a conversation without a name: {digits}")
    if as_json:
        print_json({"url": settings.HEARD_URL, "people": people, "receipt": digits})


def move_in(say: Console, *, beside: bool = False, listening: bool = True) -> None:
    """Builds the company, with a sign of life where somebody watches; raises SomebodyElseIsHere."""
    from django.db import transaction

    from heard.demo.build import build_company
    from heard.demo.listening import build_listening

    with say.status("Moving in, which takes about half a minute…"), transaction.atomic():
        built = build_company(beside=beside)
        if built.people and listening and not beside:
            build_listening()


def sign_ins() -> list[dict[str, Any]]:
    """Role, e-mail and password of those whom a visitor may sign in as; empty where the company never moved in."""
    from heard.demo import build

    answer: list[dict[str, Any]] = json.loads(json.dumps(build.sign_ins()))
    return answer


def receipt() -> str:
    """The digits that lead a visitor back to a conversation; empty where the company never moved in."""
    from heard.demo import listening

    return listening.receipt()
