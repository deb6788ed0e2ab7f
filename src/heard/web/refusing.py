"""Refusals become words: a message, a page that keeps what was typed, a fragment, or JSON."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from heard.plumbing.addresses import parts_of, path_within
from heard.plumbing.away import is_away, is_busy, tell
from heard.plumbing.files import most_megabytes_at_once
from heard.plumbing.refusals import Refusal

ARRIVALS = "/arrivals/"
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class ServerIsBusy(Refusal):
    """Another writer held the database for longer than we wait."""

    status = 503
    sentence = _("The server is busy writing just now. Nothing was lost: please try again.")


class DatabaseIsAway(Refusal):
    """It cannot be reached, or takes nothing just now."""

    status = 503
    sentence = _("The server's database is away just now. Nothing was lost: please try again in a minute.")


class SignedOut(Refusal):
    """The session ended while somebody was writing."""

    status = 401
    sentence = _("You were signed out. What you wrote is kept: sign in, in another tab if you like, and send it again.")


class DiskIsFull(Refusal):
    """There is no room to write."""

    status = 507
    sentence = _("The server's disk is full, so this could not be kept. Please tell your administrator.")


class TooMuchAtOnce(Refusal):
    """More than any page of ours sends."""

    status = 413
    sentence = _("That is too much to send at once. Send less, or fewer files.")


class ArchiveIsTooLarge(TooMuchAtOnce):
    """An archive that only the command line takes."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _(
                "This is more than the %(most)s MB that can be sent by a browser here. On the server, "
                "“heard import” brings in archives of any size."
            )
            % {"most": number_format(most // 1_000_000, force_grouping=True)}
        )


class NotText(Refusal):
    """Characters that no text has, such as NUL."""

    status = 400
    sentence = _("This holds characters that cannot be kept. Take them out, and try again.")


class refusals:  # noqa: N801 - a middleware, named as the functions beside it
    """Turns what is refused anywhere below into words, and what is not there into a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.most = most_megabytes_at_once() * 1_000_000

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > self.most:
            is_archive = request.path == ARRIVALS
            return answer_refusal(request, ArchiveIsTooLarge(self.most) if is_archive else TooMuchAtOnce())
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answers what was refused in one sentence, and a database that is away, busy or full."""
        if isinstance(exception, ObjectDoesNotExist):
            raise Http404 from exception
        refusal = exception if isinstance(exception, Refusal) else in_words(exception)
        if refusal is None:
            return None
        answer = answer_barely if isinstance(refusal, DatabaseIsAway) else answer_refusal
        return in_no_log(answer(request, refusal), refusal, exception)


def in_words(exception: BaseException | None) -> Refusal | None:
    """The refusal that an exception of the machinery amounts to; nothing for a fault of ours."""
    if isinstance(exception, TOO_MUCH):
        return TooMuchAtOnce()
    said = str(exception).lower()
    if isinstance(exception, (DataError, ValueError)) and "nul" in said:
        return NotText()
    if is_away(exception):
        return DatabaseIsAway()
    if is_busy(exception):
        return ServerIsBusy()
    if not isinstance(exception, OperationalError):
        return None
    if "locked" in said or "busy" in said:
        return ServerIsBusy()
    if "full" in said or "no space" in said:
        return DiskIsFull()
    return None


def in_no_log(response: HttpResponse, refusal: Refusal, exception: BaseException | None) -> HttpResponse:
    """Has Django write down no address, which may be that of a question: of what lies with us its kind is told."""
    if response.status_code >= 500:
        tell(type(refusal).__name__, exception)
        response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def answer_barely(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """One sentence without asking the database for anything, also not for who is looking."""
    if is_for_script(request):
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    name = "parts/refusal.html" if request.headers.get("HX-Request") else "errors/busy.html"
    return HttpResponse(render_to_string(name, {"refusal": refusal, "door": ""}), status=refusal.status)


def is_for_script(request: HttpRequest) -> bool:
    """Whether whoever asked reads JSON."""
    return request.headers.get("Accept", "").startswith("application/json")


def answer_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """One sentence in the form that the asker understands; a page keeps what was typed, to be sent again."""
    if is_for_script(request):
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    context = {"refusal": refusal, "door": door_back(request) if isinstance(refusal, SignedOut) else ""}
    if request.headers.get("HX-Request"):
        return render(request, "parts/refusal.html", context, status=refusal.status)
    typed = typed_in(request, refusal)
    if typed != "":
        context["typed"] = typed
        return render(request, "errors/refused.html", context, status=refusal.status)
    messages.error(request, str(refusal))
    return HttpResponseRedirect(where_from(request), status=303)


def typed_in(request: HttpRequest, refusal: Refusal) -> str | None:
    """What somebody wrote, perhaps nothing; None where nothing was sent that can be read."""
    if request.method != "POST" or isinstance(refusal, TooMuchAtOnce):
        return None
    try:
        return str(request.POST.get("source", ""))
    except TOO_MUCH:  # nobody had looked at it yet
        return None


def door_back(request: HttpRequest) -> str:
    """The page for signing in, which leads back to where somebody was writing."""
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': where_from(request)})}"


def where_from(request: HttpRequest) -> str:
    """The page of ours that sent this, or home."""
    referer = request.headers.get("Referer", "")
    parts = parts_of(referer)
    return "/" if parts.netloc != request.get_host() or parts.path == request.path else path_within(referer)
