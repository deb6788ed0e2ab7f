"""`heard import`: conversations and people from elsewhere."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from heard.cli.answers import JsonOption, fail, print_json, progress, terminal, wake_django

app = typer.Typer(help="Move in: bring conversations and people from elsewhere.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="The file that was exported.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would come, and write nothing.")]
MOST_PLACES_SHOWN = 10


@app.callback()
def arrivals() -> None:
    """Takes the name of what is imported."""


@app.command()
def slack(file: File, dry_run: DryRun = False, as_json: JsonOption = False) -> None:
    """Bring in a Slack export (.zip): people, channels, threads, replies, reactions. A second time adds nothing."""
    move_in(file, "slack", dry_run=dry_run, as_json=as_json)


@app.command()
def people(file: File, dry_run: DryRun = False, as_json: JsonOption = False) -> None:
    """Bring in people from a table (.csv, or a .zip of them) whose columns are known by their names."""
    move_in(file, "people", dry_run=dry_run, as_json=as_json)


def move_in(file: Path, wanted: str, *, dry_run: bool, as_json: bool) -> None:
    """Reads a file through and, unless it is a dry run, brings it in."""
    wake_django()
    from heard.features.arrivals import actions

    if not file.is_file():
        fail(f"There is no file {file}.")
    say = terminal(as_json=as_json)
    with progress(say) as bar:
        if dry_run:
            task = bar.add_task(f"Reading {file.name}", total=None)
            _kind, tally = actions.read_through(file, wanted, progress=lambda done: bar.update(task, completed=done))
            figures = None
        else:
            task = bar.add_task(f"Bringing in {file.name}", total=None)
            figures = actions.bring_in_file(file, wanted, progress=lambda done: bar.advance(task, done))
            tally = figures.tally
    show(say, tally.as_json(with_places=True), wanted)
    if figures is not None:
        say.print(f"Done in {figures.seconds:.1f} s, {figures.per_second:,.0f} a second.")
    if as_json:
        print_json(actions.answer(tally, figures))


def show(say: Console, counts: dict[str, Any], wanted: str) -> None:
    """What comes and what does not, with reasons and places, as people read it."""
    table = Table(show_header=False, box=None)
    shown = ("people",) if wanted == "people" else ("people", "communities", "threads", "replies", "reactions", "files")
    for name in shown:
        table.add_row(name, f"{counts[name]:,}")
    say.print(table)
    for title, reasons in (("Not brought in:", counts["skipped"]), ("To know:", counts["noted"])):
        if reasons:
            say.print(title)
        for reason, count in reasons.items():
            say.print(f"  {count:,} × {reason}")
            places = counts["places"].get(reason, [])
            for place in places[:MOST_PLACES_SHOWN]:
                say.print(f"      {place}", style="dim", markup=False)
            if len(places) > MOST_PLACES_SHOWN:
                say.print("      …", style="dim")
