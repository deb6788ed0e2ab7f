"""Archives that were only read about come in like any other: once, and with their private places private."""

import pytest

from heard.features.arrivals import actions
from heard.foundation.communities.models import Community, Membership
from heard.foundation.conversation.models import Mention, Reply, Revision, Thread
from tests.features.arrivals.formats import test_mattermost, test_teams, test_yammer

pytestmark = pytest.mark.django_db


def mattermost(path, words="Hello"):
    """A thread with an answer in an open channel, and one in a private channel."""
    reply = test_mattermost.reply(5, "Hello @anna")
    secret = test_mattermost.post(9, "Secret", channel="ovens")
    return test_mattermost.an_export(path, test_mattermost.post(0, words, replies=[reply]), secret)


def teams(path, words="Hello"):
    """The same in Microsoft Teams."""
    at = {"Id": 0, "MentionText": "Anna", "Mentioned": {"User": {"Id": "anna-id"}}}
    answer = test_teams.said(
        5, '<p>Hello <at id="0">Anna</at></p>', "bo-id", ReplyToId=str(test_teams.TIME), Mentions=[at]
    )
    first = test_teams.said(0, words, LastEditedDateTime="2020-10-01T00:00:00Z")
    return test_teams.a_takeout(path, [answer, first, test_teams.said(9, "Secret", channel=test_teams.SECRET)])


def yammer(path, words="Hello"):
    """The same in Viva Engage."""
    answer = test_yammer.said(2, "Hello [[user:1]]", thread=1, by=2)
    return test_yammer.an_export(path, test_yammer.said(1, words), answer, test_yammer.said(3, "Secret", group=11))


@pytest.mark.parametrize("source", [mattermost, teams, yammer])
def test_an_archive_comes_once_and_a_later_one_brings_what_was_changed(tmp_path, source):
    told = actions.answer(actions.bring_in_file(source(tmp_path), source.__name__).tally)

    assert (told["threads"], told["replies"]) == (2, 1)
    first, reply = Thread.objects.get(source="Hello"), Reply.objects.get()
    assert reply.thread == first
    assert Mention.objects.get().person.name == "Anna Lind"
    assert first.community.access == "open"
    secret = Thread.objects.get(source="Secret").community
    assert secret.access == "private"
    readers = Membership.objects.filter(community=secret).values_list("person__name", flat=True)
    assert set(readers) <= {"Anna Lind"}

    again = actions.answer(actions.bring_in_file(source(tmp_path, "Changed"), source.__name__).tally)

    assert [again[name] for name in ("people", "communities", "threads", "replies")] == [0] * 4
    assert Community.objects.count() == told["communities"]
    first.refresh_from_db()
    assert first.source == "Changed"
    assert Revision.objects.get().source == "Hello"
