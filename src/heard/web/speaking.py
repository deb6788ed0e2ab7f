"""The page for speaking without a name: one for all, kept by browsers in advance, and where its addresses are."""

from functools import cache
from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.csp import CSP, build_policy
from django.views.decorators.http import require_safe


def ballot_origin() -> str:
    """Where the addresses that know nobody are, as a page has to name it: nothing, if they are this page's own."""
    return "" if settings.HEARD_BALLOT_URL == settings.HEARD_URL else str(settings.HEARD_BALLOT_URL)


@cache
def page() -> str:
    """The page in the language of the installation; nothing of the request, the person or the day is in it."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("speak.html", {"url": settings.HEARD_URL})


@require_safe
@login_not_required
def speak(request: HttpRequest) -> HttpResponse:
    """The page; it may ask this server and the one that counts ballots, and nothing else."""
    response = HttpResponse(page())
    base = cast("dict[str, list[str]]", settings.SECURE_CSP)
    own: dict[str, list[str]] = {"connect-src": [CSP.SELF, *filter(None, [ballot_origin()])], "form-action": [CSP.NONE]}
    response["Content-Security-Policy"] = build_policy({**base, **own})
    response["Cache-Control"] = "no-cache"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@login_not_required
def where(request: HttpRequest) -> JsonResponse:
    """The origin of the addresses that know nobody, the same for all."""
    response = JsonResponse({"ballots": ballot_origin()})
    response["Cache-Control"] = "no-cache"
    return response
