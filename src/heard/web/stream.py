"""Says what a browser's stream may hear: session and permissions, looked up by the ordinary queries."""

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import close_old_connections
from django.db.models import BigIntegerField
from django.http.cookie import parse_cookie

from heard.foundation.communities.queries import ids_joined_by, visible_ids
from heard.foundation.conversation.queries import threads_seen_among
from heard.foundation.people.queries import person_of_session
from heard.plumbing.realtime.asking import HOME
from heard.plumbing.realtime.subscription import Grant

# One thread, so that the whole process keeps one connection to the database.
_reader = ThreadPoolExecutor(1, thread_name_prefix="permissions")


async def authorise(cookie: str, asked: frozenset[str]) -> Grant | None:
    """What `granted` says, without keeping the event loop waiting."""
    return await asyncio.get_running_loop().run_in_executor(_reader, _granted_afresh, cookie, asked)


def _granted_afresh(cookie: str, asked: frozenset[str]) -> Grant | None:
    close_old_connections()
    return granted(cookie, asked)


def granted(cookie: str, asked: frozenset[str]) -> Grant | None:
    """What the owner of a Cookie header may hear of the topics asked for; None where nobody is signed in.

    `home` becomes every community they joined. Whether a thread may be heard hangs on its community, which is
    watched with it.
    """
    session_key = parse_cookie(cookie).get(settings.SESSION_COOKIE_NAME)
    person = person_of_session(session_key) if session_key else None
    if person is None:
        return None
    threads = threads_seen_among(person, _ids("thread", asked))
    communities = visible_ids(person, _ids("community", asked))
    if HOME in asked:
        communities |= set(ids_joined_by(person))
    return Grant(
        owner=f"person:{person.pk}",
        topics=frozenset(_topics("thread", threads) | _topics("community", communities)),
        watched=frozenset(_topics("community", threads.values())),
    )


def _ids(kind: str, topics: frozenset[str]) -> set[int]:
    ids = {int(topic.removeprefix(f"{kind}:")) for topic in topics if topic.startswith(f"{kind}:")}
    return {pk for pk in ids if pk <= BigIntegerField.MAX_BIGINT}


def _topics(kind: str, ids: Iterable[int]) -> set[str]:
    return {f"{kind}:{pk}" for pk in ids}
