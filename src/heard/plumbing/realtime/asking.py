"""What a browser asks the stream for, and whether its page may ask at all."""

from collections.abc import Iterable
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs

from django.conf import settings

from heard.plumbing.addresses import parts_of
from heard.plumbing.realtime.news import TOPIC

HOME = "home"
"""Stands for whatever the person's home shows; `authorise` says which topics that is."""

MOST_TOPICS = 100
OWN_SITES = {"", "same-origin", "none"}
"""What a browser without an `Origin` may say of where it asks from; old ones say nothing."""

DEFAULT_PORTS = {"http": 80, "https": 443}

type Scope = dict[str, Any]


class Refused(Exception):
    """The stream does not open; `status` is HTTP's, the text one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Asking(NamedTuple):
    """A well-formed request from a page of ours; `origin` is empty where the browser sent none."""

    topics: frozenset[str]
    cookie: str
    origin: str

    @classmethod
    def read(cls, scope: Scope) -> Self:
        """Read an ASGI scope; raises Refused."""
        if scope["path"] != "/stream":
            raise Refused(404, "Nothing is here.")
        if scope["method"] != "GET":
            raise Refused(405, "Only GET is answered here.")
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        origin = headers.get("origin", "")
        if origin not in _welcome_origins(scope["scheme"], headers.get("host", "")):
            raise Refused(403, "Pages from elsewhere are not answered.")
        if not origin and headers.get("sec-fetch-site", "") not in OWN_SITES:
            raise Refused(403, "Pages from elsewhere are not answered.")
        return cls(_topics(scope["query_string"].decode("latin-1")), headers.get("cookie", ""), origin)


def _welcome_origins(scheme: str, host: str) -> Iterable[str]:
    # The page stands on the host name asked for, at the port of the web, or with us at one origin behind a
    # proxy, or at the installation's address if that has the same name. Without an origin no page reads the answer.
    name = parts_of(f"//{host}").hostname or ""
    name = f"[{name}]" if ":" in name else name
    ours = {"", f"{scheme}://{host}"}
    port = settings.HEARD_PORT
    ours.add(f"{scheme}://{name}" if DEFAULT_PORTS.get(scheme) == port else f"{scheme}://{name}:{port}")
    if parts_of(settings.HEARD_URL).hostname == name:
        ours.add(settings.HEARD_URL)
    return ours


def _topics(query: str) -> frozenset[str]:
    asked = frozenset(
        topic for value in parse_qs(query, max_num_fields=10).get("topics", []) for topic in value.split(",") if topic
    )
    if len(asked) > MOST_TOPICS:
        raise Refused(400, f"At most {MOST_TOPICS} topics can be heard at once.")
    if not all(topic == HOME or TOPIC.fullmatch(topic) for topic in asked):
        raise Refused(400, "Topics look like thread:1,community:2.")
    return asked
