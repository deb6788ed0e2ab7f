"""Looking at asks: the list, one of them, who is in one's group, and the counts that everybody may check."""

from dataclasses import asdict

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heard.features.asks import rules
from heard.features.asks.queries import ask_by_code, ballot_called, listed
from heard.features.asks.queries.checking import check_of
from heard.features.asks.queries.groups import issued_of, people_of
from heard.features.asks.queries.page import page_of
from heard.foundation.people.queries import MemberRequest


@require_safe
def asks(request: MemberRequest) -> HttpResponse:
    """What is open for whoever looks, what is announced, what is over."""
    context = {"listed": listed(request.user, timezone.now()), "may_ask": rules.may_ask(request.user), "nav": "asks"}
    return render(request, "asks/list.html", context)


@require_safe
def ask(request: MemberRequest, code: str) -> HttpResponse:
    """One ask: when, who, one's own token, the counts, the audit."""
    found = ask_by_code(request.user, code)
    context = {"page": page_of(request.user, found), "ask": found, "url": settings.HEARD_URL, "nav": "asks"}
    return render(request, "asks/ask.html", context)


@require_safe
def group(request: MemberRequest, code: str) -> HttpResponse:
    """Everybody in one's own group."""
    found = ask_by_code(request.user, code)
    place, people = people_of(request.user, found, after=request.GET.get("after", "")[:200])
    return render(request, "asks/group.html", {"ask": found, "place": place, "people": people, "nav": "asks"})


@login_not_required
@require_safe
def issued(request: HttpRequest, code: str) -> JsonResponse:
    """How many tokens were issued in each group, by codes that name nobody: for whoever checks a ballot."""
    return JsonResponse(issued_of(ballot_called(code)))


@login_not_required
@require_safe
def checked(request: HttpRequest, code: str) -> HttpResponse:
    """What anybody can check of a ballot, checked; a page of nobody's, with nothing on it that names anybody."""
    found = check_of(ballot_called(code))
    return render(request, "asks/checked.html", {"url": settings.HEARD_URL, **asdict(found)})
