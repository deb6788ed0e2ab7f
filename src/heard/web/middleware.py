"""What stands round every page: headers, the same-origin rule, signing in, language and time zone."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import cache
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.csp import build_policy

from heard.foundation.people.queries import somebody_is_here
from heard.plumbing import cookieless
from heard.plumbing.addresses import origin_of, parts_of
from heard.web.errors import bad_request
from heard.web.refusing import SignedOut, answer_refusal

Handler = Callable[[HttpRequest], HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
FROM_LETTERS = "/letters/"
"""Addresses below it are signed and act for whoever holds them: mail readers post there, without session or origin."""


def stream_origin(request: HttpRequest) -> str:
    """Where this page's browser finds the stream: the address that is set, or the next port of the same host.

    Raises DisallowedHost where the request names no host that is ours.
    """
    asked = request.get_host()
    if settings.HEARD_STREAM_URL:
        return str(settings.HEARD_STREAM_URL)
    host = asked.rsplit("]", 1)
    name = f"{host[0]}]" if len(host) == 2 else host[0].split(":")[0]
    return f"{request.scheme}://{name}:{settings.HEARD_STREAM_PORT}"


def https_alone(request: HttpRequest) -> str:
    """For how long browsers shall ask this host by https alone; empty where they are told nothing.

    A browser writes down when it was last told, and what a host for answers replies is replied at the moment of
    answering. So nothing is said below the cookieless addresses, but to forget what that host has said before.
    """
    if not settings.SECURE_HSTS_SECONDS:
        return ""
    if not request.path_info.startswith(cookieless.PREFIXES):
        return f"max-age={settings.SECURE_HSTS_SECONDS}"
    answers, pages = parts_of(settings.HEARD_BALLOT_URL), parts_of(settings.HEARD_URL)
    is_apart = answers.hostname != pages.hostname and request.headers.get("Host", "").lower() == answers.netloc
    return "max-age=0" if is_apart else ""


def headers(get_response: Handler) -> Handler:
    """Adds the headers that keep a page to itself; the policy is Django's, built once for each host name."""
    policies: dict[str, str] = {}

    def policy(origin: str) -> str:
        if len(policies) > 100:
            policies.clear()
        base = cast("dict[str, list[str]]", settings.SECURE_CSP)
        ballots = "" if settings.HEARD_BALLOT_URL == settings.HEARD_URL else settings.HEARD_BALLOT_URL
        wanted = {**base, "connect-src": [*base["connect-src"], *filter(None, [origin, ballots])]}
        return policies.setdefault(origin, build_policy(wanted))

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase
        try:
            stream = stream_origin(request)
        except DisallowedHost:
            stream, response = "", bad_request(request)
        else:
            response = get_response(request)
        set_default = response.headers.setdefault
        set_default("Content-Security-Policy", policy(stream))
        set_default("X-Content-Type-Options", "nosniff")
        set_default("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        set_default("Cross-Origin-Opener-Policy", "same-origin")
        set_default("Cross-Origin-Resource-Policy", "same-origin")
        set_default("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            set_default("Cache-Control", "private, no-store" if request.method == "POST" else "private, no-cache")
        if age := https_alone(request):
            set_default("Strict-Transport-Security", age)
        return response

    return middleware


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a request that changes something was sent by one of our own pages.

    Browsers say so themselves: by `Sec-Fetch-Site` where the connection is trusted, by `Origin` otherwise. What
    says neither is no browser that could be misled, and is refused all the same. Where a proxy does not tell that
    it was asked by https, the address that is set still counts as ours.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    said = origin_of(request.headers.get("Origin") or request.headers.get("Referer") or "")
    host = request.get_host()
    return said == f"{request.scheme}://{host}" or (said == settings.HEARD_URL and parts_of(said).netloc == host)


def same_origin(get_response: Handler) -> Handler:
    """Refuses requests that change something and come from elsewhere: no page of another site can act for a person.

    What stands below the cookieless addresses acts for nobody, and is refused here where it says who it is: no session
    is looked up for it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(cookieless.PREFIXES):
            is_known = cookieless.says_who_it_is(request)
            return cookieless.refused(cookieless.SaysWhoItIs()) if is_known else get_response(request)
        is_elsewhere = request.method not in SAFE and not request.path_info.startswith(FROM_LETTERS)
        if is_elsewhere and not is_same_origin(request):
            return render(request, "errors/elsewhere.html", status=403)
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


@cache
def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of this name; nothing where there is no name or no such zone (any more)."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def language_of(person: Any, request: HttpRequest) -> str:
    """The language a person chose, where it is still offered; of anybody else, what their browser asks for."""
    chosen = getattr(person, "language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else translation.get_language_from_request(request)


def in_their_language(get_response: Handler) -> Handler:
    """Speaks the person's language and tells times in their zone; of a stranger, the browser's language counts."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        person = request.user
        chosen = language_of(person, request)
        zone = zone_of(getattr(person, "time_zone", ""))
        with translation.override(chosen), timezone.override(zone) if zone else nullcontext():
            return get_response(request)

    return middleware


class signed_in(LoginRequiredMiddleware):  # noqa: N801 - named as the functions beside it
    """Lets nobody in who is not signed in, but to views that say so; whoever was writing loses nothing."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        """Sends a page to the door, or to the first-run page where nobody is here; tells a fragment in words."""
        if not somebody_is_here():
            return redirect("begin")
        if request.headers.get("HX-Request") or request.method != "GET":
            return answer_refusal(request, SignedOut())
        return super().handle_no_permission(request, view_func)
