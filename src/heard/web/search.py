"""The one search page: what was said, files, colleagues, communities and hashtags, as far as the searcher may see."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from heard.foundation.communities.queries import joined_by, listed
from heard.foundation.people.queries import Filters, MemberRequest, are_common, directory
from heard.foundation.search.queries import how_full, names_meant, search_for, tags_meant, tags_to_offer
from heard.plumbing import limits
from heard.web.search_filters import Choices, chosen_from

MOST, GLIMPSE = 12, 3
MOST_COSTLY, A_MINUTE = 240, 60
"""What finds nothing is thought about for longest, and the best first reads most; a page of the newest is cheap."""
PEOPLE, PLACES = "people", "communities"


@require_safe
@vary_on_headers("HX-Request")
def search(request: MemberRequest) -> HttpResponse:
    """A page of what is found, or an invitation to look for something; the same for the page and for its part.

    Raises TooOften where somebody asks for what is costly more often than anybody types.
    """
    choices, who = chosen_from(request.GET), str(request.user.pk)
    page: dict[str, Any] = {"q": choices.typed, "choices": choices, "percent": how_full()}
    is_part = bool(request.headers.get("HX-Request"))
    page["joined"] = [] if is_part else joined_by(request.user)
    if choices.show in {PEOPLE, PLACES}:
        page |= beside(request, choices, MOST)
    elif not choices.asked.is_nothing:
        limits.refuse_spent("search", who, most=MOST_COSTLY)
        found = search_for(request.user, choices.asked, best=choices.is_best, after=choices.older)
        if choices.is_best or not found.results.hits:
            limits.spend("search", who, seconds=A_MINUTE)
        page |= {"found": found, "older": choices.with_(older=str(found.results.older)) if found.results.older else ""}
        if choices.is_plain and choices.older is None:
            page |= beside(request, choices, GLIMPSE, forgiving=not found.results.hits)
    return render(request, "home/search.html#found" if is_part else "home/search.html", page)


def beside(request: MemberRequest, choices: Choices, most: int, *, forgiving: bool = True) -> dict[str, object]:
    """Colleagues, communities and tags that begin with these words, as far as they are wanted beside the rest.

    With `forgiving`, mistyped names are understood where nobody is called so. Where people or communities alone are
    wanted, by no word, all of them are begun with.
    """
    words, show = choices.words, choices.show
    is_meant = show == PEOPLE or (bool(words) and not show and not are_common(words))
    people = list(directory(request.user, Filters(words=words))[: most + 1]) if is_meant else []
    if words and forgiving and is_meant and not people and (meant := names_meant(request.user, words)):
        people = list(directory(request.user, Filters(words=meant))[: most + 1])
    places = listed(request.user, words=words, limit=most) if show == PLACES or (words and not show) else []
    return {
        "people": people[:most],
        "more_people": len(people) > most,
        "places": places[:most],
        "more_places": len(places) > most,
        **({} if show else tags_beside(request, choices, forgiving=forgiving)),
    }


def tags_beside(request: MemberRequest, choices: Choices, *, forgiving: bool) -> dict[str, object]:
    """Tags that begin so, with `forgiving` also those spelt nearly so, and which of those typed nobody uses."""
    tags = tags_to_offer(request.user, choices.words) if choices.words else []
    unknown = []
    for typed in choices.tags:
        begun = tags_to_offer(request.user, typed)
        tags += begun
        if forgiving and typed not in begun:
            unknown.append(typed)
            tags += tags_meant(request.user, typed)
    return {"tags": list(dict.fromkeys(tags)), "unknown_tags": unknown}
