"""Coming in with an invitation: typing its code, or opening the address in its QR code."""

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from heard.foundation.people import actions, queries
from heard.foundation.people.errors import InvitationIsOver
from heard.foundation.people.forms import CodeForm, JoinForm
from heard.plumbing import limits
from heard.plumbing.refusals import Refusal

if TYPE_CHECKING:
    from heard.foundation.people.models import Invitation

MOST_WRONG, WINDOW = 20, 300


def invitation_for(request: HttpRequest, code: str) -> "Invitation":
    """The open invitation with this code; raises InvitationIsOver, or TooOften after many wrong ones."""
    who = get_adapter(request).get_client_ip(request)
    limits.refuse_spent("join", who, most=MOST_WRONG)
    invitation = queries.invitation_by_code(code)
    if invitation is None:
        limits.spend("join", who, seconds=WINDOW)
        raise InvitationIsOver
    return invitation


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Asks for the code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation_for(request, form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            return redirect("people:join-by-code", code=form.cleaned_data["code"].strip())
    return render(request, "people/join.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Asks for what the invitation leaves open, makes or claims the account, and signs in."""
    if request.user.is_authenticated:
        messages.info(request, _("You are signed in already. Sign out first to use an invitation."))
        return redirect("home")
    try:
        invitation = invitation_for(request, code)
    except Refusal as refusal:
        mistyped = CodeForm({"code": code})
        mistyped.add_error("code", str(refusal))
        return render(request, "people/join.html", {"form": mistyped}, status=404)
    form = JoinForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        waiting = {"name": invitation.name}
        try:
            person = actions.accept_invitation(code, **(waiting | form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, person)
            messages.success(request, _("Welcome, %(name)s.") % {"name": person.name})
            return redirect("home")
    shown = {"form": form, "invitation": invitation}
    return render(request, "people/join_by_code.html", shown, status=422 if form.is_bound else 200)
