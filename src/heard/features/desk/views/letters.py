"""What the script of the desk asks for and sends: sealed messages, which only the listener's browser opens."""

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from heard.features.desk import actions, queries
from heard.features.desk.errors import LetterIsMalformed
from heard.features.voice.queries import keys_by_code
from heard.foundation.people.queries import MemberRequest
from heard.plumbing.base64url import encode as encoded


@require_safe
def letters(request: MemberRequest, code: str) -> HttpResponse:
    """A conversation with this listener's boxes and their wrapped keys."""
    thread = queries.conversation(request.user, code).thread
    held = queries.keys_of(request.user)
    keys = keys_by_code(held)
    said = {
        "thread": thread.code,
        "ballot": thread.ballot,
        "group": thread.group,
        "week": thread.week.isoformat(),
        "expires": thread.expires_on.isoformat(),
        "state": thread.state,
        "because": thread.because,
        "public": encoded(bytes(thread.public)),
        "keys": [
            {"code": one, "public": encoded(bytes(keys[one].public)), "wrapped": keys[one].wrapped}
            for one in held
            if one in keys
        ],
        "messages": [
            {
                "code": one.code,
                "by": one.by,
                "week": one.week,
                "sealed": encoded(one.sealed),
                "boxes": one.boxes,
            }
            for one in queries.letters(request.user, thread)
        ],
    }
    response = JsonResponse(said)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def seen(request: MemberRequest, code: str) -> HttpResponse:
    """The script has opened it."""
    actions.see(queries.conversation(request.user, code), by=request.user)
    return HttpResponse(status=204)


@require_POST
def replies(request: MemberRequest, code: str) -> HttpResponse:
    """A message for the writer."""
    actions.reply(queries.conversation(request.user, code), said_in(request)["message"], by=request.user)
    return HttpResponse(status=204)


@require_POST
def notes(request: MemberRequest, code: str) -> HttpResponse:
    """A message among listeners."""
    actions.note(queries.conversation(request.user, code), said_in(request)["message"], by=request.user)
    return HttpResponse(status=204)


@require_POST
def offer(request: MemberRequest, code: str) -> HttpResponse:
    """A text that the writer may agree to open."""
    found, said = queries.conversation(request.user, code), said_in(request)
    actions.offer_to_open(found, said["message"], said.get("commitment"), by=request.user)
    return HttpResponse(status=204)


def said_in(request: MemberRequest) -> dict[str, Any]:
    """The JSON of a body with a message in it. Raises LetterIsMalformed."""
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise LetterIsMalformed from error
    if not isinstance(said, dict) or not isinstance(said.get("message"), dict):
        raise LetterIsMalformed
    return said
