"""Endpoints that must not learn who asks: no cookie, no trace in a log, and one sentence for whatever went wrong."""

import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from traceback import walk_tb
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, UnreadablePostError
from django.utils.translation import gettext_lazy as _

from heard.plumbing.away import is_away
from heard.plumbing.refusals import Refusal

logger = logging.getLogger(__name__)
PREFIXES = ("/ballots/", "/voice/")
"""Below these addresses nothing else stands, so that whatever carries a cookie is refused before it is looked at."""


class SaysWhoItIs(Refusal):
    """A cookie or a password came along."""

    status = 400
    sentence = _("This address takes no cookies: send the request without them, so that nobody can tell who asks.")


class NothingThere(Refusal):
    """No such thing."""

    status = 404
    sentence = _("There is nothing at this address.")


class WrongMethod(Refusal):
    """Asked for in a way that is not offered."""

    status = 405
    sentence = _("This cannot be asked for in this way.")


class TooLong(Refusal):
    """More than any page of ours sends."""

    status = 413
    sentence = _("This is longer than anything that can be sent here. Nothing was kept.")


class BrokeOff(Refusal):
    """Whoever sent it went away before it was here."""

    status = 400
    sentence = _("This arrived only in part, and nothing was kept. Please send it again.")


class IsBusy(Refusal):
    """The database was away, or held by another writer."""

    status = 503
    sentence = _("The server is busy just now. Nothing was lost: please try again.")


class WentWrong(Refusal):
    """A fault of ours."""

    status = 500
    sentence = _("Something went wrong here, and nothing was kept. Please try again later.")


SAID: tuple[tuple[type[Exception], type[Refusal]], ...] = (
    (ObjectDoesNotExist, NothingThere),
    (Http404, NothingThere),
    (RequestDataTooBig, TooLong),
    (UnreadablePostError, BrokeOff),
    (OperationalError, IsBusy),
)


def cookieless(*methods: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A view for anybody who says nothing of themselves, asked by these methods, from our own pages' origin too.

    Whatever is raised becomes one sentence of JSON.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @login_not_required
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if says_who_it_is(request):
                return refused(SaysWhoItIs())
            if request.method == "OPTIONS":
                return from_our_pages(HttpResponse(status=204), methods)
            if request.method not in methods:
                return refused(WrongMethod())
            if any("\0" in str(part) for part in kwargs.values()):
                return refused(NothingThere())
            try:
                return from_our_pages(view(request, *args, **kwargs), methods)
            except Exception as error:
                return refused(refusal_of(error))

        return answer

    return decorate


def refusal_of(error: Exception) -> Refusal:
    """What is said of it. What is logged of a fault of ours is its kind and its place, never a value."""
    if isinstance(error, Refusal):
        return error
    if is_away(error):
        return IsBusy()
    for kind, refusal in SAID:
        if isinstance(error, kind):
            return refusal()
    logger.error("%s at %s", type(error).__name__, place_of(error))  # no traceback: it may hold values
    return WentWrong()


def says_who_it_is(request: HttpRequest) -> bool:
    """Whether a cookie or a password came along."""
    return bool(request.headers.get("Cookie") or request.headers.get("Authorization"))


def refused(refusal: Refusal) -> HttpResponse:
    """The sentence; nothing about it is logged."""
    response = JsonResponse({"refused": str(refusal)}, status=refusal.status)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return from_our_pages(response, ())


def from_our_pages[R: HttpResponseBase](response: R, methods: tuple[str, ...]) -> R:
    """Lets the pages of HEARD_URL, and no other site's, read an answer; it is kept nowhere unless the view says so."""
    headers = response.headers
    headers["Access-Control-Allow-Origin"] = settings.HEARD_URL
    if methods:
        headers["Access-Control-Allow-Methods"] = ", ".join(methods)
        headers["Access-Control-Allow-Headers"] = "Content-Type"
    headers.setdefault("Cache-Control", "no-store")
    return response


def place_of(error: BaseException) -> str:
    """Where in our source it came from."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    return " < ".join(f"{Path(name).name}:{line}" for name, line in reversed(frames[-4:]))
