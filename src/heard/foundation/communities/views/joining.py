"""Joining a community, asking to join it, leaving it, and choosing what to be told of it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.foundation.communities import actions
from heard.foundation.communities.queries import community_at, join_request, place
from heard.foundation.people.queries import MemberRequest


def shown_again(request: MemberRequest, slug: str) -> HttpResponse:
    """The community's card as it is now for a list that asked; else the page that was left for this, or its own."""
    if request.headers.get("HX-Request"):
        return render(request, "communities/card.html", {"place": place(request.user, slug)})
    after = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(after, allowed_hosts=None):
        return HttpResponseRedirect(after)
    return redirect(f"/communities/{slug}/")


@require_POST
def membership(request: MemberRequest, slug: str) -> HttpResponse:
    """Joins."""
    actions.join(community_at(request.user, slug), by=request.user)
    return shown_again(request, slug)


@require_POST
def membership_withdrawal(request: MemberRequest, slug: str) -> HttpResponse:
    """Leaves; the list follows, since a private community is not there any more."""
    community = community_at(request.user, slug)
    actions.leave(community, by=request.user)
    messages.success(request, _("You left %(name)s.") % {"name": community.name})
    return redirect("/communities/")


@require_POST
def request_to_join(request: MemberRequest, slug: str) -> HttpResponse:
    """Asks the tenders."""
    actions.ask_to_join(community_at(request.user, slug), by=request.user, words=request.POST.get("words", ""))
    return shown_again(request, slug)


@require_POST
def request_withdrawal(request: MemberRequest, slug: str) -> HttpResponse:
    """Asks no longer."""
    actions.withdraw_request(community_at(request.user, slug), by=request.user)
    return shown_again(request, slug)


@require_POST
def level(request: MemberRequest, slug: str) -> HttpResponse:
    """Chooses what to be told of."""
    actions.choose_level(community_at(request.user, slug), request.POST.get("level", ""), by=request.user)
    if request.headers.get("HX-Request"):
        return HttpResponse(_("Noted."))
    messages.success(request, _("Noted."))
    return redirect(f"/communities/{slug}/")


@require_POST
def tending(request: MemberRequest, slug: str) -> HttpResponse:
    """Looks after a community that nobody tends any more."""
    actions.take_over(community_at(request.user, slug), by=request.user)
    messages.success(request, _("You look after this community now. Thank you."))
    return redirect(f"/communities/{slug}/")


@require_POST
def admission(request: MemberRequest, slug: str, request_id: int) -> HttpResponse:
    """Lets somebody in."""
    return decided(request, slug, request_id, admitted=True)


@require_POST
def refusal(request: MemberRequest, slug: str, request_id: int) -> HttpResponse:
    """Does not."""
    return decided(request, slug, request_id, admitted=False)


def decided(request: MemberRequest, slug: str, request_id: int, *, admitted: bool) -> HttpResponse:
    """Answers a request to join, and shows what else waits."""
    asked = join_request(community_at(request.user, slug), request_id)
    actions.decide_request(asked, admitted=admitted, by=request.user)
    words = _("%(name)s is a member now.") if admitted else _("%(name)s was not let in.")
    messages.success(request, words % {"name": asked.person.name})
    return redirect(f"/communities/{slug}/waiting/")
