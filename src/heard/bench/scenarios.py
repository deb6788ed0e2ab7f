"""What is measured: home, a thread, a post."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from heard.bench.clockwork import Browser, Figures, calibration, percentile, rss_mb, timed
from heard.bench.organisation import Organisation
from heard.bench.sizes import QUIET_PEOPLE, Size
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
    first = quiet + 1 if kind == "quiet" else 1
    step = max(1, (QUIET_PEOPLE if kind == "quiet" else quiet) // MEMBERS)
    return list(Person.objects.filter(pk__in=range(first, first + step * MEMBERS, step)))


def measure(scenario: str, size: Size, *, member: str, n: int) -> Figures:
    """Runs a scenario `n` times over a hundred members; each page was seen once before it is timed."""
    from heard.config.wsgi import application

    people = members(size, member)
    browsers = [Browser(application, signed_in(person)) for person in people]
    ask, expected = asking(scenario, size, people, browsers)
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


def asking(
    scenario: str, size: Size, people: list[Person], browsers: list[Browser]
) -> tuple[Callable[[int], tuple[int, int]], int]:
    """What to send for the nth time, and the status to expect."""
    if scenario == "home":
        return lambda nth: browsers[nth % len(browsers)].ask("/"), 200
    if scenario == "thread":
        address = f"/threads/{Organisation(size).busy_id}/"
        return lambda nth: browsers[nth % len(browsers)].ask(address), 200
    slugs = [open_to_words_of(person, limit=1)[0].slug for person in people]
    words = "A thought on how we load the vans, with **weight** and a list:\n\n- one\n- two\n\nWhat do you say? #vans"

    def post(nth: int) -> tuple[int, int]:
        form: dict[str, Any] = {"kind": "share", "title": "", "source": f"{nth}: {words}"}
        return browsers[nth % len(browsers)].ask("/write/", {**form, "community": slugs[nth % len(browsers)]})

    return post, 302
