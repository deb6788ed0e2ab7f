"""Finding colleagues: the directory, and offers while somebody types a name into a form."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from heard.foundation.people import queries, rules
from heard.foundation.people.queries import Filters, MemberRequest


def filters_of(request: MemberRequest) -> Filters:
    """What the address narrows the directory to; nonsense narrows nothing."""
    unit = request.GET.get("unit", "")
    return Filters(
        words=request.GET.get("q", "")[:200],
        unit=int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 19 else None,
        place=request.GET.get("place", "")[:100],
    )


@require_safe
@vary_on_headers("HX-Request")
def directory(request: MemberRequest) -> HttpResponse:
    """Everybody who works here, a page at a time; typing asks for the list alone."""
    filters = filters_of(request)
    page = queries.page_by_name(queries.directory(request.user, filters), request.GET.get("after", ""))
    kept = {"q": filters.words, "unit": filters.unit or "", "place": filters.place}
    found = {
        "page": page,
        "filters": filters,
        "branch": queries.branch(filters.unit, limit=24),
        "kept": urlencode({name: value for name, value in kept.items() if value}),
        "kept_but_unit": urlencode({name: value for name, value in kept.items() if value and name != "unit"}),
        "next": urlencode(kept | {"after": page.after}) if page.after else "",
        "is_first": "after" not in request.GET,
    }
    if request.headers.get("HX-Request"):
        return render(request, "people/directory.html#found", found)
    whole = {"nav": "people", "places": queries.places(), "may_invite": rules.may_invite(request.user)}
    return render(request, "people/directory.html", found | whole)


@require_safe
def choices(request: MemberRequest) -> HttpResponse:
    """Options for a field in which a colleague is named."""
    typed = str(next(iter(request.GET.values()), ""))[:200]
    people = queries.completions(request.user, typed) if typed.strip() else []
    return render(request, "people/choices.html", {"people": people})
