"""How commands speak: to people through rich, to scripts in one JSON object on the last line of standard output."""

import json
import os
import sys
from collections.abc import Mapping
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON object, alone, as the last line of standard output.")
]


def wake_django(*, needs_tables: bool = True) -> None:
    """Makes models usable. Raises WrongEnvironment where a setting cannot be used.

    Ends the command in one sentence where the tables that it needs are not as this version has them.
    """
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.config.settings")
    django.setup()
    if needs_tables and (count := len(pending_changes())):
        waits = "A change waits" if count == 1 else f"{count} changes wait"
        fail(f"{waits} for the database. `heard prepare` brings it up to date.")


def pending_changes() -> list[Any]:
    """The migrations that are not applied yet; ends the command in words where the database cannot be reached."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        fail(f"The database cannot be used: {str(error).strip()}")


def terminal(*, as_json: bool = False) -> Console:
    """Where people read: standard output, or standard error where that is kept for a script."""
    return Console(stderr=as_json, highlight=False, soft_wrap=True)


def progress(console: Console) -> Progress:
    """A bar for anything long; it leaves no trace where nobody watches."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def print_json(answer: Mapping[str, Any]) -> None:
    """The answer to a script, on one line."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def fail(sentence: str, *, status: int = 1) -> NoReturn:
    """Says what is wrong on standard error and ends with `status`."""
    sys.stderr.write(f"heard: {sentence}\n")
    sys.exit(status)
