"""What a writer's browser asks without a cookie: who listens, a conversation, and what is added to it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from heard.features.ballots.errors import TokenIsUnusable
from heard.features.voice import actions, queries, rules
from heard.features.voice.errors import BodyIsMalformed, ReceiptIsUnknown, TokenIsMissing
from heard.plumbing import base64url
from heard.plumbing.cookieless import cookieless
from heard.plumbing.limits_in_memory import spend_unseen

MOST_REFUSED = 300
"""Refused tries from one address in an hour; whoever has a token or a receipt is never held up by others."""
MOST_FROM_OUTSIDE = 300
"""Messages without a token from one address in an hour."""
MOST_PICTURES, MOST_PICTURES_OF_ALL = 16, 64
"""Of them those with pictures, each a MiB at most: from one address, a little more than a conversation holds; and from
all of them together, so that nobody fills the disk from everywhere. Words come through all the same."""
ALL_OUTSIDE = HttpRequest()
"""Comes from nowhere, so that whatever is counted for it is counted for all alike."""


@contextmanager
def refusals_counted(request: HttpRequest) -> Iterator[None]:
    """Raises TooOften in place of a refusal that whoever tries tokens or receipts would get, beyond so many of them."""
    try:
        yield
    except (BodyIsMalformed, ReceiptIsUnknown, TokenIsMissing, TokenIsUnusable):
        spend_unseen("refused voice", request, most=MOST_REFUSED)
        raise


def spend_from_outside(request: HttpRequest) -> None:
    """Counts a message of somebody who has no token. Raises TooOften beyond so many of them, or of pictures."""
    spend_unseen("voice from outside", request, most=MOST_FROM_OUTSIDE)
    if len(request.body) > rules.BODY:
        spend_unseen("pictures from outside", request, most=MOST_PICTURES)
        spend_unseen("pictures from outside", ALL_OUTSIDE, most=MOST_PICTURES_OF_ALL)


@cookieless("GET")
def listeners(request: HttpRequest) -> HttpResponse:
    """Everybody gets the same: whose keys there are, which groups they hear, and what receipts are stretched with."""
    keys = queries.public_keys()
    there = {key.code for key in keys}
    groups: list[dict[str, Any]] = []
    for one in queries.audiences():
        if len(codes := [code for code in one.listeners if code in there]) >= rules.FEWEST_LISTENERS:
            groups.append({"group": one.group, "ballot": one.ballot, "listeners": codes})
    said = {
        "salt": queries.salt(),
        "rounds": rules.ROUNDS,
        "strangers": settings.HEARD_REPORTS_FROM_OUTSIDE,
        "listeners": [{"code": k.code, "name": k.name, "public": base64url.encode(bytes(k.public))} for k in keys],
        "groups": groups,
    }
    return JsonResponse(said)


@cookieless("POST")
def beginning(request: HttpRequest) -> HttpResponse:
    """Opens a conversation."""
    with refusals_counted(request):
        said = rules.beginning_in(request.body)
        if said.token is None:
            spend_from_outside(request)
        actions.begin(said, takes_strangers=settings.HEARD_REPORTS_FROM_OUTSIDE)
    return HttpResponse(status=204)


@cookieless("POST")
def reading(request: HttpRequest) -> HttpResponse:
    """A conversation by its receipt. A receipt that opens nothing gets an answer just as long."""
    try:
        with refusals_counted(request):
            thread = actions.read(rules.lookup_in(request.body))
    except ReceiptIsUnknown as unknown:
        return filled({"refused": str(unknown)}, status=unknown.status)
    return filled(spoken(thread))


@cookieless("POST")
def reply(request: HttpRequest) -> HttpResponse:
    """A further message of the writer."""
    with refusals_counted(request):
        said = rules.reply_in(request.body)
        if queries.is_from_outside(said.lookup):
            spend_from_outside(request)
        actions.say(said)
    return HttpResponse(status=204)


@cookieless("POST")
def opening(request: HttpRequest) -> HttpResponse:
    """The writer agrees to an exact text."""
    with refusals_counted(request):
        actions.agree_to_open(rules.agreement_in(request.body))
    return HttpResponse(status=204)


def spoken(thread: queries.Thread) -> dict[str, Any]:
    """A conversation as its writer's browser reads it: nothing of it is legible without the receipt."""
    return {
        "thread": thread.code,
        "group": thread.group,
        "ballot": thread.ballot,
        "kind": thread.kind,
        "week": thread.week.isoformat(),
        "expires": thread.expires_on.isoformat(),
        "state": thread.state,
        "because": thread.because,
        "offered": thread.offered,
        "public": base64url.encode(bytes(thread.public)),
        "wrapped": base64url.encode(bytes(thread.wrapped)),
        "messages": [
            {
                "code": one.code,
                "by": one.by,
                "week": one.week.isoformat(),
                "sealed": base64url.encode(bytes(one.sealed)),
                "box": one.boxes.get("writer", ""),
            }
            for one in queries.for_writer(thread)
        ],
    }


def filled(said: dict[str, Any], status: int = 200) -> HttpResponse:
    """JSON, filled up with spaces to one of few lengths."""
    return HttpResponse(rules.padded(json.dumps(said).encode()), status=status, content_type="application/json")
