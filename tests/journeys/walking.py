"""Every address that Heard answers, filled in with what is there, and which of them are pages."""

import re
from collections.abc import Iterator, Mapping

from django.urls import URLResolver, get_resolver
from playwright.sync_api import APIRequestContext, Page

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
# What more than an address is needed for, and why it is no page of the walk.
ELSEWHERE = {
    "begin/": "nobody is here yet: the first page of an empty network is walked by itself",
    "write/audience/": "a part of a page, asked for with a community",
    "files/<str:code>/": "a file",
    "files/<str:code>/<str:size>/": "a file",
    "people/<str:handle>/picture/<str:version>/": "a file",
    "previews/<str:code>/": "a picture from behind a link",
    "me/address/<str:code>/": "confirms an address with a code out of a letter",
    "notices/<int:notice_id>/": "leads to what it tells of",
    "letters/<str:token>/unsubscribing/": "a page for whoever holds the letter, looked at in a journey of its own",
    "desk/": "for listeners alone, looked at in the journey of speaking",
}
NOT_FOR_THE_WALKER = ("desk/<", "desk/key/", "ballots/", "voice/")
"""How routes begin that are for listeners alone, or for whoever brings no cookie."""


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every route as it is written, without slash at the beginning."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern)


def filled(route: str, ids: Mapping[str, str]) -> str:
    """The address of a route; an argument is looked up under its route's first word too, as in `join code`."""
    first = route.partition("/")[0]
    return "/" + ARGUMENT.sub(lambda found: ids.get(f"{first} {found[1]}") or ids[found[1]], route)


def pages_of(asking: APIRequestContext, url: str, ids: Mapping[str, str]) -> tuple[list[str], dict[str, int]]:
    """Addresses of whole pages among all routes, and what was neither page, deed, part of a page nor a way on."""
    pages, wrong = [], {}
    for route in sorted(set(routes())):
        address = filled(route, ids)
        answer = asking.get(url + address, max_redirects=0)
        is_whole = answer.headers.get("content-type", "").startswith("text/html") and "<!doctype html>" in answer.text()
        if answer.status == 200 and is_whole:
            pages.append(address)
        elif not (answer.status in {200, 302, 405} or route in ELSEWHERE or route.startswith(NOT_FOR_THE_WALKER)):
            wrong[address] = answer.status
    return pages, wrong


def overflow(page: Page) -> list[str]:
    """What makes the page wider than the window: nothing, if all is well."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          const out = [...document.querySelectorAll("body *")].filter((one) => {
            const { left, right } = one.getBoundingClientRect();
            return (right > width + 1 || left < -1) && one.checkVisibility();
          });
          return ["too wide", ...out.slice(0, 6).map((one) => one.outerHTML.slice(0, 120))];
        }"""
    )
    return found
