"""The org chart, and the units people work in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heard.foundation.people import queries
from heard.foundation.people.queries import MemberRequest


@require_safe
def chart(request: MemberRequest) -> HttpResponse:
    """Where the org chart begins: people whom nobody manages."""
    return render(request, "people/tops.html", {"nav": "people", "tops": queries.tops(request.user)})


@require_safe
def chart_of(request: MemberRequest, handle: str) -> HttpResponse:
    """The org chart round one person."""
    person = queries.person_by_handle(request.user, handle)
    return render(request, "people/chart.html", {"nav": "people", "chart": queries.chart_around(request.user, person)})


@require_safe
def units(request: MemberRequest) -> HttpResponse:
    """The topmost units."""
    return render(request, "people/units.html", {"nav": "people", "units": queries.units()[:200]})


@require_safe
def unit(request: MemberRequest, unit_id: int) -> HttpResponse:
    """One unit: what is above and below it, and who works right in it."""
    unit = queries.unit_by_id(unit_id)
    page = queries.page_by_name(queries.people_in(request.user, unit), request.GET.get("after", ""))
    shown = {"unit": unit, "above": queries.ancestors(unit), "units": queries.units(unit)[:200], "page": page}
    return render(request, "people/unit.html", {"nav": "people", **shown})
