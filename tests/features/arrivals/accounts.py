"""What is asked of every archive that was brought in."""

from datetime import UTC, datetime, timedelta

from django.db.models import Count, F, Max, Q

from heard.features.arrivals import actions
from heard.foundation.communities.models import Community, Membership
from heard.foundation.conversation.models import Reaction, Reply, Thread


def moment(second):
    """When something was said in that second."""
    return datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=second, microseconds=100)


def bring_in(path, wanted="slack"):
    """Brings an archive in; the tally as a script is told it."""
    return actions.answer(actions.bring_in_file(path, wanted).tally)


def assert_counts_are_right():
    """Every count that pages show is what counting gives."""
    replies = Count("replies", filter=Q(replies__deleted_at=None))
    assert not Thread.objects.annotate(n=replies).exclude(n=F("reply_count")).exists()
    for community in Community.objects.all():
        threads = Thread.objects.filter(community=community, is_listed=True)
        assert community.thread_count == threads.count()
        assert community.newest_thread_at == threads.aggregate(at=Max("created_at"))["at"]
        assert community.member_count == Membership.objects.filter(community=community).count()
    for message in [*Thread.objects.all(), *Reply.objects.all()]:
        hanging = (
            Reaction.objects.filter(reply=message)
            if isinstance(message, Reply)
            else Reaction.objects.filter(thread=message, reply=None)
        )
        counted = {row["emoji"]: row["n"] for row in hanging.values("emoji").annotate(n=Count("id"))}
        assert message.reactions == counted
