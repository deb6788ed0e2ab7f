"""`heard bench`: how fast pages are, on an organisation of any size."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from heard.cli.answers import JsonOption, fail, print_json, terminal, wake_django

app = typer.Typer(help="Measure: the whole request path, printed beside a calibration loop.", no_args_is_help=True)


class SizeName(StrEnum):
    """How many threads there are."""

    K10 = "10k"
    K100 = "100k"
    M1 = "1m"
    M5 = "5m"


class Engine(StrEnum):
    """Which database; PostgreSQL's server is the one in DATABASE_URL."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


class Member(StrEnum):
    """Whose pages."""

    TYPICAL = "typical"
    QUIET = "quiet"
    LITTLE = "little"
    LEAST = "least"


SizeOption = Annotated[SizeName, typer.Option(help="How many threads the organisation has written.")]
EngineOption = Annotated[Engine, typer.Option(help="Which database. PostgreSQL's server is named by DATABASE_URL.")]
MemberOption = Annotated[
    Member,
    typer.Option(
        help="A typical member, one whose communities are all quiet, or either where all are closed: little, least."
    ),
]
NOption = Annotated[int, typer.Option("-n", min=10, help="How many requests are timed.")]


def run(scenario: str, size: SizeName, engine: Engine, member: Member, n: int, as_json: bool) -> None:
    """Fills the database of that size if need be, measures, and prints."""
    from heard.bench.sizes import SIZES, use_database_of
    from heard.config import env

    if engine is Engine.POSTGRES and not env.text("DATABASE_URL").startswith("postgres"):
        fail("Set DATABASE_URL to a PostgreSQL server on which databases may be made.")
    folder = env.folder("HEARD_DATA", Path.cwd() / "var")
    if engine is Engine.POSTGRES:
        make_database(env.text("DATABASE_URL"), f"heard_bench_{size}")
    use_database_of(SIZES[size], engine, folder)
    wake_django(needs_tables=False)
    from heard.bench.filling import fill
    from heard.bench.scenarios import measure

    say = terminal(as_json=as_json)
    with say.status("Making the organisation…") as status:
        fill(SIZES[size], lambda words: status.update(f"Making the organisation: {words}"))
        if scenario.startswith("search"):
            from heard.bench.searching import make_findable

            make_findable(SIZES[size], lambda words: status.update(f"Making it findable: {words}"))
    figures = measure(scenario, SIZES[size], member=member, n=n).as_dict()
    for name, value in figures.items():
        say.print(f"{name:>12}  {value}")
    if as_json:
        print_json(figures)


