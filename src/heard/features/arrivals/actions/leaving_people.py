"""How memberships, communities, people and units go when a run is taken back."""

from collections import Counter
from datetime import datetime

from django.db.models import Count, F

from heard.features.arrivals.actions.leaving import named_here
from heard.features.arrivals.actions.staying import in_later_run, later_runs, named_as
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.models import Arrived, Run, Sort
from heard.features.arrivals.queries import accounts_of
from heard.foundation.communities.models import Community, Level, Membership
from heard.foundation.conversation.models import Attachment, Reaction, Reply, Thread
from heard.foundation.people.models import Grant, Person, Unit

_MOST_LOOKED_AT = 100


def take_memberships(run: Run, part: list[Arrived], kept: Counter[str]) -> list[Arrived]:
    """Ends memberships that are as the run made them; whoever chose something or spoke there since stays a member."""
    keys = {row.pk: row.key.split("|", 1) for row in part}
    wanted = {person for _community, person in keys.values()}
    people = dict(
        Arrived.objects.filter(place=run.place, sort=Sort.PERSON, key__in=wanted).values_list("key", "target")
    )
    accounts = accounts_of(people.values())
    going: list[Arrived] = []
    for row in part:
        newcomer = people.get(keys[row.pk][1], 0)
        person = accounts.get(newcomer, newcomer)
        there = list(Membership.objects.filter(community=row.target, person__in={person, newcomer} - {0}))
        mine = next((one for one in there if _is_of_run(one.joined_at, run)), there[0] if there else None)
        if mine is not None and not _is_untouched(mine, run):
            kept[reasons.MEMBER_STAYS] += 1
            continue
        if mine is not None:
            mine.delete()
            Community.objects.filter(pk=row.target).update(member_count=F("member_count") - 1)
        going.append(row)
    return going


def _is_untouched(mine: Membership, run: Run) -> bool:
    """Whether a membership is as the run made it, and what its member said there came with the run and went."""
    said = (
        Thread.objects.filter(community=mine.community_id, author=mine.person_id),
        Reply.objects.filter(thread__community=mine.community_id, author=mine.person_id),
    )
    return _is_of_run(mine.joined_at, run) and mine.level == Level.MENTIONS and not any(row.exists() for row in said)


def _is_of_run(joined_at: datetime, run: Run) -> bool:
    return run.begun_at <= joined_at <= (run.finished_at or joined_at)


def take_communities(run: Run, part: list[Arrived], kept: Counter[str]) -> list[Arrived]:
    """Deletes communities in which nothing is left and nobody stays, and that are as they came."""
    going: list[Arrived] = []
    for row in part:
        community = Community.objects.filter(pk=row.target).first()
        if community is None:
            going.append(row)
        elif any(rows.exists() for rows in (community.threads, community.memberships, community.requests)):
            kept[_why_needed(run, community)] += 1
        elif community.welcome or (row.words and row.words != named_as(community)):
            kept[reasons.CHANGED_COMMUNITY] += 1
        else:
            community.delete()
            going.append(row)
    return going


def _why_needed(run: Run, community: Community) -> str:
    threads = list(community.threads.order_by("-pk").values_list("pk", flat=True)[:_MOST_LOOKED_AT])
    if later := later_runs(run, Sort.THREAD, threads):
        return in_later_run(max(later.values()))
    mine = Arrived.objects.filter(run=run, sort=Sort.THREAD, target__in=threads).count()
    is_mine = mine == len(threads) and all(_is_of_run(one.joined_at, run) for one in community.memberships.all())
    return reasons.NEEDED_COMMUNITY if is_mine and not community.requests.exists() else reasons.TALKED_IN_SINCE


def take_people(run: Run, part: list[Arrived], kept: Counter[str]) -> list[Arrived]:
    """Deletes people whom the run made and who never came, if nothing of theirs is left."""
    going: list[Arrived] = []
    for row in part:
        person = Person.objects.filter(pk=row.target).first()
        if person is None:
            going.append(row)
        elif not _is_made_by(run, person):
            kept[reasons.FILLED_ACCOUNT] += 1
            going.append(row)
        elif person.claimed_at is not None:
            kept[reasons.CLAIMED_SINCE] += 1
        elif _is_needed(person, row):
            kept[reasons.NEEDED_PERSON] += 1
        else:
            person.delete()
            going.append(row)
    return going


def _is_made_by(run: Run, person: Person) -> bool:
    return _is_of_run(person.joined_at, run) and not person.has_usable_password()


def _is_needed(person: Person, row: Arrived) -> bool:
    theirs = (
        Thread.objects.filter(author=person),
        Reply.objects.filter(author=person),
        Attachment.objects.filter(owner=person),
        Reaction.objects.filter(person=person),
        Membership.objects.filter(person=person),
        Grant.objects.filter(person=person),
        person.followers.all(),
        Person.objects.filter(manager=person, claimed_at__isnull=False),
        Arrived.objects.filter(sort=Sort.PERSON, target=person.pk).exclude(pk=row.pk),
    )
    return any(rows.exists() for rows in theirs) or named_here(person.pk)


def take_units(_run: Run, part: list[Arrived], kept: Counter[str]) -> list[Arrived]:
    """Deletes units in which nobody is left."""
    going: list[Arrived] = []
    for row in part:
        there = Unit.objects.annotate(n=Count("people", distinct=True), below=Count("children", distinct=True))
        unit = there.filter(pk=row.target).first()
        if unit is not None and (unit.n or unit.below):
            kept[reasons.UNIT_STAYS] += 1
            continue
        if unit is not None:
            unit.delete()
        going.append(row)
    return going
