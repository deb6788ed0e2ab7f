"""What an archive holds is afterwards here: once, in its place, with every count right."""

from datetime import timedelta

import pytest

from heard.features.arrivals.formats import reasons
from heard.foundation.communities.models import Community
from heard.foundation.conversation.models import Attachment, Hashtag, Mention, Reply, Thread
from heard.foundation.people.models import Person
from heard.plumbing.ids import time_of
from tests.cast import a_person
from tests.features.arrivals.accounts import assert_counts_are_right, bring_in, moment
from tests.features.arrivals.exports import ANNA, GENERAL, a_slack, a_zip, said, stamp_of

pytestmark = pytest.mark.django_db
DAY, NEXT_DAY = "general/2020-01-01.json", "general/2020-01-02.json"


def test_everything_is_in_its_place(talk):
    told = bring_in(talk)

    assert told["people"], told["communities"] == (2, 1)
    assert (told["threads"], told["replies"], told["reactions"], told["files"]) == (2, 2, 3, 0)
    assert told["skipped"] == {reasons.JOINED_OR_LEFT: 1}
    community = Community.objects.get()
    anna, bo = Person.objects.order_by("name")
    assert (community.name, community.slug, community.description, community.access) == (
        "general",
        "general",
        "For everybody",
        "open",
    )
    assert community.started_by == anna
    assert [(one.person, one.is_tender) for one in community.memberships.order_by("id")] == [(anna, True), (bo, False)]
    first, _second = Thread.objects.order_by("id")
    assert (first.author, first.created_at, first.reply_count) == (anna, moment(1), 2)
    assert abs(time_of(first.pk) - first.created_at) < timedelta(milliseconds=1)
    assert first.newest_at == moment(90_000)
    assert first.reactions == {"👍": 2, "👀": 1}
    assert f'href="/people/{bo.handle}/">@Bo Ek</a>' in first.html
    late = first.replies.order_by("id").last()
    assert late.html == '<p dir="auto">In <a href="/communities/general/">#general</a>, <strong>today</strong></p>\n'
    assert (Mention.objects.get().person, Mention.objects.get().thread) == (bo, first)
    assert Hashtag.objects.get().tag == "lunch"
    file = Attachment.objects.get()
    assert (file.name, file.thread, file.owner, file.is_missing) == ("list.pdf", first, anna, True)
    assert_counts_are_right()


def test_a_deleted_first_message_leaves_a_place_for_its_replies(tmp_path):
    deleted = said(
        1, "This message was deleted.", by="USLACKBOT", subtype="tombstone", thread_ts=stamp_of(1), reply_count=1
    )

    bring_in(a_slack(tmp_path, {DAY: [deleted, said(2, "Oh", thread_ts=stamp_of(1))]}))

    assert "was deleted" in Thread.objects.get().source
    assert Thread.objects.get().reply_count == 1


def test_links_between_messages_lead_to_them_whichever_came_first(tmp_path):
    def link(channel, second, words=""):
        return f"<https://team.slack.com/archives/{channel}/p{stamp_of(second).replace('.', '')}{words}>"

    other = {**GENERAL, "id": "C0OTHER", "name": "other", "is_general": False}
    days = {
        DAY: [said(1, "See " + link("C0OTHER", 5, "|there")), said(2, "Gone: " + link("C0OTHER", 7))],
        "other/2020-01-01.json": [
            said(4, "Root"),
            said(5, "Target", thread_ts=stamp_of(4)),
            said(6, link("C0GENERAL", 1)),
        ],
    }

    bring_in(a_slack(tmp_path, days, channels=[GENERAL, other]))

    target = Reply.objects.get()
    first, second, _root, back = Thread.objects.order_by("id")
    assert first.source == f"See [there](/threads/{target.thread_id}/{target.pk}/)"
    assert f'href="/threads/{target.thread_id}/{target.pk}/"' in first.html
    assert second.source == "Gone: a message that is not here"
    assert back.source == f"[this message](/threads/{first.pk}/)"


def test_mentions_hold_beside_other_signs_and_typed_names_mention_nobody(tmp_path):
    a_person("Eve Adams", handle="eve")

    bring_in(a_slack(tmp_path, {DAY: [said(1, "cc<@U0BO00002>s and @eve")]}))

    thread = Thread.objects.get()
    assert [mention.person.name for mention in Mention.objects.all()] == ["Bo Ek"]
    assert "cc <a" in thread.html
    assert "@eve" in thread.html


def test_messages_of_one_moment_all_come(tmp_path):
    other = {**GENERAL, "id": "C0OTHER", "name": "other"}
    days = {DAY: [said(1, "a")], "other/2020-01-01.json": [said(1, "b")]}

    bring_in(a_slack(tmp_path, days, channels=[GENERAL, other]))

    assert {thread.source for thread in Thread.objects.all()} == {"a", "b"}


def test_files_that_the_archive_holds_are_kept(tmp_path):
    path = a_zip(
        tmp_path / "full.zip",
        {
            "users.json": [ANNA],
            "channels.json": [{**GENERAL, "members": []}],
            DAY: [said(1, "Here", files=[{"id": "F1", "name": "note.txt", "mimetype": "text/plain", "size": 5}])],
            "__uploads/F1/note.txt": "knead",
        },
    )

    bring_in(path)

    file = Attachment.objects.get()
    assert (file.name, file.size, file.is_missing, file.thread) == ("note.txt", 5, False, Thread.objects.get())


def test_a_very_long_message_comes_whole(tmp_path):
    bring_in(a_slack(tmp_path, {DAY: [said(1, "word " * 200_000)]}))

    assert len(Thread.objects.get().source) > 900_000
    assert len(Thread.objects.get().excerpt) <= 400
