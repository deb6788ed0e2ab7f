"""Pages for what went wrong: one sentence, and a way on."""

import sys

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from heard.web.refusing import answer_barely, in_no_log, in_words


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """It is not there, or not for this reader: the two look alike."""
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The role for it is missing."""
    return render(request, "errors/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Something no page of ours sends."""
    return render(request, "errors/400.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours; drawn without the database, which may be the fault.

    Where the database is only away, busy or full, also outside a view (a session that could not be kept), it says so.
    """
    refusal = in_words(error := sys.exception())
    if refusal is not None:
        return in_no_log(answer_barely(request, refusal), refusal, error)
    return HttpResponseServerError(render_to_string("errors/500.html"))
