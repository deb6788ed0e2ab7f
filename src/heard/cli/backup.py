"""`heard backup` and `heard restore`: everything that people said and gave, in one file."""

from pathlib import Path
from typing import Annotated

import typer

from heard.cli.answers import JsonOption, fail, print_json, terminal, wake_django


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write; .tar, or .tar.gz for a smaller and slower one.")],
    force: Annotated[bool, typer.Option(help="Write over a file that is there.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write database, files and keys into one file, while people go on working. Keep it as private as the database."""
    wake_django(needs_tables=False)
    from heard.cli.archive import NoArchive, write

    say = terminal(as_json=as_json)
    if file.exists() and not force:
        fail(f"{file} is there already; --force writes over it.")
    try:
        with say.status("Backing up…"):
            kept = write(file)
    except NoArchive as error:
        fail(str(error))
    except OSError as error:
        fail(f"{file} could not be written: {error.strerror or error}")
    say.print(f"{file} holds the database and {kept.files} files, {kept.size / 1e6:.1f} MB.")
    if as_json:
        print_json({"file": str(file.resolve()), "bytes": kept.size, "files": kept.files})


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `heard backup` wrote.")],
    force: Annotated[bool, typer.Option(help="Replace what is there; the old is moved aside, not deleted.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Bring a backup back into an empty place. Heard must not be running from it."""
    wake_django(needs_tables=False)
    from django.conf import settings

    from heard.cli.archive import NoArchive
    from heard.cli.places import claimed
    from heard.cli.restoring import bring_back, is_empty

    say = terminal(as_json=as_json)
    with claimed(settings.HEARD_DATA):
        if not force and not is_empty():
            fail(f"There is something in {settings.HEARD_DATA} or in the database; --force moves it aside first.")
        try:
            with say.status("Bringing it back…"):
                kept = bring_back(file)
        except NoArchive as error:
            fail(str(error))
    say.print(f"The database and {kept.files} files are back, as they were at {kept.made_at}.")
    if as_json:
        print_json({"files": kept.files, "made_at": kept.made_at})
