"""What an archive holds is afterwards here: once, in its place, with every count right."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from heard.features.arrivals import actions
from heard.features.arrivals.actions import batches
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.models import Arrived, Run, State
from heard.foundation.communities.models import Community, Membership
from heard.foundation.conversation.actions import edit_message
from heard.foundation.conversation.models import Attachment, Hashtag, Mention, Reaction, Reply, Revision, Thread
from heard.foundation.notices.models import Notice
from heard.foundation.people.models import Person
from heard.foundation.people.queries import matching
from heard.plumbing.ids import time_of
from heard.plumbing.refusals import Refusal
from tests.cast import a_person
from tests.features.arrivals.exports import ANNA, BO, GENERAL, a_slack, a_zip, said, stamp_of

pytestmark = pytest.mark.django_db
DAY, NEXT_DAY = "general/2020-01-01.json", "general/2020-01-02.json"


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


@pytest.fixture
def talk(tmp_path):
    """Two days in one channel: two threads, two replies, reactions, a file, a mention and a tag."""
    return a_slack(
        tmp_path,
        {
            DAY: [
                said(
                    1,
                    "Bread for <@U0BO00002>? #lunch",
                    thread_ts=stamp_of(1),
                    reply_count=2,
                    reactions=[
                        {"name": "+1", "users": ["U0ANNA001", "U0BO00002"]},
                        {"name": "eyes", "users": ["U0BO00002"]},
                    ],
                    files=[{"id": "F1", "name": "list.pdf", "mimetype": "application/pdf", "size": 9}],
                ),
                said(2, "Yes", by="U0BO00002", thread_ts=stamp_of(1)),
                said(3, "Second", by="U0BO00002"),
                said(4, "joined", subtype="channel_join"),
            ],
            NEXT_DAY: [said(90_000, "In <#C0GENERAL|general>, *today*", thread_ts=stamp_of(1))],
        },
    )


def test_everything_is_in_its_place(talk):
    told = bring_in(talk)

    assert told["people"], told["communities"] == (2, 1)
    assert (told["threads"], told["replies"], told["reactions"], told["files"]) == (2, 2, 3, 1)
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


def test_nobody_is_told_and_nobody_is_claimed(talk):
    bring_in(talk)

    assert not Notice.objects.exists()
    assert {person.claimed_at for person in Person.objects.all()} == {None}
    assert not any(person.has_usable_password() for person in Person.objects.all())
    assert [person.name for person in matching("lind baker")] == ["Anna Lind"]


def test_a_second_time_adds_nothing_and_accounts_for_everything(talk):
    bring_in(talk)
    before = {
        model: model.objects.count() for model in (Person, Community, Membership, Thread, Reply, Reaction, Attachment)
    }

    told = bring_in(talk)

    assert {model: model.objects.count() for model in before} == before
    assert [told[name] for name in ("people", "communities", "threads", "replies", "reactions", "files")] == [0] * 6
    assert told["skipped"] == {reasons.ALREADY_HERE: 4, reasons.JOINED_OR_LEFT: 1}
    assert_counts_are_right()


def test_a_later_export_adds_what_is_new_and_mends_what_was_edited(tmp_path):
    bring_in(a_slack(tmp_path, {DAY: [said(1, "Bread"), said(2, "Rye", by="U0BO00002")]}))
    mine = Thread.objects.order_by("id").last()
    edit_message(mine, by=mine.author, source="Changed here")

    edited = {"user": "U0ANNA001", "ts": stamp_of(9)}
    later = [
        said(1, "Bread, fresh", edited=edited),
        said(2, "Rye!", edited=edited),
        said(3, "Hi", thread_ts=stamp_of(1)),
    ]
    told = bring_in(a_slack(tmp_path, {DAY: later}))

    first, second = Thread.objects.order_by("id")
    assert (first.source, first.reply_count, first.edited_at.second) == ("Bread, fresh", 1, 9)
    assert Revision.objects.get(thread=first).source == "Bread"
    assert second.source == "Changed here"
    assert (told["replies"], told["skipped"]) == (1, {reasons.ALREADY_HERE: 2})
    assert_counts_are_right()


@pytest.mark.parametrize("size", [1, 2, 60])
def test_words_changed_and_deleted_within_one_archive_are_as_they_were_last(tmp_path, monkeypatch, size):
    for name in ("FIRST_SIZE", "LEAST", "MOST"):
        monkeypatch.setattr(batches, name, size)
    days = [
        said(1, "Bread"),
        said(2, "Reply", thread_ts=stamp_of(1)),
        said(3, "Other", thread_ts=stamp_of(1)),
        {"type": "message", "subtype": "message_changed", "ts": stamp_of(4), "message": said(1, "Rye")},
        {"type": "message", "subtype": "message_deleted", "ts": stamp_of(5), "deleted_ts": stamp_of(2)},
    ]

    told = bring_in(a_slack(tmp_path, {DAY: days}))

    assert Thread.objects.get().source == "Rye"
    assert [bool(reply.deleted_at) for reply in Reply.objects.order_by("id")] == [True, False]
    assert Reply.objects.order_by("id").first().source == ""
    assert told["threads"] + told["replies"] + sum(told["skipped"].values()) == 5
    assert_counts_are_right()


def test_a_deleted_first_message_leaves_a_place_for_its_replies(tmp_path):
    deleted = said(
        1, "This message was deleted.", by="USLACKBOT", subtype="tombstone", thread_ts=stamp_of(1), reply_count=1
    )

    bring_in(a_slack(tmp_path, {DAY: [deleted, said(2, "Oh", thread_ts=stamp_of(1))]}))

    assert "was deleted" in Thread.objects.get().source
    assert Thread.objects.get().reply_count == 1


def test_people_are_matched_by_address_and_never_by_name(tmp_path):
    anna = a_person("Another Name", email="anna.lind@example.org", title="")
    namesake = a_person("Bo Ek", email="other.bo@example.org")

    told = bring_in(a_slack(tmp_path, {DAY: [said(1, "Mine"), said(2, "Not mine", by="U0BO00002")]}))

    assert told["people"] == 1
    assert told["noted"][reasons.FOLDED] == 1
    assert Thread.objects.order_by("id").first().author == anna
    assert Thread.objects.order_by("id").last().author != namesake
    anna.refresh_from_db()
    assert (anna.name, anna.title) == ("Another Name", "Baker")
    assert Person.objects.filter(name="Bo Ek").count() == 2


def test_guests_come_without_an_address_and_programs_are_nobody_here(tmp_path):
    users = [{**ANNA, "is_restricted": True}, {**BO, "is_bot": True}]

    bring_in(a_slack(tmp_path, {DAY: [said(1, "x")]}, users=users))

    guest, program = Person.objects.order_by("name")
    assert (guest.email, guest.left_at) == (None, None)
    assert program.left_at is not None
    assert [one.person for one in Membership.objects.all()] == [guest]


def test_two_accounts_with_one_address_are_one_person_who_is_here(tmp_path):
    users = [{**ANNA, "id": "U0OLD", "deleted": True}, ANNA]

    told = bring_in(a_slack(tmp_path, {DAY: [said(1, "old", by="U0OLD"), said(2, "new")]}, users=users))

    person = Person.objects.get()
    assert (person.left_at, person.thread_set.count()) == (None, 2)
    assert (told["people"], told["noted"][reasons.FOLDED]) == (1, 1)


def test_private_channels_become_private_communities_that_somebody_tends(tmp_path):
    board = {**GENERAL, "id": "G0BOARD", "name": "board", "creator": "U0GONE", "members": ["U0BO00002"]}

    bring_in(a_slack(tmp_path, {"board/2020-01-01.json": [said(1, "secret", by="U0BO00002")]}, groups=[board]))

    community = Community.objects.get(name="board")
    assert community.access == "private"
    assert [(one.person.name, one.is_tender) for one in community.memberships.all()] == [("Bo Ek", True)]


def test_a_name_that_is_taken_says_where_it_comes_from(cast, tmp_path):
    bring_in(a_slack(tmp_path, channels=[{**GENERAL, "name": "canteen"}]))

    assert Community.objects.filter(name="canteen (Slack)").exists()


def test_a_membership_that_ended_here_stays_ended(talk):
    bring_in(talk)
    Membership.objects.filter(person__name="Bo Ek").delete()
    Community.objects.update(member_count=1)

    bring_in(talk)

    assert Membership.objects.count() == 1
    assert_counts_are_right()


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


def test_stopped_at_any_batch_and_begun_again_it_ends_the_same(tmp_path, monkeypatch):
    for name in ("FIRST_SIZE", "LEAST", "MOST"):
        monkeypatch.setattr(batches, name, 3)
    days = [said(n, f"Thread {n}", reactions=[{"name": "eyes", "users": ["U0BO00002"]}]) for n in range(5)]
    days += [said(10 + n, f"Reply {n}", thread_ts=stamp_of(n)) for n in range(5)]
    path = a_slack(tmp_path, {DAY: days})

    for nth in range(1, 6):
        seen = []

        def interrupt(done, seen=seen, nth=nth):
            seen.append(done)
            if len(seen) == nth:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            actions.bring_in_file(path, "slack", progress=interrupt)
        assert Run.objects.filter(state=State.RUNNING).count() == 0
        assert_counts_are_right()
    bring_in(path)

    assert (Thread.objects.count(), Reply.objects.count(), Reaction.objects.count()) == (5, 5, 5)
    assert_counts_are_right()


def test_one_archive_at_a_time(talk):
    Run.objects.create(
        format="slack", source="other.zip", state=State.RUNNING, begun_at=timezone.now(), moved_at=timezone.now()
    )

    with pytest.raises(Refusal, match="Another archive"):
        bring_in(talk)


def test_a_run_that_was_killed_does_not_stand_in_the_way(talk):
    long_ago = timezone.now() - timedelta(hours=1)
    killed = Run.objects.create(
        format="slack", source="other.zip", state=State.RUNNING, begun_at=long_ago, moved_at=long_ago
    )

    bring_in(talk)

    killed.refresh_from_db()
    assert killed.state == State.STOPPED


def test_a_damaged_archive_writes_nothing(tmp_path):
    with pytest.raises(Refusal, match=NEXT_DAY):
        bring_in(a_slack(tmp_path, {DAY: [said(1, "fine")], NEXT_DAY: '[{"ts"'}))

    assert not Person.objects.exists()
    assert not Run.objects.exists()
    assert not Arrived.objects.exists()


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
