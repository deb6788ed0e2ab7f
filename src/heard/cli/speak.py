"""`heard speak`: a member's token, and answers under it, without a browser and without trusting a page's script."""

import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from heard.cli.answers import fail
from heard.cli.hours import moment, on_the_clock

app = typer.Typer(
    help="Answer without a browser, so that nobody can tell who you are.\n\nWorks on any machine; nothing of Heard has "
    "to be set up there. `take` while you are signed in, `answer` another day, from another network if you like.\n\n"
    "Use a device of your own, or a folder in memory or on a stick (`take --folder /dev/shm`). A used token is "
    "overwritten, but many disks write elsewhere and keep what was there, and file systems note when a file went.",
    no_args_is_help=True,
)
SOON = 3_600


@app.callback()
def speak() -> None:
    """Takes what is to be done."""


@app.command()
def take(
    url: Annotated[str, typer.Option(help="Where your Heard is, as https://heard.example.org.")],
    email: Annotated[str, typer.Option(prompt="E-mail or staff number", help="Who you are there.")],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, envvar="HEARD_PASSWORD", help="Asked for if it is not given.")
    ],
    folder: Annotated[
        Path, typer.Option(help="Where token files are written: on a device of your own, or /dev/shm.")
    ] = Path(),
) -> None:
    """Sign in and take the tokens that wait for you, each into a file that only you can read."""
    from heard.cli import taking
    from heard.cli.elsewhere import origin_of, without_settings

    without_settings()
    origin = origin_of(url)
    session = taking.signed_in(origin, email, password)
    try:
        pages, now = taking.tokens_for(session, origin)
        for page in pages:
            typer.echo(take_one(session, origin, page, folder, now))
    finally:
        taking.sign_out(session, origin)
    if not pages:
        typer.echo("There is nothing to take just now.")


def take_one(session: Any, url: str, page: dict[str, Any], folder: Path, now: datetime) -> str:
    """Takes the tokens for one ballot, and says what became of it; `now` is what time it is where they are signed."""
    from heard.cli import taking, token_files

    title, path = page["title"] or page["what"], taking.file_name(folder, page)
    if path.exists() and token_files.read_any(path).is_signed:
        return f"{title}: your token is in {path} already."
    if page["wait_until"] and moment(page["wait_until"]) > now:
        until = on_the_clock(moment(page["wait_until"]), now)
        return f"{title}: your token can be taken from {until} on, so that no clock gives you away."
    if not path.exists() and page["issued"] and page["what"] == "voice":
        return f"{title}: your tokens were taken already, on another device: speak there."
    if not path.exists() and page["issued"]:
        return (
            f"{title}: your token was taken already, on another device: carry it from there (What this browser keeps, "
            f"Carry) and answer with `heard speak answer FILE --url {url}`, FILE holding the line that begins heard1."
        )
    if not path.exists():
        token_files.write(path, taking.drawn(url, page))
    own = taking.signed(session, url, token_files.read_any(path))
    token_files.write(path, own)
    opens, closes = (on_the_clock(moment(own.page[name]), now) for name in ("opens", "closes"))
    return f"{title}: your token is in {path}. Answers are taken from {opens} to {closes}."


@app.command()
def answer(
    token: Annotated[
        str,
        typer.Argument(
            help="A token file that `heard speak take` wrote, a file with the line that a browser shows under Carry "
            "(heard1.…), or that line itself."
        ),
    ],
    url: Annotated[str, typer.Option(help="Where your Heard is: needed for a line from a browser.")] = "",
    keep: Annotated[bool, typer.Option(help="Keep the token: whoever finds it learns that you answered.")] = False,
) -> None:
    """Answer under a token: no session, no cookie, no word about who you are."""
    from heard.cli import carried, token_files
    from heard.cli.elsewhere import without_settings

    without_settings()
    file = None if carried.line_in(token) else Path(token)
    line = carried.line_in(token if file is None else carried.words_of(file))
    if line and not url:
        fail("Say where your Heard is as well: --url https://heard.example.org.")
    own = carried.unpack(line, url) if line else token_files.read(Path(token))
    if own.page["what"] == "voice":
        fail("This token is for opening a conversation, which needs a browser.")
    if not line:
        warn_of_the_clock(Path(token))
    fill_in(own)
    if keep:
        typer.echo(f"Your answers have arrived. {file or 'Your token'} now only proves that you answered.")
    elif file is None:
        typer.echo("Your answers have arrived, and your token counts no more. Forget it where it came from.")
    else:
        typer.echo(f"Your answers have arrived, and {outcome_of_erasing(file)}.")


def outcome_of_erasing(file: Path) -> str:
    """Erases a token that has counted, and says what became of it."""
    from heard.cli import token_files

    try:
        token_files.erase(file)
    except OSError:
        return f"{file} could not be removed: do it yourself, since whoever finds it learns that you answered"
    return "your token is overwritten and gone"


def warn_of_the_clock(file: Path) -> None:
    """Asks once more where a token was taken only just now."""
    if time.time() - file.stat().st_mtime < SOON:
        typer.echo("This token was taken less than an hour ago. Who watches the clock could put the two together.")
        typer.confirm("Answer now all the same?", abort=True)


def fill_in(token: Any) -> None:
    """Asks the questions and sends what was answered."""
    from heard.cli import questionnaire, taking

    keys, _seen = taking.checked_keys(token.origin, token.ballot, token.seen)
    typer.echo(f"{token.page['title']}\n{token.page['intro']}\n")
    typer.echo(
        f"You answer as one of {token.page['invited']} in {token.page['group_name']}. An empty line says nothing."
    )
    longest = {question["code"]: question["longest"] for question in keys["questions"]}
    answers = questionnaire.ask_all(token.page["questions"], longest)
    typer.confirm(f"\nSend {len(answers)} of {len(token.page['questions'])} answers?", default=True, abort=True)
    send(token, answers, keys["size"])


def send(token: Any, answers: dict[str, int | str], size: int) -> None:
    """Sends the answers; ends the command in the server's sentence where they were refused."""
    from heard.cli.elsewhere import asked, sentence_of, unknown_sender
    from heard.features.ballots.rules import padded

    own = token.tokens[0]
    said = {"prefix": own["prefix"], "signature": own["signature"], "group": token.group, "answers": answers}
    headers = {"Content-Type": "text/plain"}
    with unknown_sender() as session:
        url = f"{token.origin}/ballots/{token.ballot}/redeem/"
        answer = asked(session, "POST", url, data=padded(said, size), headers=headers)
    if answer.status_code != 204:
        fail(f"{sentence_of(answer)} The token is as it was.")
