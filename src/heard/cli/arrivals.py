"""`heard import`: conversations and people from elsewhere, and the way back."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from heard.cli.answers import JsonOption, fail, print_json, progress, terminal, wake_django

app = typer.Typer(help="Move in: bring conversations and people from elsewhere.", invoke_without_command=True)
MOST_PLACES_SHOWN = 10
MOST_COMMUNITIES_SHOWN = 40

File = Annotated[Path, typer.Argument(help="The file that was exported.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would come, and write nothing.")]
DAYS = ["%Y-%m-%d"]
Since = Annotated[
    datetime | None, typer.Option(formats=DAYS, help="Only conversations that began on this day or later.")
]
Until = Annotated[
    datetime | None, typer.Option(formats=DAYS, help="Only conversations that began on this day or earlier.")
]
LeaveOut = Annotated[
    list[str] | None, typer.Option("--leave-out", help="A community that stays behind, by its name; may stand often.")
]
Into = Annotated[
    str, typer.Option("--into", help="Put everything into one community, by the last part of its address.")
]
Map = Annotated[
    list[str] | None, typer.Option("--map", help="What a column holds, as HEADER=FIELD; kept for the next time.")
]


@app.callback()
def arrivals(
    context: typer.Context,
    undo: Annotated[int | None, typer.Option("--undo", help="Take back what a run brought in, by its number.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Takes the name of what is imported, or the number of a run to take back."""
    if undo is not None:
        take_back(undo, as_json=as_json)
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)


def conversation(name: str, words: str) -> None:
    """Adds the command that brings in conversations of the format `name`."""

    def command(
        file: File,
        dry_run: DryRun = False,
        since: Since = None,
        until: Until = None,
        leave_out: LeaveOut = None,
        into: Into = "",
        as_json: JsonOption = False,
    ) -> None:
        chosen = {"since": since, "until": until, "left_out": leave_out, "into": into}
        move_in(file, name, chosen, dry_run=dry_run, as_json=as_json)

    app.command(name, help=f"Bring in {words}. A second time adds what is new and changes what was edited.")(command)


for _name, _words in (
    ("slack", "a Slack export (.zip): people, channels, threads, reactions"),
    ("discourse", "Discourse topics (.json, or a .zip or .tar of them)"),
    ("zulip", "a Zulip export (.tar.gz, .zip), or an archive of its topics"),
    ("stackexchange", "a Stack Exchange dump (.zip of its .xml files)"),
    ("mattermost", "a Mattermost bulk export (.jsonl, or a .zip with its files)"),
    ("yammer", "a Viva Engage (Yammer) network export (.zip)"),
    ("teams", "a Microsoft Teams export (.zip)"),
):
    conversation(_name, _words)


@app.command()
def csv(
    file: File,
    dry_run: DryRun = False,
    since: Since = None,
    until: Until = None,
    leave_out: LeaveOut = None,
    into: Into = "",
    mapping: Map = None,
    as_json: JsonOption = False,
) -> None:
    """Bring in conversations from any table (.csv, .tsv, or a .zip of them) whose columns are known by name."""
    wake_django()
    from heard.features.arrivals.actions import mapping_for, mapping_said

    said = mapping_said(mapping or ())
    fitting = mapping_for(file, said) if file.is_file() else said
    chosen = {"since": since, "until": until, "left_out": leave_out, "into": into, "mapping": fitting}
    move_in(file, "csv", chosen, dry_run=dry_run, as_json=as_json, columns=list(said))


@app.command()
def people(file: File, dry_run: DryRun = False, as_json: JsonOption = False) -> None:
    """Bring in people from a table (.csv, or a .zip of them) whose columns are known by their names."""
    move_in(file, "people", {}, dry_run=dry_run, as_json=as_json)


@app.command()
def runs(as_json: JsonOption = False) -> None:
    """List what was brought in, with the numbers that `--undo` takes."""
    wake_django()
    from heard.features.arrivals.queries import listed_runs

    say, rows = terminal(as_json=as_json), listed_runs()
    table = Table("run", "when", "what", "state", "threads", "replies", box=None)
    for row in rows:
        table.add_row(*(str(row[name]) for name in ("run", "when", "source", "state", "threads", "replies")))
    say.print(table if rows else "Nothing was brought in yet.")
    if as_json:
        print_json({"runs": rows})


def move_in(
    file: Path, wanted: str, chosen: dict[str, Any], *, dry_run: bool, as_json: bool, columns: Iterable[str] = ()
) -> None:
    """Reads a file through, says what will come, and, unless it is a dry run, brings it in."""
    wake_django()
    from heard.features.arrivals import actions

    if not file.is_file():
        fail(f"There is no file {file}.")
    choices = actions.choices(**chosen)
    say = terminal(as_json=as_json)
    with progress(say) as bar:
        task = bar.add_task(f"Reading {file.name}", total=None)
        forecast = actions.read_through(
            file, wanted, choices=choices, progress=lambda done: bar.update(task, completed=done)
        )
    actions.refuse_unknown_columns(forecast.columns, columns)
    tally, figures = forecast.tally, None
    if dry_run or not as_json:
        show(say, forecast.as_json(), wanted)
    if not dry_run:
        messages = tally.came["threads"] + tally.came["replies"] or tally.came["people"]
        with progress(say) as bar:
            task = bar.add_task(f"Bringing in {file.name}", total=max(1, messages))
            figures = actions.bring_in_file(
                file,
                wanted,
                choices=choices,
                forecast=forecast,
                progress=lambda done: bar.advance(task, done),
            )
        tally = figures.tally
        say.print("[bold]What came:[/bold]")
        show(say, tally.as_json(with_places=True), wanted)
        say.print(f"Done in {figures.seconds:.1f} s, {figures.per_second:,.0f} a second.")
        say.print(f"`heard import --undo {figures.run.pk}` takes it back.", markup=False)
    if as_json:
        print_json(actions.answer(tally, figures))


def take_back(number: int, *, as_json: bool) -> None:
    """Takes a run back, and says what stays and why."""
    wake_django()
    from heard.features.arrivals import actions

    say = terminal(as_json=as_json)
    with progress(say) as bar:
        task = bar.add_task(f"Taking run {number} back", total=None)
        gone = actions.take_back_run(number, progress=lambda done: bar.advance(task, done))
    for name, count in gone.went.items():
        say.print(f"  {count:,} {name} taken back")
    if gone.kept:
        say.print("Not taken back:")
    for reason, count in gone.kept.items():
        say.print(f"  {count:,} × {reason}")
    if as_json:
        print_json({"run": number, "went": dict(gone.went), "kept": dict(gone.kept)})


def show(say: Console, counts: dict[str, Any], wanted: str) -> None:
    """What comes and what does not, with reasons and places, as people read it."""
    table = Table(show_header=False, box=None)
    shown = ("people",) if wanted == "people" else ("people", "communities", "threads", "replies", "reactions", "files")
    for name in shown:
        table.add_row(name, f"{counts[name]:,}")
    say.print(table)
    if "megabytes" in counts:
        span = f", said from {counts['first']} to {counts['last']}" if counts["first"] else ""
        say.print(f"About {counts['seconds']} s, about {counts['megabytes']} MB on the disk{span}.")
    here = counts.get("here", {})
    if here.get("same") or here.get("changed"):
        say.print(f"{here['new']:,} of them are new, {here['changed']:,} changed, {here['same']:,} here already.")
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
