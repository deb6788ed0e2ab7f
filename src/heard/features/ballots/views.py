"""The cookieless side: keys and log for everybody, answers from anybody with a token."""

import json
import re
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse

from heard.features.ballots import actions, queries
from heard.features.ballots.errors import BodyIsMalformed, TokenIsUnusable, TokenWasUsed
from heard.plumbing.cookieless import cookieless
from heard.plumbing.limits_in_memory import spend_unseen

MOST_REFUSED = 300
"""Refused tokens from one address in an hour; whoever has a good one, or had and sends again, is never held up by
others."""
LINE = re.compile(r"[0-9]{1,18}")
"""The number of a line of the log; none will ever be longer."""
KEPT = "public, max-age=86400, immutable"


@cookieless("GET")
def keys(request: HttpRequest, ballot: str) -> HttpResponse:
    """The whole list of keys, byte for byte as its digest in the log says."""
    return HttpResponse(queries.published(ballot), content_type="application/json", headers={"Cache-Control": KEPT})


@cookieless("GET")
def log(request: HttpRequest) -> HttpResponse:
    """The log from a number on; the whole of it where what was asked for is none."""
    number = request.GET.get("from", "")
    return JsonResponse(queries.log_from(int(number) if LINE.fullmatch(number) else 1), safe=False)


@cookieless("GET")
def checkpoint(request: HttpRequest) -> HttpResponse:
    """How long the log is, and its last hash."""
    return JsonResponse(queries.checkpoint())


@cookieless("POST")
def redeem(request: HttpRequest, ballot: str) -> HttpResponse:
    """Takes answers and the token that lets them count; says nothing but that they arrived."""
    try:
        actions.redeem(ballot, request.body)
    except TokenWasUsed:
        raise
    except (BodyIsMalformed, TokenIsUnusable):
        spend_unseen("redeem", request, most=MOST_REFUSED)
        raise
    return HttpResponse(status=204)


@cookieless("GET")
def audit(request: HttpRequest, ballot: str) -> HttpResponseBase:
    """What anybody may check after closing, as it comes."""
    head = json.dumps(queries.audit_head(ballot), separators=(",", ":"))
    return StreamingHttpResponse(_audited(head, ballot), content_type="application/json")


def _audited(head: str, ballot: str) -> Iterator[str]:
    yield f'{head[:-1]},"used":['
    for nth, token in enumerate(queries.used_tokens(ballot)):
        yield ("," if nth else "") + json.dumps(token, separators=(",", ":"))
    yield "]}"
