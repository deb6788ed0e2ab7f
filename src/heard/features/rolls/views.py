"""What a member's browser fetches by itself while they are signed in: its tokens, and all that answering needs."""

import json
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.features.rolls import actions, rules
from heard.features.rolls.errors import MalformedRequest
from heard.features.rolls.forms import SmallestForm
from heard.features.rolls.queries import ToTake, smallest_group, to_take
from heard.foundation.people.queries import MemberRequest
from heard.plumbing import base64url
from heard.plumbing.refusals import Refusal

LARGEST = 100_000


@never_cache
@require_safe
def tokens(request: MemberRequest) -> JsonResponse:
    """Everything announced or open for whoever is signed in, and whether they share this computer with others.

    `now` is what time it is here, since clocks of devices may be wrong by days.
    """
    now = timezone.now()
    actions.draw_waits(request.user)
    ballots = [described(one) for one in to_take(request.user, now)]
    told = {"account": str(request.user.pk), "shared": bool(request.session.get("shared")), "now": now.isoformat()}
    return JsonResponse(told | {"ballots": ballots})


def described(one: ToTake) -> dict[str, Any]:
    """A roll as a browser reads it; what the ask says of itself comes first and cannot stand for anything else."""
    roll = one.roll
    return told_of(one) | {
        "ballot": roll.ballot,
        "what": roll.what,
        "opens": hour(roll.opens_at),
        "closes": hour(roll.closes_at),
        "group": one.group.code,
        "group_name": one.group.name,
        "invited": one.group.invited,
        "nth": roll.per_member,
        "issued": one.issued,
        "wait_until": None if one.wait_until is None else one.wait_until.astimezone(UTC).isoformat(),
    }


def told_of(one: ToTake) -> dict[str, Any]:
    """What the ask says of itself, to whoever may still read the community that it is asked of."""
    if one.is_withheld:
        title = _("A poll of a community that you are not a member of any more")
        return {"title": title, "intro": "", "questions": [], "ask_url": ""}
    return {name: said for name, said in one.roll.page.items() if name != "community"}


def hour(at: datetime) -> str:
    """A full hour as the heart writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z")


@never_cache
@require_POST
def issuing(request: MemberRequest, ballot: str) -> JsonResponse:
    """Signs what the browser has blinded; a refusal is one sentence, as JSON."""
    try:
        signatures = actions.issue(by=request.user, ballot=ballot, blinded=blinded_in(request))
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)}, status=refusal.status)
    return JsonResponse({"signatures": [base64url.encode(signature) for signature in signatures]})


def blinded_in(request: HttpRequest) -> list[bytes]:
    """The blinded messages of a request; raises MalformedRequest."""
    try:
        sent = json.loads(request.body[: LARGEST + 1])
        listed = sent["blinded"]
        if not isinstance(listed, list):
            raise MalformedRequest
        return [base64url.decode(one) for one in listed]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise MalformedRequest from error


@require_http_methods(["GET", "HEAD", "POST"])
def smallest(request: MemberRequest) -> HttpResponse:
    """How small a group may be, why, and the way to raise it for administrators."""
    form = SmallestForm(request.POST if request.method == "POST" else None, initial={"k": smallest_group() + 1})
    if request.method == "POST" and form.is_valid():
        actions.raise_smallest(form.cleaned_data["k"], by=request.user)
        messages.success(request, _("From the next ask on, no group is smaller."))
        return redirect("rolls:smallest")
    context = {
        "k": smallest_group(),
        "form": form if rules.may_raise_smallest(request.user) else None,
        "nav": "asks",
    }
    return render(request, "rolls/smallest.html", context, status=422 if form.errors else 200)
