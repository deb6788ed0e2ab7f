"""What `heard check` looks at: the environment, the data folder, the database, Redis, mail, addresses."""

import difflib
import os
import shutil
import smtplib
import sqlite3
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from heard.cli.confidence import confidence
from heard.cli.finding import Finding
from heard.config import env

OLDEST_POSTGRES = 140_000
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def all_findings() -> list[Finding]:
    """Everything that can be looked at without changing anything."""

    return [
        *names(),
        *data_folder(),
        *database(),
        *findable(),
        *redis(),
        *mail(),
        *incoming_mail(),
        *letters(),
        *addresses(),
        *outbound(),
        *confidence(),
        *django_itself(),
    ]


def names() -> Iterator[Finding]:
    """Names in the environment that look like ours and that nobody reads."""
    of_commands = {"HEARD_ADMIN_PASSWORD", "HEARD_ADMIN_PASSWORD_FILE", "HEARD_PASSWORD"}
    known = env.asked | {f"{name}_FILE" for name in env.asked} | of_commands
    for name in sorted(set(os.environ) - known):
        if name.startswith("HEARD_") and not name.startswith("HEARD_TEST_"):
            near = difflib.get_close_matches(name, known, 1)
            yield Finding("note", name, "Nobody reads this name." + (f" Is {near[0]} meant?" if near else ""))


def data_folder() -> Iterator[Finding]:
    """The folder, what it may be read by, and how much room there is."""
    folder = settings.HEARD_DATA
    room = shutil.disk_usage(folder).free / 1e9
    if room < 1:
        yield Finding("wrong", "data folder", f"{folder} has room for only {room:.1f} GB more.")
    else:
        yield Finding("fine", "data folder", f"{folder}, with room for {room:.0f} GB more.")
    yield from open_places()
    for key in sorted((folder / "keys").glob("*")):
        if key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding("wrong", "keys", f"Others may read {key}; `chmod 600 {key}` keeps it private.")


def open_places() -> Iterator[Finding]:
    """What every account of this machine may enter or read: the data folder, and whatever lies elsewhere."""
    keys = env.folder("HEARD_KEYS", settings.HEARD_DATA / "keys")
    places = [(settings.HEARD_DATA, "HEARD_DATA"), (keys, "HEARD_KEYS")]
    places += [(settings.HEARD_FILES, "HEARD_FILES"), (settings.HEARD_MAIL, "HEARD_MAIL")]
    if connection.vendor == "sqlite":
        places.append((Path(connection.settings_dict["NAME"]), "database"))
    for path, name in places:
        is_within = path != settings.HEARD_DATA and path.is_relative_to(settings.HEARD_DATA)
        if not is_within and path.exists() and path.stat().st_mode & stat.S_IRWXO:
            said = f"Every account of this machine may enter {path}; `chmod o-rwx {path}` keeps it private."
            yield Finding("wrong", name, said)


def database() -> Iterator[Finding]:
    """Whether it answers, is new enough, and is as this version needs it."""
    try:
        connection.ensure_connection()
        pending = MigrationExecutor(connection)
        plan = pending.migration_plan(pending.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding("wrong", "database", f"It cannot be used: {str(error).strip()}")
        return
    if connection.vendor == "postgresql":
        version = connection.pg_version  # type: ignore[attr-defined]
        spoken = f"PostgreSQL {version // 10_000}"
        if version < OLDEST_POSTGRES:
            yield Finding("wrong", "database", f"{spoken} is too old; Heard needs 14 or newer.")
    else:
        spoken = f"SQLite {sqlite3.sqlite_version}"
    if plan:
        yield Finding("note", "database", f"{spoken}; {len(plan)} changes wait for `heard prepare` or the next start.")
    else:
        yield Finding("fine", "database", f"{spoken}, up to date.")


def findable() -> Iterator[Finding]:
    """Whether all that was said is in the index of the search; nothing where there are no tables yet."""
    from heard.foundation.search.queries import how_full

    try:
        percent = how_full()
    except DatabaseError:
        return
    if percent < 100:
        said = f"What was said before is still being indexed: {percent} % is there. The worker goes on with it."
        yield Finding("note", "search", said)
    else:
        yield Finding("fine", "search", "All that was said is indexed.")


def redis() -> Iterator[Finding]:
    """Whether it answers, where one is named."""
    if not settings.REDIS_URL:
        return
    try:
        from redis import Redis
        from redis.exceptions import RedisError
    except ModuleNotFoundError:
        yield Finding(
            "wrong", "REDIS_URL", "It is set, but the redis package is missing; requirements/scale.txt has it."
        )
        return
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=3) as client:
            client.ping()
    except (RedisError, OSError) as error:
        yield Finding("wrong", "REDIS_URL", f"Redis does not answer: {error}")
    else:
        yield Finding("fine", "Redis", "It answers.")