def make_database(url: str, name: str) -> None:
    """Makes an empty database on the server of `url`, if it has none of this name."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f'CREATE DATABASE "{name}"')


@app.command()
def home(
    size: SizeOption = SizeName.K100,
    engine: EngineOption = Engine.SQLITE,
    member: MemberOption = Member.TYPICAL,
    n: NOption = 400,
    as_json: JsonOption = False,
) -> None:
    """Home as it opens: *For you*, 20 threads, signed in."""
    run("home", size, engine, member, n, as_json)


@app.command()
def thread(
    size: SizeOption = SizeName.K100,
    engine: EngineOption = Engine.SQLITE,
    n: NOption = 400,
    as_json: JsonOption = False,
) -> None:
    """A thread with 50 replies."""
    run("thread", size, engine, Member.TYPICAL, n, as_json)


@app.command()
def post(
    size: SizeOption = SizeName.K100,
    engine: EngineOption = Engine.SQLITE,
    n: NOption = 400,
    as_json: JsonOption = False,
) -> None:
    """Posting a thread: Markdown rendered, written, announced."""
    run("post", size, engine, Member.TYPICAL, n, as_json)


class Words(StrEnum):
    """What is looked for."""

    COMMON = "common"
    MIDDLING = "middling"
    RARE = "rare"
    APART = "apart"
    MISTYPED = "mistyped"
    NOTHING = "nothing"
    BEST = "best"
    LIVE = "live"


WordsOption = Annotated[
    Words,
    typer.Option(
        help="Pairs of the commonest words, of others, phrases that are nowhere; or the best of the commonest."
    ),
]


@app.command()
def search(
    size: SizeOption = SizeName.K100,
    engine: EngineOption = Engine.SQLITE,
    member: MemberOption = Member.TYPICAL,
    words: WordsOption = Words.COMMON,
    n: NOption = 400,
    as_json: JsonOption = False,
) -> None:
    """The search page, two words looked for."""
    run(f"search {words}", size, engine, member, n, as_json)


ConnectionsOption = Annotated[int, typer.Option(min=1, max=8000, help="How many pages listen at once.")]
NewsOption = Annotated[int, typer.Option("-n", min=1, max=200, help="How often something is announced.")]


@app.command()
def stream(connections: ConnectionsOption = 1000, n: NewsOption = 20, as_json: JsonOption = False) -> None:
    """What is new, told to every open page: memory a connection, and how long it takes."""
    wake_django(needs_tables=False)
    from heard.bench.streaming import measure_stream

    say = terminal(as_json=as_json)
    with say.status("Listening…"):
        figures = measure_stream(connections=connections, n=n).as_dict()
    for name, value in figures.items():
        say.print(f"{name:>18}  {value}")
    if as_json:
        print_json(figures)


LettersOption = Annotated[int, typer.Option(min=100, max=100_000, help="How many letters are queued and sent.")]


@app.command()
def mail(letters: LettersOption = 5000, as_json: JsonOption = False) -> None:
    """Letters, queued as a digest queues them and sent by one worker to a server on this machine.

    In a database of its own: a file, or the empty one on a PostgreSQL server that DATABASE_URL names.
    """
    from heard.bench.mailing import measure_mail, use_database_of_its_own
    from heard.config import env

    port = use_database_of_its_own(env.folder("HEARD_DATA", Path.cwd() / "var"))
    wake_django(needs_tables=False)
    say = terminal(as_json=as_json)
    with say.status("Sending…"):
        figures = measure_mail(port, letters=letters).as_dict()
    for name, value in figures.items():
        say.print(f"{name:>18}  {value}")
    if as_json:
        print_json(figures)


TokensOption = Annotated[int, typer.Option("-n", min=10, max=100_000, help="How many tokens are signed and checked.")]
BitsOption = Annotated[int, typer.Option(help="The length of the key: 2048, 3072 or 4096.")]


@app.command()
def tokens(n: TokensOption = 500, bits: BitsOption = 2_048, as_json: JsonOption = False) -> None:
    """Blind signatures: CPU time of signing a token that cannot be seen, and of checking it."""
    wake_django(needs_tables=False)
    from heard.bench.tokens import measure_tokens
    from heard.plumbing.blind import KeyIsUnusable

    say = terminal(as_json=as_json)
    try:
        with say.status("Signing…"):
            figures = measure_tokens(n=n, bits=bits).as_dict()
    except KeyIsUnusable:
        fail("A key has 2048, 3072 or 4096 bits.")
    for name, value in figures.items():
        say.print(f"{name:>12}  {value}")
    if as_json:
        print_json(figures)


PeopleOption = Annotated[int, typer.Option(min=50, max=100_000, help="How many people take a token and answer.")]


@app.command()
def answers(people: PeopleOption = 2_000, as_json: JsonOption = False) -> None:
    """An anonymous ask: its groups are frozen, everybody takes a token and answers, all rows are written anew.

    In a database of its own: a file, or the empty one on a PostgreSQL server that DATABASE_URL names.
    """
    from heard.bench.sizes import use_empty_database
    from heard.config import env

    use_empty_database(env.folder("HEARD_DATA", Path.cwd() / "var"), "answers")
    wake_django(needs_tables=False)
    from django.core.management import call_command

    from heard.bench.answering import measure_answers

    say = terminal(as_json=as_json)
    with say.status("Answering…"):
        call_command("migrate", verbosity=0)
        figures = measure_answers(people=people).as_dict()
    for name, value in figures.items():
        say.print(f"{name:>18}  {value}")
    if as_json:
        print_json(figures)
