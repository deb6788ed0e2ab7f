"""The search box: colleagues, communities and hashtags."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heard.foundation.communities.queries import listed
from heard.foundation.conversation.queries import tags_beginning
from heard.foundation.people.queries import Filters, MemberRequest, directory

MOST = 12


@require_safe
def search(request: MemberRequest) -> HttpResponse:
    """What begins with these words, of what the searcher may see."""
    words = request.GET.get("q", "").strip()[:200]
    people = list(directory(request.user, Filters(words=words))[: MOST + 1]) if words else []
    places = listed(request.user, words=words) if words else []
    found = {
        "people": people[:MOST],
        "more_people": len(people) > MOST,
        "places": places[:MOST],
        "more_places": len(places) > MOST,
        "tags": tags_beginning(request.user, words.lstrip("#")) if words else [],
    }
    return render(request, "home/search.html", {"q": words, **found})
