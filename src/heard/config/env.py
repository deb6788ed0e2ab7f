"""Reads the environment: each name once, each wrong value refused in words."""

import os
import re
import zoneinfo
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

asked: set[str] = set()
"""Every name that was asked for, so that `heard check` can point at those that nobody reads."""


class WrongEnvironment(Exception):
    """A value in the environment cannot be used; the text says which, and what would do."""


def text(name: str, default: str = "") -> str:
    """The value of `name`, or what stands in the file that `name_FILE` points at.

    Raises WrongEnvironment if both are given or the file cannot be read.
    """
    asked.add(name)
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if path is None:
        return default if value is None else value.strip()
    if value is not None:
        raise WrongEnvironment(f"Both {name} and {name}_FILE are set; keep one of them.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongEnvironment(f"{name}_FILE points at {path}, which cannot be read: {error}") from error


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between `least` and `most`, both included."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise WrongEnvironment(f"{name} is {value!r}; it must be a whole number from {least} to {most}.")
    return int(value)


def span(name: str, default: tuple[int, int], *, least: int, most: int) -> tuple[int, int]:
    """Two whole numbers parted by a dash, the smaller first, as `3600-86400`; one alone stands for both."""
    value = text(name)
    if not value:
        return default
    first, _dash, last = value.partition("-")
    pair = (first.strip(), (last or first).strip())
    numbers = [int(one) for one in pair if one.isascii() and one.isdigit()]
    if len(numbers) != 2 or not least <= numbers[0] <= numbers[1] <= most:
        raise WrongEnvironment(f"{name} is {value!r}; write it as {default[0]}-{default[1]}, from {least} to {most}.")
    return numbers[0], numbers[1]


def flag(name: str, *, default: bool) -> bool:
    """Whether `name` says yes (1, true, yes, on) or no (0, false, no, off)."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise WrongEnvironment(f"{name} is {value!r}; say yes or no.")


def words(name: str) -> list[str]:
    """A list whose items are parted by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def places(name: str) -> list[str]:
    """Names, networks and ports that may be asked besides the public ones, as `10.1.0.0/16` or `wiki.example:8443`."""
    from heard.plumbing.outbound.allowing import read_allowed

    entries = words(name)
    for entry in entries:
        try:
            read_allowed(entry)
        except ValueError as error:
            raise WrongEnvironment(f"{name}: {error}") from error
    return entries


def folder(name: str, default: Path) -> Path:
    """An absolute folder, made if it is not there."""
    path = Path(text(name) or default).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise WrongEnvironment(f"{name} is {path}, which is not a folder that can be made: {error}") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise WrongEnvironment(f"{name} is {path}, where this user may not write.")
    return path


def address(name: str, default: str) -> str:
    """The address of a network interface to listen on, as `127.0.0.1`, `::` or a host name."""
    value = text(name) or default
    if not re.fullmatch(r"[0-9A-Za-z.:-]+", value):
        raise WrongEnvironment(f"{name} is {value!r}; it must be an address to listen on, as 127.0.0.1 or 0.0.0.0.")
    return value


def origin(name: str, default: str = "") -> str:
    """What people's browsers call a server: scheme, host and port, without a path."""
    value = (text(name) or default).rstrip("/")
    try:
        url = urlsplit(value)
        sound = url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0
    except ValueError:
        sound = False
    if value and (not sound or url.path or url.query or url.fragment or url.username):
        raise WrongEnvironment(f"{name} is {value!r}; it must look like https://heard.example.org, without a path.")
    return value


def time_zone(name: str, default: str) -> str:
    """The name of a time zone, as `Europe/Lisbon`."""
    value = text(name) or default
    try:
        zoneinfo.ZoneInfo(value)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError) as error:
        raise WrongEnvironment(f"{name} is {value!r}, which is no time zone; it looks like Europe/Lisbon.") from error
    return value


def mailbox(name: str, default: str) -> str:
    """Who mail comes from, as `Heard <heard@example.org>`."""
    value = text(name) or default
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(value)[1]):
        raise WrongEnvironment(f"{name} is {value!r}; it must look like Heard <heard@example.org>.")
    return value


def reply_address(name: str) -> str:
    """Where mail is answered to, as `replies@example.org`, or with the place of the token, as `{}@in.example.org`."""
    value = text(name)
    before, at, domain = value.rpartition("@")
    shown = before.replace("{}", "", 1)
    if value and not (at and re.fullmatch(r"[A-Za-z0-9.-]+", domain) and re.fullmatch(r"[A-Za-z0-9._+=-]*", shown)):
        raise WrongEnvironment(f"{name} is {value!r}; it must look like replies@example.org or {{}}@in.example.org.")
    if value and (len(shown) > 10 or (not shown and "{}" not in before)):
        raise WrongEnvironment(f"{name} is {value!r}; before the @ it may have 10 characters, so that a token fits.")
    return value


