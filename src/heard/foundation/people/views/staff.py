"""What stewards and administrators do: add a colleague, note who left or came back, give and take roles."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.foundation.people import actions, queries, rules
from heard.foundation.people.errors import NotForYou
from heard.foundation.people.forms import PersonForm, RoleForm
from heard.foundation.people.queries import MemberRequest, Role
from heard.plumbing.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Adds somebody by hand, who can then be invited."""
    if not rules.may_invite(request.user):
        raise NotForYou
    form = PersonForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        fields = {name.replace("unit", "unit_id"): value for name, value in form.cleaned_data.items()}
        try:
            person = actions.add_person(by=request.user, **fields)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is added. Invite them below.") % {"name": person.name})
            return redirect("profile", handle=person.handle)
    return render(request, "people/new.html", {"nav": "people", "form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: MemberRequest, handle: str) -> HttpResponse:
    """Says what happens when somebody leaves; POST ends their access."""
    person = queries.person_by_handle(request.user, handle)
    if not rules.may_end_access(request.user, person):
        raise NotForYou
    if request.method != "POST":
        return render(request, "people/leaving.html", {"nav": "people", "person": person})
    actions.end_access(person, by=request.user)
    messages.success(request, _("%(name)s has no access any more.") % {"name": person.name})
    return redirect("profile", handle=handle)


@require_POST
def coming_back(request: MemberRequest, handle: str) -> HttpResponse:
    """Gives somebody who left their access back."""
    person = queries.person_by_handle(request.user, handle)
    actions.restore_access(person, by=request.user)
    messages.success(request, _("%(name)s can sign in again.") % {"name": person.name})
    return redirect("profile", handle=handle)


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: MemberRequest) -> HttpResponse:
    """Who has which role; POST gives one."""
    if not rules.may_grant(request.user):
        raise NotForYou
    initial = {"person": request.GET.get("person", "")}
    form = RoleForm(request.POST or None, viewer=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        unit = queries.unit_by_id(form.cleaned_data["unit"]) if form.cleaned_data["unit"] else None
        person = form.cleaned_data["person"]
        actions.grant_role(person, Role(form.cleaned_data["role"]), by=request.user, unit=unit)
        messages.success(request, _("%(name)s has the role now.") % {"name": person.name})
        return redirect("people:roles")
    shown = {"nav": "people", "form": form, "grants": queries.grants(request.user)[:500]}
    return render(request, "people/roles.html", shown, status=422 if form.is_bound else 200)


@require_POST
def role_withdrawal(request: MemberRequest, grant_id: int) -> HttpResponse:
    """Takes a role back."""
    grant = queries.grants(request.user).get(pk=grant_id)
    actions.withdraw_role(grant, by=request.user)
    messages.success(request, _("The role is withdrawn."))
    return redirect("people:roles")
