"""Real archives, which lie beside a checkout and are no part of it, are accounted for to the last record."""

from pathlib import Path

import pytest
from django.db import connection

from heard.features.arrivals import actions
from heard.features.arrivals.errors import NotAnArchive
from heard.features.arrivals.formats.records import ReplyRecord
from heard.foundation.communities.models import Community
from heard.foundation.conversation.models import Reaction, Reply, Thread
from heard.foundation.people.models import Person
from tests.features.arrivals.exports import of_kind, records_of

SETS = Path(__file__).resolve().parents[4] / "shared" / "data" / "conversations"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.whole,
    pytest.mark.skipif(not SETS.is_dir(), reason="the real archives are not beside this checkout"),
]


def test_a_slack_export_of_33_channels_comes_whole_and_once():
    path = SETS / "slack-10academy-33channels.zip"

    told = actions.answer(actions.bring_in_file(path, "slack").tally)

    assert told["threads"] + told["replies"] + sum(told["skipped"].values()) == 17_606
    assert (told["communities"], told["people"]) == (33, 72)
    assert told["reactions"] + told["noted"]["a reaction to something that stayed behind"] == 10_059
    assert Thread.objects.filter(reply_count__gt=0).count() == 1_778
    assert (Thread.objects.count(), Reply.objects.count()) == (told["threads"], told["replies"])
    assert Reaction.objects.count() == told["reactions"]
    for model in (Thread, Reply, Community):
        name = "description" if model is Community else "source"
        for sign in ("\ue000", "\ue001", "REDACTED-TOKEN", "files.slack.com", "xoxe"):
            assert not model.objects.filter(**{f"{name}__contains": sign}).exists()

    again = actions.answer(actions.bring_in_file(path, "slack").tally)

    assert [again[name] for name in ("people", "communities", "threads", "replies", "reactions", "files")] == [0] * 6
    assert sum(again["skipped"].values()) == 17_606


@pytest.mark.long
def test_a_zulip_archive_of_12_channels_comes_whole_and_once(at_full_size):
    if connection.vendor == "postgresql" and not at_full_size:
        pytest.skip("on PostgreSQL the largest comes with `make test-long`")
    path = SETS / "zulip-lean-12channels.tar.xz"

    told = actions.answer(actions.bring_in_file(path, "zulip").tally)

    assert told["threads"] + told["replies"] == 46_928
    assert told["skipped"] == {}
    assert (told["communities"], told["threads"], told["people"]) == (12, 3_806, 1_036)
    assert Thread.objects.filter(reply_count__gt=1_000).count() == 3
    for model in (Thread, Reply):
        for sign in ("\ue000", "\ue003", "x-kept"):
            assert not model.objects.filter(source__contains=sign).exists()

    again = actions.answer(actions.bring_in_file(path, "zulip").tally)

    assert [again[name] for name in ("people", "communities", "threads", "replies")] == [0] * 4
    assert sum(again["skipped"].values()) == 46_928


def test_organograms_of_four_departments_come_row_by_row():
    told = actions.answer(actions.bring_in_file(SETS / "hr-uk-organograms-2011.zip", "people").tally)

    assert told["people"] + sum(told["skipped"].values()) == 668 + 6_276
    assert Person.objects.exclude(manager=None).count() > 600
    assert Person.objects.filter(manager=None).count() < 12
    again = actions.answer(actions.bring_in_file(SETS / "hr-uk-organograms-2011.zip", "people").tally)
    assert again["people"] == 0


def test_a_discourse_forum_comes_whole_and_once():
    path = SETS / "discourse-delvingbitcoin.tar.xz"

    told = actions.answer(actions.bring_in_file(path, "discourse").tally)

    # 64 are older copies of posts that were edited or renamed, 55 were deleted by their authors.
    assert (told["threads"], told["replies"], sum(told["skipped"].values())) == (622, 3_984, 64 + 55)
    assert told["threads"] + told["replies"] + sum(told["skipped"].values()) == 4_725
    noted = told["noted"]
    behind = noted["a reaction to something that stayed behind"] + noted["the same reaction twice"]
    # One like more than there are emoji: its post lists no reactions.
    assert told["reactions"] + behind == 2_637 + 1
    assert (told["people"], told["communities"]) == (460, 8)
    for sign in ("\ue000", "\ue003", "[quote=", "upload://"):
        assert Reply.objects.filter(source__contains=sign).count() <= (1 if sign.isascii() else 0)

    again = actions.answer(actions.bring_in_file(path, "discourse").tally)

    assert [again[name] for name in ("people", "communities", "threads", "replies", "reactions")] == [0] * 5


@pytest.mark.parametrize(
    ("name", "questions", "answers", "accepted", "comments", "people"),
    [
        ("stackexchange-quantumcomputing-2018-09.zip", 612, 1_060, 389, 3_413, 3_461 + 3),
        ("stackexchange-meta-bicycles-2023-08.zip", 453, 971, 157, 2_448, 2_551 + 11),
    ],
)
def test_a_stack_exchange_site_comes_whole_and_once(name, questions, answers, accepted, comments, people):
    records = records_of(SETS / name)
    assert sum(one.is_accepted for one in of_kind(ReplyRecord, records)) == accepted

    told = actions.answer(actions.bring_in_file(SETS / name, "stackexchange").tally)

    assert (told["threads"], told["replies"], told["people"]) == (questions, answers + comments, people)
    assert Thread.objects.filter(kind="ask").count() == questions
    assert not Reply.objects.filter(source__contains="\ue000").exists()

    again = actions.answer(actions.bring_in_file(SETS / name, "stackexchange").tally)

    assert [again[name] for name in ("people", "communities", "threads", "replies")] == [0] * 4


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("slack-clojurians-log-2018-02.zip", "a log that a program kept of Slack"),
        ("slack-disentangled-3communities.zip", "prepared for research"),
        ("hr-ibm-attrition-fictional.zip", "without columns that name people"),
    ],
)
def test_what_cannot_come_yet_is_called_by_its_name(name, words):
    with pytest.raises(NotAnArchive) as refused:
        actions.read_through(SETS / name)
    assert words in str(refused.value)