def mail() -> Iterator[Finding]:
    """Whether the mail server lets us in, where one is named."""
    if not settings.MAIL_HOST:
        yield Finding("note", "mail", f"There is no mail server (MAIL_HOST); mail lies in {settings.HEARD_MAIL}.")
        return
    try:
        with get_connection():
            pass
    except smtplib.SMTPAuthenticationError:
        yield Finding("wrong", "mail", f"{settings.MAIL_HOST} refuses MAIL_USER and MAIL_PASSWORD.")
    except (OSError, smtplib.SMTPException) as error:
        yield Finding("wrong", "mail", f"{settings.MAIL_HOST} cannot be used: {error}")
    else:
        yield Finding("fine", "mail", f"{settings.MAIL_HOST} lets Heard in; `heard mail test ADDRESS` sends one.")


def incoming_mail() -> Iterator[Finding]:
    """Whether answers by mail can come in, and only from where they should."""
    from heard.plumbing.mail.fetching import MailboxIsAway, mailbox

    set_up = {"HEARD_LMTP": settings.HEARD_LMTP, "HEARD_IMAP_HOST": settings.HEARD_IMAP}
    ways = [name for name, value in set_up.items() if value]
    if not settings.HEARD_REPLY_ADDRESS:
        if ways:
            yield Finding("wrong", "answers by mail", f"{ways[0]} is set, but HEARD_REPLY_ADDRESS is not.")
        return
    if not ways:
        said = "HEARD_REPLY_ADDRESS is set, but neither HEARD_LMTP nor HEARD_IMAP_HOST says how they come in."
        yield Finding("wrong", "answers by mail", said)
        return
    host = settings.HEARD_LMTP.rpartition(":")[0].strip("[]")
    if host and host not in LOOPBACK:
        said = f"Whoever reaches {settings.HEARD_LMTP} can hand mail in; let only the mail server reach it."
        yield Finding("note", "HEARD_LMTP", said)
    if settings.HEARD_IMAP:
        try:
            with mailbox(settings.HEARD_IMAP):
                pass
        except MailboxIsAway as error:
            yield Finding("wrong", "HEARD_IMAP_HOST", str(error))
            return
    if not settings.HEARD_MAIL_AUTHSERV:
        said = "Nobody vouches for who sends an answer (HEARD_MAIL_AUTHSERV); a sender can be forged."
        yield Finding("note", "answers by mail", said)
    yield Finding("fine", "answers by mail", f"They come to {settings.HEARD_REPLY_ADDRESS}, by {' and '.join(ways)}.")


def letters() -> Iterator[Finding]:
    """Letters that wait for long, or that nobody took."""
    from django_tasks_db.models import DBTaskResult

    from heard.plumbing.mail import QUEUE

    now = timezone.now()
    queue = DBTaskResult.objects.filter(queue_name=QUEUE)
    try:
        late = queue.filter(status="READY", enqueued_at__lt=now - timedelta(hours=1)).count()
        lost = queue.filter(status="FAILED", finished_at__gt=now - timedelta(days=7)).order_by("-finished_at")
        count, newest = lost.count(), lost.first()
    except DatabaseError:
        return
    if late:
        yield Finding("note", "letters", f"{late} wait for more than an hour; the log of the worker says why.")
    if newest:
        last = newest.traceback.strip().rpartition("\n")[2].partition(": ")[2]
        yield Finding("note", "letters", f"{count} were given up within a week, the last one because: {last}")


def addresses() -> Iterator[Finding]:
    """Whether what browsers are told fits what is listened on."""
    if settings.HTTPS or settings.HEARD_BIND in LOOPBACK:
        yield Finding(
            "fine", "address", f"{settings.HEARD_URL}, listening on {settings.HEARD_BIND}:{settings.HEARD_PORT}."
        )
    else:
        told = f"Others reach {settings.HEARD_BIND}, and HEARD_URL ({settings.HEARD_URL}) has no https"
        yield Finding("wrong", "address", f"{told}: passwords would travel in the open. Put a proxy with TLS in front.")


def outbound() -> Iterator[Finding]:
    """Whether a route leads out, for link previews and push messages; nothing is sent to find out."""
    from heard.plumbing.outbound import has_route_out

    if not has_route_out():
        said = "No route leads out of this machine: push messages cannot be sent"
        also = ", nor pages behind links fetched; HEARD_PREVIEWS=no keeps Heard from trying."
        yield Finding("note", "outbound", said + (also if settings.HEARD_PREVIEWS else "."))
        return
    previews = "pages behind links are fetched" if settings.HEARD_PREVIEWS else "pages behind links are not fetched"
    allowed = ", ".join(settings.HEARD_OUTBOUND_ALLOW)
    yield Finding(
        "fine", "outbound", f"A route leads out; {previews}{f'; allowed besides: {allowed}' if allowed else ''}."
    )
    if proxies := sorted(name for name in os.environ if name.lower() in {"http_proxy", "https_proxy", "all_proxy"}):
        yield Finding(
            "note", "outbound", f"{', '.join(proxies)} is set, and Heard uses no proxy (docs/run/outbound.md)."
        )


def django_itself() -> Iterator[Finding]:
    """What Django's own checks find."""
    for message in checks.run_checks():
        level: Literal["wrong", "note"] = "wrong" if message.is_serious() else "note"
        yield Finding(level, "django", " ".join(filter(None, [message.msg, message.hint])))
