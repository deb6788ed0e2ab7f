"""What came of an ask: along the tree for one group, or one question for all groups."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heard.features.asks.queries import ask_by_code, questions_of
from heard.features.asks.queries.figures import Place, places_of, smallest_of
from heard.features.asks.queries.participation import participation_of
from heard.features.asks.queries.results import said_in, said_to
from heard.foundation.people.queries import MemberRequest


@require_safe
def results(request: MemberRequest, code: str) -> HttpResponse:
    """Every question, as one group answered it; the whole unless another is asked for."""
    ask = ask_by_code(request.user, code)
    places = places_of(ask.ballot) if ask.ballot and not ask.withdrawn_at else []
    if not places:
        raise Http404
    place = chosen(places, request.GET.get("group", ""))
    said = said_in(ask, place)
    is_shown = any(one.picture for one in said)
    context = {
        "ask": ask,
        "place": place,
        "above": above(places, place),
        "below": [one for one in places if one.parent == place.code],
        "said": said,
        "is_shown": is_shown,
        "has_scores": any(one.picture and one.picture.score for one in said),
        "k": 0 if is_shown else smallest_of(ask),
        "participation": participation_of(ask),
        "nav": "asks",
    }
    return render(request, "asks/results.html", context)


@require_safe
def question(request: MemberRequest, code: str, nth: int) -> HttpResponse:
    """One question, in each group."""
    ask = ask_by_code(request.user, code)
    found = next((one for one in questions_of(ask) if one.nth == nth), None)
    if found is None or not ask.ballot or ask.withdrawn_at:
        raise Http404
    context = {"ask": ask, "question": found, "said": said_to(ask, found, places_of(ask.ballot)), "nav": "asks"}
    return render(request, "asks/question.html", context)


def chosen(places: list[Place], code: str) -> Place:
    """The group that is asked for; the whole for none. Raises Http404 for what is no group of this ask."""
    if not code:
        return places[0]
    found = next((one for one in places if one.code == code), None)
    if found is None:
        raise Http404
    return found


def above(places: list[Place], place: Place) -> list[Place]:
    """What a group is part of, from the top."""
    by_code = {one.code: one for one in places}
    path: list[Place] = []
    while place.parent:
        place = by_code[place.parent]
        path.insert(0, place)
    return path
