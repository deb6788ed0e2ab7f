"""A first message that was missing in one archive and comes with another finds its replies."""

import pytest

from heard.features.arrivals import actions
from heard.foundation.conversation.models import Reply, Thread
from tests.features.arrivals.exports import a_slack, said, stamp_of

pytestmark = pytest.mark.django_db
DAY = "general/2020-01-01.json"
FIRST = said(1, "Who bakes?", by="U0BO00002", reply_count=1, reactions=[{"name": "eyes", "users": ["U0ANNA001"]}])
ANSWER = said(2, "Me", thread_ts=stamp_of(1))
SECOND = said(3, "Me too", by="U0BO00002", thread_ts=stamp_of(1))


def brought(path, *messages):
    return actions.answer(actions.bring_in_file(a_slack(path, {DAY: list(messages)}), "slack").tally)


def conversations():
    return [
        (
            thread.author.name,
            thread.source,
            thread.reply_count,
            [reply.source for reply in thread.replies.order_by("pk")],
        )
        for thread in Thread.objects.order_by("pk")
    ]


def test_it_takes_the_place_of_what_stood_in_for_it(tmp_path):
    brought(tmp_path, ANSWER)

    told = brought(tmp_path, FIRST, ANSWER, SECOND)

    assert conversations() == [("Bo Ek", "Who bakes?", 2, ["Me", "Me too"])]
    assert (told["threads"], told["replies"], told["reactions"]) == (1, 1, 1)
    assert sum(told["skipped"].values()) == 1


def test_neither_archive_brings_it_twice(tmp_path):
    brought(tmp_path, ANSWER)
    brought(tmp_path, FIRST, ANSWER)

    for messages in ((ANSWER,), (FIRST, ANSWER), (ANSWER,)):
        told = brought(tmp_path, *messages)
        assert (told["threads"], told["replies"]) == (0, 0)
        assert sum(told["skipped"].values()) == len(messages)

    assert conversations() == [("Bo Ek", "Who bakes?", 1, ["Me"])]


def test_an_archive_that_lacks_it_adds_replies_where_it_is(tmp_path):
    brought(tmp_path, FIRST, ANSWER)

    told = brought(tmp_path, ANSWER, SECOND)

    assert conversations() == [("Bo Ek", "Who bakes?", 2, ["Me", "Me too"])]
    assert (told["threads"], told["replies"]) == (0, 1)


def test_what_somebody_wrote_here_in_its_place_stays(tmp_path):
    brought(tmp_path, ANSWER)
    thread = Thread.objects.get()
    Thread.objects.filter(pk=thread.pk).update(source="About bread", edited_at=thread.created_at)

    brought(tmp_path, FIRST, ANSWER)

    assert Thread.objects.get().source == "About bread"
    assert Reply.objects.count() == 1


def test_taking_its_archive_back_leaves_the_replies_under_what_stood_in(tmp_path):
    brought(tmp_path, ANSWER)
    before = Thread.objects.get().source
    second = actions.bring_in_file(a_slack(tmp_path, {DAY: [FIRST, ANSWER]}), "slack").run

    actions.take_back_run(second.pk)

    assert (Thread.objects.get().source, Reply.objects.get().source) == (before, "Me")
