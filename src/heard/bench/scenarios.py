"""What is measured: home, a thread, a post, a search."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from heard.bench.clockwork import Browser, Figures, calibration, percentile, rss_mb, timed
from heard.bench.organisation import Organisation
from heard.bench.searching import asking_for
from heard.bench.sizes import QUIET_PEOPLE, Size
from heard.foundation.communities.models import Access, Community
from heard.foundation.communities.queries import open_to_words_of
from heard.foundation.people.models import Person

MEMBERS = 100


def signed_in(person: Person) -> str:
    """A session of `person`, as the door makes one."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def members(size: Size, kind: str) -> list[Person]:
    """A hundred people: typical ones, or those whose communities are all quiet."""
    quiet = size.people - QUIET_PEOPLE
    is_quiet = kind in {"quiet", "least"}
    first = quiet + 1 if is_quiet else 1
    step = max(1, (QUIET_PEOPLE if is_quiet else quiet) // MEMBERS)
    return list(Person.objects.filter(pk__in=range(first, first + step * MEMBERS, step)))


def measure(scenario: str, size: Size, *, member: str, n: int) -> Figures:
    """Runs a scenario `n` times over a hundred members; each page was seen once before it is timed."""
    from heard.config.wsgi import application

    people = members(size, member)
    browsers = [Browser(application, signed_in(person)) for person in people]
    ask, expected = asking(scenario, size, people, browsers)
    with closed_communities(member in {"little", "least"}):
        walls, cpu, queries, length = timed(ask, n, warm=len(browsers) * 2, expected=expected)
    return Figures(
        scenario=scenario,
        size=size.name,
        engine=connection.vendor,
        member=member,
        n=n,
        p50_ms=percentile(walls, 0.5),
        p99_ms=percentile(walls, 0.99),
        cpu_ms=cpu,
        queries=queries,
        bytes=length,
        per_s_core=1000 / cpu,
        rss_mb=rss_mb(),
        cal_ms=calibration(),
    )


@contextmanager
def closed_communities(wanted: bool) -> Iterator[None]:
    """While this lasts, every community is read by its members alone, so that people may see little."""
    if not wanted:
        yield
        return
    opened = list(Community.objects.filter(access=Access.OPEN).values_list("pk", flat=True))
    Community.objects.filter(pk__in=opened).update(access=Access.CLOSED)
    try:
        yield
    finally:
        Community.objects.filter(pk__in=opened).update(access=Access.OPEN)


def asking(
    scenario: str, size: Size, people: list[Person], browsers: list[Browser]
) -> tuple[Callable[[int], tuple[int, int]], int]:
    """What to send for the nth time, and the status to expect."""
    if scenario == "home":
        return lambda nth: browsers[nth % len(browsers)].ask("/"), 200
    if scenario.startswith("search"):
        address_of = asking_for(scenario.partition(" ")[2])
        return lambda nth: browsers[nth % len(browsers)].ask(address_of(nth)), 200
    if scenario == "thread":
        address = f"/threads/{Organisation(size).busy_id}/"
        return lambda nth: browsers[nth % len(browsers)].ask(address), 200
    slugs = [open_to_words_of(person, limit=1)[0].slug for person in people]
    words = "A thought on how we load the vans, with **weight** and a list:\n\n- one\n- two\n\nWhat do you say? #vans"

    def post(nth: int) -> tuple[int, int]:
        form: dict[str, Any] = {"kind": "share", "title": "", "source": f"{nth}: {words}"}
        return browsers[nth % len(browsers)].ask("/write/", {**form, "community": slugs[nth % len(browsers)]})

    return post, 302
