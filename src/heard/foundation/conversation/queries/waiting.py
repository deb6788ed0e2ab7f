"""What waits for those who look after a community, and for stewards.

Whoever wrote what was reported is shown no report of it, whatever they tend: they are not to know by whom, nor to
settle it themselves.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from heard.foundation.communities.models import Community, JoinRequest
from heard.foundation.communities.queries import ids_joined_by, requests_waiting, tended_by
from heard.foundation.communities.rules import READ_BY_ALL
from heard.foundation.conversation.models import Reply, Report, Thread
from heard.foundation.conversation.queries.feed import THREAD, UNANSWERED, listed, simple
from heard.foundation.conversation.queries.messages import thread_readable_by
from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_steward

MOST = 100


@dataclass(frozen=True, slots=True)
class Reported:
    """A report and the reported words; `may_go_there` is whether the viewer may read what stands round them."""

    report: Report
    message: Thread | Reply
    may_go_there: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one community: people who ask to join, reports, and unanswered questions, each the oldest first."""

    requests: list[JoinRequest]
    reports: list[Reported]
    unanswered: list[Thread]


def waiting_in(viewer: Person, community: Community) -> Waiting:
    """What waits in `community` for `viewer`; ask only for those who tend it."""
    reports = reports_not_by(viewer).filter(thread__community=community, settled_at=None)[:MOST]
    ids = simple(
        f"SELECT t.id FROM {THREAD} t WHERE {listed(UNANSWERED)} "
        "AND t.community_id = %(community)s AND t.closed_at IS NULL ORDER BY t.id LIMIT 20",
        community=community.pk,
    )
    unanswered = thread_readable_by(viewer).filter(pk__in=ids).select_related("author").order_by("id")
    return Waiting(list(requests_waiting(community)[:MOST]), with_words(viewer, list(reports)), list(unanswered))


def with_words(viewer: Person, reports: list[Report]) -> list[Reported]:
    """Each report with what it is about, in one query however many."""
    mine = set(ids_joined_by(viewer)) if reports else set()

    def may_go_there(report: Report) -> bool:
        community = report.thread.community
        return community.access in READ_BY_ALL or community.pk in mine

    return [Reported(one, one.reply or one.thread, may_go_there(one)) for one in reports]


def reports_not_by(viewer: Person) -> QuerySet[Report]:
    """Every report but those of the viewer's own words, the oldest first."""
    theirs = Q(reply__author=viewer) | Q(reply=None, thread__author=viewer)
    found = Report.objects.exclude(theirs).order_by("id")
    return found.select_related("thread__community", "thread__author", "reply__author", "reported_by")


def reports_for_stewards(person: Person, *, after: int = 0, limit: int = MOST) -> list[Reported]:
    """Open reports from the id `after` on; of a private community stewards see the reported words and nothing else."""
    if not is_steward(person):
        return []
    return with_words(person, list(reports_not_by(person).filter(settled_at=None, id__gt=after)[:limit]))


def report_seen_by(person: Person, report_id: int) -> Report:
    """Also one that is settled. Raises Report.DoesNotExist for all but stewards and those who tend the community."""
    given = reports_not_by(person).get(pk=report_id)
    if is_steward(person) or tended_by(person).filter(pk=given.thread.community_id).exists():
        return given
    raise Report.DoesNotExist


def waiting_here(viewer: Person, community: Community) -> int:
    """How many requests and reports wait for `viewer` in `community`; counts to 200."""
    asking = requests_waiting(community).values("pk")[:MOST]
    reported = reports_not_by(viewer).filter(thread__community=community, settled_at=None).values("pk")[:MOST]
    return len(asking) + len(reported)


def communities_waiting_for(person: Person, *, limit: int = 10) -> list[Community]:
    """Communities that `person` tends where somebody asks to join or reported something."""
    asking = JoinRequest.objects.filter(decided_at=None).values("community")
    reported = reports_not_by(person).filter(settled_at=None).values("thread__community")
    return list(tended_by(person).filter(Q(pk__in=asking) | Q(pk__in=reported))[:limit])
