"""Starting a community, changing it, closing it and opening it again."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.foundation.communities import actions, errors, rules
from heard.foundation.communities.forms import ChangeForm, StartForm
from heard.foundation.communities.queries import community_at, place
from heard.foundation.people.queries import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Three questions, and the community is there."""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            community = actions.start_community(by=request.user, **form.cleaned_data)
        except (errors.NameIsTaken, errors.NameIsEmpty) as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Here it is. Say something first: a question is the easiest beginning."))
            return redirect(actions.address_of(community))
    context = {"form": form, "nav": "communities"}
    return render(request, "communities/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: MemberRequest, slug: str) -> HttpResponse:
    """What a community says of itself, and who may see it; for those who tend it."""
    stands = place(request.user, slug)
    if not stands.may_tend:
        raise errors.NotATender
    community = stands.community
    initial = {name: getattr(community, name) for name in ("name", "description", "welcome", "access")}
    form = ChangeForm(
        request.POST or None,
        initial=initial,
        may_become=partial(rules.may_become, community),
        narrowing=partial(rules.narrowing, community),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_community(community, by=request.user, **form.cleaned_data)
        except (errors.NameIsTaken, errors.NameIsEmpty) as refusal:
            form.add_error("name", str(refusal))
        except errors.SaidAmongMembers as refusal:
            form.add_error("access", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(actions.address_of(community))
    context = {"form": form, "community": community, "nav": "communities"}
    return render(request, "communities/change.html", context, status=422 if form.errors else 200)


@require_POST
def closure(request: MemberRequest, slug: str) -> HttpResponse:
    """Ends talk in a community."""
    community = community_at(request.user, slug)
    actions.close_community(community, by=request.user)
    messages.success(request, _("%(name)s is archived. It can still be read.") % {"name": community.name})
    return redirect(actions.address_of(community))


@require_POST
def closure_withdrawal(request: MemberRequest, slug: str) -> HttpResponse:
    """Lets talk go on."""
    community = community_at(request.user, slug)
    actions.reopen_community(community, by=request.user)
    messages.success(request, _("%(name)s is open to new words again.") % {"name": community.name})
    return redirect(actions.address_of(community))
