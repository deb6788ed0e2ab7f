"""The page on which a steward says who people from archives are."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heard.features.arrivals import actions
from heard.features.arrivals.forms import WhoForm
from heard.features.arrivals.queries import joinings, latest_joinings, newcomer_called, newcomers
from heard.foundation.people.queries import MemberRequest


@require_safe
def listed(request: MemberRequest, form: WhoForm | None = None) -> HttpResponse:
    """People from archives beside the colleagues they may be, and what was said of them before."""
    words = request.GET.get("q", "")[:100]
    context = {
        "found": newcomers(request.user, words=words, after=request.GET.get("after", "")[:200]),
        "words": words,
        "joinings": latest_joinings(request.user),
    }
    return render(request, "arrivals/newcomers.html", context)


@require_POST
def joining(request: MemberRequest, handle: str) -> HttpResponse:
    """Says who somebody is."""
    newcomer = newcomer_called(request.user, handle)
    form = WhoForm(request.POST, viewer=request.user)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("arrivals:newcomers")
    made = actions.join_people(newcomer, form.cleaned_data["account"], by=request.user)
    words = _("What %(newcomer)s said is %(account)s’s now. It can be undone below.")
    messages.success(request, words % {"newcomer": made.newcomer.name, "account": made.account.name})
    return redirect("arrivals:newcomers")


@require_POST
def parting(request: MemberRequest, joining_id: int) -> HttpResponse:
    """Takes that back."""
    actions.part_people(joinings(request.user).get(pk=joining_id), by=request.user)
    messages.success(request, _("Undone: the words are where they were."))
    return redirect("arrivals:newcomers")
