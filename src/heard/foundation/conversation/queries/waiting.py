"""What waits for those who look after a community, and for stewards."""

from dataclasses import dataclass

from django.db.models import QuerySet

from heard.foundation.communities.models import Community, JoinRequest
from heard.foundation.communities.queries import requests_waiting, tended_by, visible_to
from heard.foundation.conversation.models import Report
from heard.foundation.conversation.queries.feed import THREAD, simple
from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_steward


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one community: people who ask to join, reports, and ids of unanswered questions, oldest first."""

    requests: list[JoinRequest]
    reports: list[Report]
    unanswered: list[int]


def waiting_in(community: Community) -> Waiting:
    """What waits in `community`; ask only for those who tend it."""
    reports = open_reports().filter(thread__community=community)
    unanswered = simple(
        f"SELECT t.id FROM {THREAD} t WHERE t.is_listed AND t.kind = 'ask' AND t.reply_count = 0 "
        "AND t.community_id = %(community)s ORDER BY t.id LIMIT 20",
        community=community.pk,
    )
    return Waiting(list(requests_waiting(community)[:100]), list(reports[:100]), unanswered)


def open_reports() -> QuerySet[Report]:
    """Reports nobody settled, the oldest first."""
    found = Report.objects.filter(settled_at=None).order_by("id")
    return found.select_related("thread__community", "thread__author", "reply__author", "reported_by")


def reports_for_stewards(person: Person) -> QuerySet[Report]:
    """Every open report, for stewards: of a private community they see the reported words and nothing else."""
    return open_reports() if is_steward(person) else Report.objects.none()


def report_seen_by(person: Person, report_id: int) -> Report:
    """Raises Report.DoesNotExist for all but stewards and those who tend the community."""
    given = open_reports().get(pk=report_id)
    if is_steward(person) or tended_by(person).filter(pk=given.thread.community_id).exists():
        return given
    raise Report.DoesNotExist


def waiting_count(person: Person) -> int:
    """In how many of the communities they tend somebody asks to join or reported something; counts to 100."""
    mine = visible_to(person).filter(memberships__person=person, memberships__is_tender=True).values("pk")
    asking = JoinRequest.objects.filter(community__in=mine, decided_at=None)[:100]
    reported = Report.objects.filter(thread__community__in=mine, settled_at=None)[:100]
    return len(asking.values("pk")) + len(reported.values("pk"))
