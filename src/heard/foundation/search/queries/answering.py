"""What a person is given for what they asked: what they meant, where what they typed finds nothing."""

from dataclasses import dataclass, replace

from heard.foundation.people.models import Person
from heard.foundation.search.queries.correcting import corrected, words_beginning
from heard.foundation.search.queries.finding import PAGE, Results, find
from heard.foundation.search.rules import Asked


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of results; `instead` are the words that were looked for in the place of those that find nothing."""

    results: Results
    instead: str = ""


def search_for(viewer: Person, asked: Asked, *, best: bool = False, after: int | None = None) -> Answer:
    """A page of what is found.

    Where that is less than a page, the last word is also taken for the beginning of one, as while it is being typed;
    where it is nothing, words that are known to the viewer stand in for those that are not.
    """
    meant = asked
    results = find(viewer, asked, best=best, after=after)
    if results.misses or len(results.hits) == PAGE:
        return Answer(results)
    if (longer := with_beginnings(viewer, asked)) is not asked:
        meant, results = longer, find(viewer, longer, best=best, after=after)
    if results.hits or after is not None:
        return Answer(results)
    if better := corrected(viewer, meant):
        results = find(viewer, better, best=best, after=after)
        return Answer(results, spoken(better) if results.hits else "")
    return Answer(results)


def with_beginnings(viewer: Person, asked: Asked) -> Asked:
    """The same, with the last word taken for the beginning of others too."""
    if not asked.terms or asked.terms[-1].is_left_out or asked.terms[-1].is_exact or len(asked.terms[-1].words) != 1:
        return asked
    last = asked.terms[-1]
    further = words_beginning(viewer, last.words[0])
    return asked.with_term(last, replace(last, further=further)) if further else asked


def spoken(asked: Asked) -> str:
    """The words that are looked for, as somebody would type them."""
    return " ".join(f'"{term.written}"' if term.is_exact else term.written for term in asked.wanted)
