"""How large a made-up organisation is, and where its database stands."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

PEOPLE = 100_000
COMMUNITIES = 2_000
JOINED = 30
QUIET_COMMUNITIES = 60
QUIET_THREADS = 40
QUIET_PEOPLE = 500


@dataclass(frozen=True)
class Size:
    """So many threads; half as many replies and as many reactions lie beside them."""

    name: str
    threads: int
    people: int = PEOPLE
    communities: int = COMMUNITIES


SIZES = {
    "10k": Size("10k", 10_000, people=2_000, communities=100),
    "100k": Size("100k", 100_000),
    "1m": Size("1m", 1_000_000),
    "5m": Size("5m", 5_000_000),
}


def use_database_of(size: Size, engine: str, folder: Path) -> None:
    """Points the environment, before Django wakes, at the database of this size: a file, or one of the server's."""
    if engine == "sqlite":
        place = folder / "bench" / size.name
        place.mkdir(parents=True, exist_ok=True)
        os.environ["DATABASE_URL"] = f"sqlite://{place / 'heard.sqlite3'}"
        os.environ.pop("DATABASE_URL_FILE", None)
    else:
        os.environ["DATABASE_URL"] = renamed(os.environ["DATABASE_URL"], f"heard_bench_{size.name}")


def use_empty_database(folder: Path, name: str) -> None:
    """Points the environment at an empty file of its own; at PostgreSQL where DATABASE_URL names an empty database."""
    place = folder / "bench" / name
    place.mkdir(parents=True, exist_ok=True)
    for old in place.glob("heard.sqlite3*"):
        old.unlink()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        os.environ["DATABASE_URL"] = f"sqlite://{place / 'heard.sqlite3'}"


def renamed(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
