"""Announces what changed, from any process: it never fails, and never keeps the caller waiting."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from heard.plumbing.realtime.buses import chosen_bus
from heard.plumbing.realtime.news import News, packets

_log = logging.getLogger(__name__)
_quiet = ContextVar("quiet", default=False)


def announce(topic: str, name: str) -> None:
    """Tell every page open on `topic` that `name` happened; call it after the commit.

    Never raises. What cannot be sent at once is dropped: a page that cannot hear asks by itself.
    """
    announce_all([News(topic, name)])


def announce_all(news: Iterable[News]) -> None:
    """Like `announce`, for many at once, in as few packets as hold them."""
    if _quiet.get():
        return
    try:
        bus = chosen_bus()
        for packet in packets(news):
            bus.send(packet)
    except Exception as error:  # whatever it is, what the person did stands, and they must not lose their page
        _log.warning("Could not announce: %s", error)


def announce_on_commit(topic: str, name: str) -> None:
    """Announce once the transaction is committed, together with all else it announces; never if it is rolled back."""
    if _quiet.get():
        return
    savepoints = set(connection.savepoint_ids)
    for under, hook, *_ in reversed(connection.run_on_commit):
        if isinstance(hook, _Announcement) and under == savepoints:
            hook.news.append(News(topic, name))
            return
    transaction.on_commit(_Announcement(News(topic, name)), robust=True)


@contextmanager
def quietly() -> Iterator[None]:
    """Suppress every announcement made inside, in this thread.

    For imports and other work that changes thousands of things at once: announce one name at the end instead.
    An announcement asked for on commit is suppressed whether the commit falls inside or after.
    """
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


class _Announcement:
    """All the news of one transaction that stands or falls with the same savepoints."""

    def __init__(self, first: News) -> None:
        self.news = [first]

    def __call__(self) -> None:
        announce_all(self.news)
