"""Following a colleague, which they can see."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from heard.foundation.people import actions, queries
from heard.foundation.people.queries import MemberRequest


def answer(request: MemberRequest, handle: str) -> HttpResponse:
    """The button and the count of followers as they are now, alone or on the page."""
    if not request.headers.get("HX-Request"):
        return redirect("profile", handle=handle)
    person = queries.person_by_handle(request.user, handle)
    return render(request, "people/followed.html", {"profile": queries.profile(request.user, person)})


@require_POST
def follow(request: MemberRequest, handle: str) -> HttpResponse:
    """Begins to follow."""
    actions.follow(queries.person_by_handle(request.user, handle), by=request.user)
    return answer(request, handle)


@require_POST
def follow_withdrawal(request: MemberRequest, handle: str) -> HttpResponse:
    """Follows no longer."""
    actions.unfollow(queries.person_by_handle(request.user, handle), by=request.user)
    return answer(request, handle)
