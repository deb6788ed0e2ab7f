"""The one search page: what was said, files, colleagues, communities and hashtags, as far as the searcher may see."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape, format_html_join
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from heard.foundation.communities.queries import Glimpse, Place, glimpse_of_communities, glimpse_of_joined, listed
from heard.foundation.people.queries import MemberRequest, glimpse_of_people, how_common
from heard.foundation.search.queries import how_full, names_meant, search_for, tags_meant, tags_to_offer
from heard.plumbing import limits
from heard.web.search_filters import Choices, chosen_from
from heard.web.slots import slotted

MOST, A_FEW = 12, 3
MOST_COSTLY, A_MINUTE = 240, 60
"""What finds nothing is thought about for longest, and the best first reads most; a page of the newest is cheap."""
SELECTED = mark_safe(" selected")
PEOPLE, PLACES = "people", "communities"


@require_safe
@vary_on_headers("HX-Request")
def search(request: MemberRequest) -> HttpResponse:
    """A page of what is found, or an invitation to look for something; the same for the page and for its part.

    Raises TooOften where somebody asks for what is costly more often than anybody types.
    """
    choices, who = chosen_from(request.GET), str(request.user.pk)
    page: dict[str, Any] = {"q": choices.typed, "choices": choices, "percent": how_full()}
    if choices.show in {PEOPLE, PLACES}:
        page |= beside(request, choices, MOST)
    elif not choices.asked.is_nothing:
        limits.refuse_spent("search", who, most=MOST_COSTLY)
        found = search_for(request.user, choices.asked, best=choices.is_best, after=choices.older)
        if choices.is_best or not found.results.hits:
            limits.spend("search", who, seconds=A_MINUTE)
        page |= {"found": found, "older": choices.with_(older=str(found.results.older)) if found.results.older else ""}
        if choices.is_plain and choices.older is None:
            page |= beside(request, choices, A_FEW, forgiving=not found.results.hits)
    part = render_to_string("home/found.html", page)
    if request.headers.get("HX-Request"):
        return HttpResponse(part)
    fixed = {"is_empty": not choices.typed, "is_narrowed": choices.is_narrowed, "is_best": choices.is_best}
    slots = {"found": part, **fields(choices, glimpse_of_joined(request.user))}
    return slotted(request, "home/search.html", fixed=fixed, slots=slots, typed=choices.typed)


def fields(choices: Choices, joined: Iterable[Glimpse]) -> dict[str, str]:
    """What stands in the form."""
    given = choices.given
    options = [(one.slug, SELECTED if one.slug == given.get("in") else "", one.name) for one in joined]
    kept = [(name, value) for name, value in (("show", choices.show), ("has", given.get("has"))) if value]
    return {
        "q": escape(choices.typed),
        **{name: escape(given.get(name, "")) for name in ("from", "after", "before")},
        "places": format_html_join("", '<option value="{}"{}>{}</option>', options),
        "kept": format_html_join("", '<input type="hidden" name="{}" value="{}">', kept),
    }


def beside(request: MemberRequest, choices: Choices, most: int, *, forgiving: bool = True) -> dict[str, object]:
    """Colleagues, communities and tags that begin with these words, as far as they are wanted beside the rest.

    With `forgiving`, mistyped names are understood where nobody is called so. Where people or communities alone are
    wanted, by no word, all of them are begun with. Words that are all common mean nobody in particular.
    """
    viewer, words, show = request.user, choices.words, choices.show
    common = how_common(words) if show == PEOPLE or (words and not show) else {}
    is_meant = show == PEOPLE or not all(common.values())
    people = glimpse_of_people(viewer, common, limit=most + 1) if is_meant else []
    if words and forgiving and is_meant and not people and (meant := names_meant(viewer, words)):
        people = glimpse_of_people(viewer, how_common(meant), limit=most + 1)
    places: Sequence[Place | Glimpse] = []
    if show == PLACES:
        places = listed(viewer, words=words, limit=most)
    elif words and not show:
        places = glimpse_of_communities(viewer, words, limit=most + 1)
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
