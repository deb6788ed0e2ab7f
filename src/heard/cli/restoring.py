"""Brings a backup back: looked through first, put in place last, and what was there is moved aside."""

import contextlib
import json
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from heard.cli.archive import DATABASES, END, MANIFEST, Kept, NoArchive, keys_folder, run_postgres
from heard.cli.migrating import migrate


def is_empty() -> bool:
    """Whether nobody is in the database and nothing in the folder of files."""
    from django.contrib.auth import get_user_model

    try:
        if get_user_model().objects.exists():
            return False
    except DatabaseError:
        pass  # no tables yet
    return not any(path.is_file() for path in settings.HEARD_FILES.rglob("*"))


def bring_back(file: Path) -> Kept:
    """Replaces database, keys and files by those of the backup; raises NoArchive before anything is touched."""
    with tempfile.TemporaryDirectory(prefix=".heard-restore-", dir=settings.HEARD_DATA) as folder:
        came = Path(folder)
        unpack(file, came)
        manifest, files = look_through(came)
        aside = settings.HEARD_DATA / f"before-restore-{timezone.now():%Y%m%d-%H%M%S}"
        replace_database(came / DATABASES[connection.vendor], aside)
        replace_folder(came / "keys", keys_folder(), aside / "keys")
        replace_folder(came / "files", settings.HEARD_FILES, aside / "files")
    migrate(lambda _sentence: None)
    return Kept(manifest["made_at"], files, file.stat().st_size)


def unpack(file: Path, folder: Path) -> None:
    """Takes out only what a backup has; links, devices and paths that lead elsewhere are refused."""
    try:
        with tarfile.open(file) as tar:
            for member in tar:
                ours = member.name in {MANIFEST, END, *DATABASES.values()} or member.name.startswith(
                    ("keys/", "files/")
                )
                if not ours or not member.isfile():
                    raise NoArchive(f"{file} is no backup of Heard: it holds {member.name!r}.")
                tar.extract(member, folder, filter="data")
    except FileNotFoundError as error:
        raise NoArchive(f"There is no file {file}.") from error
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise NoArchive(f"{file} is no backup of Heard, or it is damaged.") from error
    except OSError as error:
        raise NoArchive(f"{file} could not be unpacked: {error.strerror or error}") from error


def look_through(folder: Path) -> tuple[dict[str, Any], int]:
    """The manifest and the number of files; raises NoArchive unless all of it is there and fits this Heard."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        files = int(json.loads((folder / END).read_text())["files"])
        engine, applied = manifest["engine"], {tuple(key) for key in manifest["migrations"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoArchive("The backup is not whole: it was cut off, or is none of Heard's.") from error
    if engine != connection.vendor:
        raise NoArchive(f"The backup comes from {engine}, and DATABASE_URL names {connection.vendor}.")
    if unknown := applied - set(MigrationLoader(None).disk_migrations):
        raise NoArchive(f"The backup comes from a newer Heard ({manifest['heard']}): {min(unknown)} is not known here.")
    if sum(path.is_file() for path in (folder / "files").rglob("*")) != files:
        raise NoArchive("The backup is not whole: files are missing.")
    if engine == "sqlite":
        with contextlib.closing(sqlite3.connect(folder / DATABASES["sqlite"])) as copy:
            try:
                sound = copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
            except sqlite3.DatabaseError:
                sound = False
        if not sound:
            raise NoArchive("The database in the backup is damaged.")
    return manifest, files


def replace_database(came: Path, aside: Path) -> None:
    """Puts the database of the backup in the place of ours, which is kept beside it."""
    if connection.vendor == "sqlite":
        connections.close_all()
        current = Path(settings.DATABASES["default"]["NAME"])
        for path in (current, *(current.with_name(current.name + end) for end in ("-wal", "-shm"))):
            if path.exists():
                aside.mkdir(mode=0o700, exist_ok=True)
                shutil.move(path, aside / path.name)
        shutil.move(came, current)
        return
    schema = aside.name.replace("-", "_")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {schema}")
        cursor.execute("CREATE SCHEMA public")
    try:
        run_postgres(
            "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(came)
        )
    except NoArchive:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {schema} RENAME TO public")
        raise
    connections.close_all()


def replace_folder(came: Path, current: Path, aside: Path) -> None:
    """Puts a folder of the backup in the place of ours, which is kept if there is anything in it."""
    if any(current.iterdir()):
        aside.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.move(current, aside)
    elif current.exists():
        current.rmdir()
    came.mkdir(exist_ok=True)
    shutil.move(came, current)
    current.chmod(0o700)
