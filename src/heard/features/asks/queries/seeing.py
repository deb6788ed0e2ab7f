"""Which asks exist for a person."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from heard.features.asks.models import Ask, Kind, Question
from heard.features.asks.queries.reaching import written_by
from heard.features.rolls.queries import ballots_of
from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import read_by
from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_steward

MOST_CLOSED = 50


def visible_to(person: Person, ballots: set[str] | None = None) -> QuerySet[Ask]:
    """Asks that exist for `person`: those of everybody, those on whose roll they stand, and what they wrote.

    What a community asks itself is seen by whoever may read it; the rest also by stewards. What was not announced so
    far is seen by whoever wrote it, and by stewards. `ballots` are those on whose rolls they stand, if known.
    """
    announced = Q(ballot__isnull=False, community=None)
    mine = Q(is_for_all=True) | Q(ballot__in=ballots_of(person) if ballots is None else ballots)
    seen = written_by(person) | (announced & mine) | Q(ballot__isnull=False, community__in=read_by(person).values("pk"))
    if is_steward(person):
        seen |= Q(community=None)
    return Ask.objects.filter(seen).select_related("author", "community")


def ask_by_code(person: Person, code: str) -> Ask:
    """The ask of this code, or of the ballot of this code; raises Ask.DoesNotExist where it is not theirs to see."""
    return visible_to(person).get(Q(code=code) | Q(ballot=code))


def ballot_called(code: str) -> str:
    """The ballot of this code, or of the ask of this code, without asking who looks: for counts that all may check."""
    return Ask.objects.filter(code=code, ballot__isnull=False).values_list("ballot", flat=True).first() or code


def questions_of(ask: Ask) -> list[Question]:
    """Its questions in their order."""
    return list(Question.objects.filter(ask=ask).order_by("nth"))


@dataclass(frozen=True)
class Listed:
    """Asks by how far they are: the open ones with those first that close first. `mine` are ballots they may answer."""

    open_ones: list[Ask]
    announced: list[Ask]
    closed: list[Ask]
    unannounced: list[Ask]
    mine: set[str]


def listed(person: Person, now: datetime) -> Listed:
    """Everything that exists for `person`."""
    mine = ballots_of(person)
    seen = visible_to(person, mine).filter(withdrawn_at=None)
    under_way = list(seen.filter(closes_at__gt=now).order_by("closes_at", "pk"))
    return Listed(
        open_ones=[ask for ask in under_way if ask.ballot and ask.opens_at <= now],
        announced=sorted((one for one in under_way if one.ballot and one.opens_at > now), key=lambda one: one.opens_at),
        closed=list(seen.filter(closes_at__lte=now, ballot__isnull=False).order_by("-closes_at", "-pk")[:MOST_CLOSED]),
        unannounced=[ask for ask in under_way if not ask.ballot],
        mine=mine,
    )


def open_asks_for(person: Person) -> list[Ask]:
    """The pulses that are open for `person`, on whose rolls they stand, what closes first above."""
    now = timezone.now()
    begun = Ask.objects.filter(opens_at__lte=now, closes_at__gt=now, withdrawn_at=None)
    found = begun.filter(kind=Kind.PULSE, ballot__isnull=False)
    soon = list(found.order_by("closes_at", "pk")[:10])
    mine = ballots_of(person, [ask.ballot or "" for ask in soon]) if soon else set()
    return [ask for ask in soon if ask.ballot in mine]


def polls_in(community: Community, now: datetime) -> list[Ask]:
    """What a community asks itself: announced or open, what closes first above. For whoever may read it."""
    polls = Ask.objects.filter(community=community, closes_at__gt=now, ballot__isnull=False, withdrawn_at=None)
    return list(polls.order_by("closes_at", "pk")[:3])


def votes_about(abouts: list[str]) -> dict[str, Ask]:
    """The votes on several such things."""
    return {ask.about: ask for ask in Ask.objects.filter(kind=Kind.VOTE, about__in=abouts).order_by("pk")}
