"""What stands round every page: headers, the same-origin rule, language and time zone, refusals in words."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.csp import build_policy
from django.utils.translation import gettext_lazy as _

from heard.foundation.people.queries import somebody_is_here
from heard.plumbing.refusals import Refusal


class ServerIsBusy(Refusal):
    """Another writer held the database for longer than we wait."""

    status = 503
    sentence = _("The server is busy writing just now. Nothing was lost: please try again.")


class SignedOut(Refusal):
    """The session ended while somebody was writing."""

    status = 401
    sentence = _("You were signed out. What you wrote is kept: sign in, in another tab if you like, and send it again.")


class DiskIsFull(Refusal):
    """There is no room to write."""

    status = 507
    sentence = _("The server's disk is full, so this could not be kept. Please tell your administrator.")


Handler = Callable[[HttpRequest], HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def stream_origin(request: HttpRequest) -> str:
    """Where this page's browser finds the stream: the address that is set, or the next port of the same host."""
    if settings.HEARD_STREAM_URL:
        return str(settings.HEARD_STREAM_URL)
    host = request.get_host().rsplit("]", 1)
    name = f"{host[0]}]" if len(host) == 2 else host[0].split(":")[0]
    return f"{request.scheme}://{name}:{settings.HEARD_STREAM_PORT}"


def headers(get_response: Handler) -> Handler:
    """Adds the headers that keep a page to itself; the policy is Django's, built once for each host name."""
    policies: dict[str, str] = {}

    def policy(origin: str) -> str:
        if len(policies) > 100:
            policies.clear()
        base = cast("dict[str, list[str]]", settings.SECURE_CSP)
        wanted = {**base, "connect-src": [*base["connect-src"], origin]}
        return policies.setdefault(origin, build_policy(wanted))

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        set_default = response.headers.setdefault
        set_default("Content-Security-Policy", policy(stream_origin(request)))
        set_default("X-Content-Type-Options", "nosniff")
        set_default("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        set_default("Cross-Origin-Opener-Policy", "same-origin")
        set_default("Cross-Origin-Resource-Policy", "same-origin")
        set_default("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            set_default("Cache-Control", "private, no-store" if request.method == "POST" else "private, no-cache")
        if settings.SECURE_HSTS_SECONDS:
            set_default("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")
        return response

    return middleware


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a request that changes something was sent by one of our own pages.

    Browsers say so themselves: by `Sec-Fetch-Site` where the connection is trusted, by `Origin` otherwise. What
    says neither is no browser that could be misled, and is refused all the same.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def same_origin(get_response: Handler) -> Handler:
    """Refuses requests that change something and come from elsewhere: no page of another site can act for a person."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE and not is_same_origin(request):
            return render(request, "errors/elsewhere.html", status=403)
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def in_their_language(get_response: Handler) -> Handler:
    """Speaks the person's language and tells times in their zone; of a stranger, the browser's language counts."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        person = request.user
        chosen = getattr(person, "language", "") or translation.get_language_from_request(request)
        zone = getattr(person, "time_zone", "")
        with translation.override(chosen):
            if not zone:
                return get_response(request)
            try:
                with timezone.override(ZoneInfo(zone)):
                    return get_response(request)
            except (KeyError, ValueError):
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


class refusals:  # noqa: N801 - named as the functions beside it
    """Turns a Refusal, raised anywhere below, into words: a message, a fragment, or JSON."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answers what was refused, and a database that is busy or full, in one sentence."""
        if isinstance(exception, ObjectDoesNotExist):
            raise Http404 from exception
        refusal = exception if isinstance(exception, Refusal) else in_words(exception)
        if refusal is None:
            return None
        return answer_refusal(request, refusal)


def in_words(exception: Exception) -> Refusal | None:
    """The refusal that a database in trouble amounts to; nothing for any other exception."""
    from django.db import OperationalError

    if not isinstance(exception, OperationalError):
        return None
    said = str(exception).lower()
    if "locked" in said or "busy" in said:
        return ServerIsBusy()
    if "full" in said or "no space" in said:
        return DiskIsFull()
    return None


def answer_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """One sentence in the form that the asker understands; a page keeps what was typed, to be sent again."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    if request.headers.get("HX-Request"):
        return render(request, "parts/refusal.html", {"refusal": refusal}, status=refusal.status)
    typed = request.POST.get("source", "") if request.method == "POST" else ""
    if typed or request.method != "POST":
        return render(request, "errors/refused.html", {"refusal": refusal, "typed": typed}, status=refusal.status)
    messages.error(request, str(refusal))
    referer = urlsplit(request.headers.get("Referer", ""))
    back = referer.path if referer.netloc == request.get_host() and referer.path != request.path else "/"
    return HttpResponseRedirect(f"{back}?{referer.query}" if referer.query and back != "/" else back, status=303)
