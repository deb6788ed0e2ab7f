"""The door itself: the first-run page, signing in, signing out and being forgotten on a shared computer."""

from typing import Any

from allauth.account import views
from allauth.account.internal.stagekit import clear_login
from django.contrib import messages
from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from heard.foundation.people.actions import begin_network
from heard.foundation.people.errors import AlreadyBegun
from heard.foundation.people.forms import BeginForm
from heard.foundation.people.queries import somebody_is_here
from heard.plumbing import realtime
from heard.plumbing.refusals import Refusal
from heard.web.door import SHARED
from heard.web.door_forms import FORGET

WITHOUT_CODE = "password"
"""What the address of the door carries where somebody wants no code after all."""
WHAT_THE_BROWSER_KEEPS = '"cache", "storage"'
"""Drafts, posts that wait, pages kept for being offline, and pages that *Back* would show."""
SEALED = "sealed"
"""What a browser says that has thrown all this away by itself, but for tokens that lie under a PIN."""


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Makes the first administrator, where nobody is here yet."""
    if somebody_is_here():
        raise AlreadyBegun
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = begin_network(**form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            begin_session(request, person)
            messages.success(request, _("Welcome. Heard is yours: start a community, then invite colleagues."))
            return redirect("home")
    return render(request, "begin.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    """Signing in with a password; the first-run page where there is nobody who could.

    Whoever asked for a code comes back to where it is typed, unless they choose a password after all.
    """
    if request.method == "GET" and not somebody_is_here():
        return redirect("begin")
    if request.method == "POST" or WITHOUT_CODE in request.GET:
        clear_login(request)
        request.session.pop(FORGET, None)
    return views.login(request)  # type: ignore[no-any-return]


@login_not_required
def request_code(request: HttpRequest) -> HttpResponse:
    """Asking for a code by mail, also for another; whether this computer is shared is remembered until it is typed."""
    if request.method == "POST":
        clear_login(request)
        request.session[FORGET] = bool(request.POST.get(FORGET))
    return views.request_login_code(request)  # type: ignore[no-any-return]


@login_not_required
def logout(request: HttpRequest) -> HttpResponse:
    """Signing out; a shared computer forgets what was written on it too."""
    is_shared = request.method == "POST" and request.session.get(SHARED)
    person = request.user.pk
    response: Any = views.logout(request)
    end_streams(person if request.method == "POST" else None)
    return forgetting(response, is_sealed=SEALED in request.POST) if is_shared else response


def end_streams(person: int | None) -> None:
    """Closes every stream of a person; pages whose session goes on open theirs again."""
    if person is not None:
        realtime.announce(f"person:{person}", "signed-out")


def forgetting(response: HttpResponse, *, is_sealed: bool = False) -> HttpResponse:
    """Has the browser throw away everything that it keeps of Heard, or all but what lies under a PIN."""
    response.headers["Clear-Site-Data"] = '"cache"' if is_sealed else WHAT_THE_BROWSER_KEEPS
    response.delete_cookie("theme")
    return response


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Signs out and forgets the person on this computer."""
    person = request.user.pk
    end_session(request)
    end_streams(person)
    messages.success(request, _("You are signed out, and this computer has forgotten you."))
    return forgetting(redirect("account_login"))