def listening(name: str) -> str:
    """Where a server listens, as `127.0.0.1:8024`, or the path of a Unix socket; or nothing."""
    value = text(name)
    host, _colon, port = value.rpartition(":")
    is_port = port.isdigit() and port.isascii() and 1 <= int(port) <= 65_535
    if value and not value.startswith("/") and not (is_port and re.fullmatch(r"[0-9A-Za-z.:\[\]-]+", host)):
        raise WrongEnvironment(f"{name} is {value!r}; it must look like 127.0.0.1:8024 or /run/heard/lmtp.sock.")
    return value


def imap(name: str) -> dict[str, Any]:
    """Which mailbox mail is fetched from; nothing where no host is named."""
    tls = flag("HEARD_IMAP_TLS", default=True)
    found = {
        "host": text(name),
        "port": number("HEARD_IMAP_PORT", 993 if tls else 143, least=1, most=65535),
        "tls": tls,
        "user": text("HEARD_IMAP_USER"),
        "password": text("HEARD_IMAP_PASSWORD"),
        "folder": text("HEARD_IMAP_FOLDER", "INBOX") or "INBOX",
        "done": text("HEARD_IMAP_DONE"),
        "every": number("HEARD_IMAP_SECONDS", 60, least=5, most=3600),
    }
    if found["host"] and not (found["user"] and found["password"]):
        raise WrongEnvironment(f"{name} is set, but HEARD_IMAP_USER or HEARD_IMAP_PASSWORD is not.")
    return found if found["host"] else {}


def smtp(host: str) -> dict[str, Any]:
    """How the mail server is spoken to: from the first word over TLS, by STARTTLS (the default), or in the open."""
    tls = flag("MAIL_TLS", default=False)
    starttls = flag("MAIL_STARTTLS", default=not tls)
    if tls and starttls:
        raise WrongEnvironment("MAIL_TLS and MAIL_STARTTLS are both on; keep one of them.")
    return {
        "host": host,
        "port": number("MAIL_PORT", 465 if tls else 587, least=1, most=65535),
        "username": text("MAIL_USER") or None,
        "password": text("MAIL_PASSWORD") or None,
        "use_tls": starttls,
        "use_ssl": tls,
        "timeout": 20,
    }


def redis_url(name: str) -> str:
    """The address of a Redis or Valkey server, or nothing."""
    value = text(name)
    if value and urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise WrongEnvironment(f"{name} must begin with redis://, rediss:// or unix://.")
    return value


def database(name: str, default: Path) -> dict[str, Any]:
    """Django's settings for the database that `name` addresses.

    `sqlite:///absolute/path` or `postgresql://user:password@host:port/name?option=value`; a host given as
    an option (`?host=/run/postgresql`) is a Unix socket. Raises WrongEnvironment without repeating a password.
    """
    value = text(name)
    if not value:
        return sqlite(default)
    try:
        url = urlsplit(value)
        port = url.port
    except ValueError as error:
        raise WrongEnvironment(f"{name} cannot be read as an address.") from error
    if url.scheme == "sqlite":
        path = Path(unquote(url.path))
        if not path.is_absolute() or url.path == "/":
            raise WrongEnvironment(f"{name} must name an absolute file, as in sqlite:///srv/heard/heard.sqlite3.")
        return sqlite(path)
    if url.scheme in {"postgres", "postgresql"}:
        return postgres(
            url.path, unquote(url.username or ""), unquote(url.password or ""), url.hostname, port, url.query, name
        )
    raise WrongEnvironment(f"{name} must begin with sqlite:/// or postgresql://.")


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as Heard wants it: write-ahead log, immediate transactions, one connection kept open."""
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000; "
        "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": pragmas},
    }


def postgres(
    path: str, user: str, password: str, host: str | None, port: int | None, query: str, name: str
) -> dict[str, Any]:
    """PostgreSQL, with whatever libpq options the address carries.

    Values travel apart from the statement: its log and `pg_stat_activity` show the statement alone, whatever fails.
    """
    database_name = unquote(path.lstrip("/"))
    if not database_name:
        raise WrongEnvironment(f"{name} names no database, as in postgresql://heard@localhost/heard.")
    options: dict[str, Any] = dict(parse_qsl(query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": user,
        "PASSWORD": password,
        "HOST": options.pop("host", host or ""),
        "PORT": options.pop("port", port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options | {"server_side_binding": True},
    }
