"""What a backup is: a tar of manifest, database, keys and files, closed by a count, so that a torn one is noticed."""

import contextlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from heard import __version__
from heard.config import env

MANIFEST, END = "manifest.json", "end.json"
ANONYMOUS = "ballots_used"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class NoArchive(Exception):
    """There is nothing to write, or nothing to bring back; the text says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one backup holds; `size` is in bytes of the whole file."""

    made_at: str
    files: int
    size: int


def keys_folder() -> Path:
    """Where the secrets of this installation lie."""
    return env.folder("HEARD_KEYS", settings.HEARD_DATA / "keys")


def write(target: Path) -> Kept:
    """Writes a backup while Heard runs. The file appears whole or not at all, and only its owner may read it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".heard-backup-", dir=target.parent) as folder:
        snapshot = Path(folder) / DATABASES[connection.vendor]
        manifest = described()
        snapshot_into(snapshot)
        unfinished = Path(folder) / "unfinished"
        compressed = "w:gz" if target.suffix in {".gz", ".tgz"} else "w"
        with tarfile.open(unfinished, compressed) as tar:  # type: ignore[call-overload]
            add_text(tar, MANIFEST, manifest)
            tar.add(snapshot, snapshot.name)
            add_tree(tar, keys_folder(), "keys")
            # Files come after the database: whatever it speaks of was written before it was.
            files = add_tree(tar, settings.HEARD_FILES, "files")
            add_text(tar, END, {"files": files})
        unfinished.chmod(0o600)
        unfinished.replace(target)
    return Kept(manifest["made_at"], files, target.stat().st_size)


def described() -> dict[str, Any]:
    """What has to be known before a backup is brought back."""
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return {
        "heard": __version__,
        "engine": connection.vendor,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "migrations": [list(key) for key in applied],
    }


def snapshot_into(path: Path) -> None:
    """The database as it is at one moment, without holding up anybody who writes.

    In neither engine's snapshot does a row of the anonymous tables lie where it came, or anything that was deleted.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        return
    with contextlib.ExitStack() as while_it_is_chosen, connection.cursor() as cursor:
        if ANONYMOUS in connection.introspection.table_names(cursor):
            from heard.features.ballots.actions import rewrite, standing_still

            while_it_is_chosen.enter_context(standing_still())
            rewrite()
        with transaction.atomic():
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            moment = cursor.fetchone()[0]
            while_it_is_chosen.close()
            dump = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}", f"--file={path}")
            run_postgres("pg_dump", *dump)


def run_postgres(program: str, *options: str) -> None:
    """Runs pg_dump or pg_restore on our database; raises NoArchive with what it said where it fails."""
    from django.db.backends.postgresql.client import DatabaseClient

    arguments, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    command = [program, *options, *arguments[1:-1], f"--dbname={arguments[-1]}"]
    try:
        done = subprocess.run(
            command, env=os.environ | (environment or {}), capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise NoArchive(f"{program} is not installed; it comes with PostgreSQL's client programs.") from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise NoArchive(f"{program} failed: {said[-1]}")


def add_text(tar: tarfile.TarFile, name: str, content: dict[str, Any]) -> None:
    """Adds a small JSON file."""
    encoded = json.dumps(content, indent=1).encode()
    member = tarfile.TarInfo(name)
    member.size = len(encoded)
    tar.addfile(member, io.BytesIO(encoded))


def add_tree(tar: tarfile.TarFile, folder: Path, name: str) -> int:
    """Adds every file below `folder`, and says how many; one that is removed meanwhile is left out."""
    count = 0
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with contextlib.suppress(FileNotFoundError):
                tar.add(path, f"{name}/{path.relative_to(folder)}")
                count += 1
    return count
