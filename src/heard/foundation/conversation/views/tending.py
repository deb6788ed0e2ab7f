"""What waits for those who look after a community, and reports for stewards."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heard.foundation.communities.errors import NotATender
from heard.foundation.communities.queries import place
from heard.foundation.conversation import actions
from heard.foundation.conversation.forms import ReasonForm
from heard.foundation.conversation.queries import report_seen_by, reports_for_stewards, waiting_in
from heard.foundation.people.errors import NotForYou
from heard.foundation.people.queries import MemberRequest
from heard.foundation.people.rules import is_steward

PAGE = 50


@require_safe
def waiting(request: MemberRequest, slug: str) -> HttpResponse:
    """Who asks to join, what was reported and what nobody answered, in one community."""
    stands = place(request.user, slug)
    if not stands.may_tend:
        raise NotATender
    context = {
        "nav": "communities",
        "community": stands.community,
        "waiting": waiting_in(request.user, stands.community),
        "may_read": stands.may_read,
    }
    return render(request, "conversation/waiting.html", context)


@require_safe
def reports(request: MemberRequest) -> HttpResponse:
    """Every open report, the oldest first, for stewards."""
    if not is_steward(request.user):
        raise NotForYou
    given = request.GET.get("after", "")
    after = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
    found = reports_for_stewards(request.user, after=after, limit=PAGE + 1)
    older = f"?after={found[PAGE - 1].report.pk}" if len(found) > PAGE else ""
    context = {"nav": "communities", "reports": found[:PAGE], "older": older}
    return render(request, "conversation/reports.html", context)


@require_POST
def settlement(request: MemberRequest, report_id: int) -> HttpResponse:
    """Ends a report: somebody looked, and the words stay."""
    given = report_seen_by(request.user, report_id)
    actions.settle_report(given, by=request.user, outcome=request.POST.get("outcome", ""))
    messages.success(request, _("Settled. The words stay."))
    return redirect(back(request, given))


@require_POST
def hiding(request: MemberRequest, report_id: int) -> HttpResponse:
    """Takes the reported words out of sight, with a reason that their author can read, and ends the report."""
    given = report_seen_by(request.user, report_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        actions.hide_reported(given, by=request.user, because=form.cleaned_data["because"])
        messages.success(request, _("Hidden, and the report is settled."))
    else:
        messages.error(request, _("Say in a few words why you hide it: the author can read that."))
    return redirect(back(request, given))


def back(request: MemberRequest, given: Any) -> str:
    """The page that somebody came from: all reports, or what waits in the community."""
    return (
        "/reports/" if request.POST.get("back") == "reports" else f"/communities/{given.thread.community.slug}/waiting/"
    )
