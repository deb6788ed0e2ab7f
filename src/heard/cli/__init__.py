"""The `heard` command: each part of it stands in a small file of its own and imports what it needs when it runs."""

import os
import sys

import typer

from heard import __version__
from heard.cli import admin, arrivals, backup, ballots, bench, check, demo, mail, prepare, serve, speak
from heard.cli.answers import fail

app = typer.Typer(
    name="heard",
    help="Heard, the staff network that listens.\n\nNew here? `heard serve --demo` starts a company to look at.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(serve.serve)
app.command()(prepare.prepare)
app.command()(demo.demo)
app.add_typer(arrivals.app, name="import")
app.add_typer(bench.app, name="bench")
app.command()(check.check)
app.add_typer(admin.app, name="admin")
app.command()(backup.backup)
app.command()(backup.restore)
app.add_typer(mail.app, name="mail")
app.add_typer(ballots.app, name="ballots")
app.add_typer(speak.app, name="speak")


def version(wanted: bool) -> None:
    """Prints which Heard this is, and ends there."""
    if wanted:
        typer.echo(f"heard {__version__}")
        raise typer.Exit


@app.callback()
def everything(
    _version: bool = typer.Option(False, "--version", help="Print the version.", callback=version, is_eager=True),
) -> None:
    """Takes what stands before the name of a command."""


def main() -> None:
    """Runs the command; what a person can put right is said in one sentence, without a traceback."""
    from heard.config.env import WrongEnvironment
    from heard.plumbing.refusals import Refusal

    os.umask(0o077)  # whatever Heard writes is for the account that runs it, and for no other
    try:
        app()
    except WrongEnvironment as error:
        fail(str(error), status=2)
    except Refusal as refusal:
        fail(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
