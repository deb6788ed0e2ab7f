"""A Slack export, of whatever year and size, is read to its last record."""

import pytest

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats import format_of, reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import CommunityRecord, MembershipRecord, Noted, PersonRecord, ThreadRecord
from tests.features.arrivals.exports import (
    ANNA,
    BO,
    GENERAL,
    a_slack,
    a_zip,
    of_kind,
    reasons_in,
    records_of,
    said,
    stamp_of,
)

DAY, NEXT_DAY = "general/2020-01-01.json", "general/2020-01-02.json"


def test_people_channels_and_members_come_with_what_is_known_of_them(tmp_path):
    closed = {
        **GENERAL,
        "id": "C0OLD",
        "name": "old",
        "is_archived": True,
        "topic": {"value": "Bread"},
        "members": None,
    }
    records = records_of(
        a_slack(tmp_path, channels=[GENERAL, closed], groups=[{**GENERAL, "id": "G0BOARD", "name": "board"}])
    )

    anna = of_kind(PersonRecord, records)[0]
    assert (anna.key, anna.name, anna.handle, anna.email) == (
        "U0ANNA001",
        "Anna Lind",
        "anna.lind",
        "anna.lind@example.org",
    )
    assert (anna.title, anna.time_zone, anna.standing, anna.left_at) == ("Baker", "Europe/Stockholm", "staff", None)
    general, old, board = of_kind(CommunityRecord, records)
    assert (general.name, general.description, general.access, general.is_closed) == (
        "general",
        "For everybody",
        "open",
        False,
    )
    assert general.started_at.year == 2020
    assert (old.is_closed, old.description) == (True, "For everybody · Bread")
    assert board.access == "private"
    members = of_kind(MembershipRecord, records)
    assert [(one.community_key, one.person_key, one.is_tender) for one in members] == [
        ("C0GENERAL", "U0ANNA001", True),
        ("C0GENERAL", "U0BO00002", False),
        ("G0BOARD", "U0ANNA001", True),
        ("G0BOARD", "U0BO00002", False),
    ]


def test_people_whom_no_list_names_are_met_in_their_words(tmp_path):
    days = [
        said(1, "From elsewhere", by="U0GUEST", user_profile={"real_name": "Gast Person"}),
        said(2, "Nobody knows me", by="U0WHO"),
        said(3, "Reminder", by="USLACKBOT", reactions=[{"name": "ok_hand", "users": ["U0REACT"]}]),
    ]

    records = records_of(a_slack(tmp_path, {DAY: days}))

    people = {one.key: (one.name, one.standing) for one in of_kind(PersonRecord, records)}
    assert people["U0GUEST"] == ("Gast Person", "unlisted")
    assert people["U0WHO"] == ("Somebody (U0WHO)", "unlisted")
    assert people["USLACKBOT"] == ("Slackbot", "program")
    assert people["U0REACT"][1] == "unlisted"
    assert reasons_in(records, Noted) == {reasons.PLACEHOLDER_AUTHOR: 3}


def test_guests_programs_and_people_who_left_are_told_apart(tmp_path):
    users = [
        {**ANNA, "id": "U1", "is_ultra_restricted": True},
        {**ANNA, "id": "U2", "is_bot": True, "profile": {"bot_id": "B2"}},
        {**BO, "id": "U3", "deleted": True, "updated": 1600000000},
        {"id": "U4"},
        {"name": "nobody"},
    ]
    days = [said(1, "beep", subtype="bot_message", user=None, bot_id="B2")]

    records = records_of(a_slack(tmp_path, {DAY: days}, users=users, channels=[{**GENERAL, "members": []}]))

    people = of_kind(PersonRecord, records)
    assert [one.standing for one in people] == ["guest", "program", "staff", "staff"]
    assert people[2].left_at.year == 2020
    assert people[3].name == "Somebody (U4)"
    assert of_kind(ThreadRecord, records)[0].author_key == "U2"
    assert reasons_in(records, Noted) == {reasons.BROKEN_RECORD: 1}


def test_direct_messages_and_folders_that_no_list_names_stay_behind(tmp_path):
    days = {
        "D0PRIVATE1/2020-01-01.json": [said(1, "psst"), said(2, "psst")],
        "mpdm-anna--bo-1/2020-01-01.json": [said(1, "us")],
        "D0UNLISTED/2020-01-01.json": [said(1, "unlisted")],
        "gone/2020-01-01.json": [said(1, "whose?")],
        DAY: [said(1, "Hello")],
    }
    dms = [{"id": "D0PRIVATE1", "members": ["U0ANNA001", "U0BO00002"]}]
    mpims = [{"id": "G0MPIM", "name": "mpdm-anna--bo-1"}]

    records = records_of(a_slack(tmp_path, days, dms=dms, mpims=mpims, canvases=[{"id": "F1"}]))

    assert len(of_kind(CommunityRecord, records)) == 1
    assert reasons_in(records) == {reasons.DIRECT_MESSAGE: 4, reasons.UNKNOWN_FOLDER: 1}
    assert reasons_in(records, Noted) == {reasons.CANVAS: 1}
    assert "psst" not in repr(records)


def test_an_export_of_several_workspaces_is_read_whole(tmp_path):
    path = a_zip(
        tmp_path / "grid.zip",
        {
            "org_users.json": [ANNA],
            "channels.json": [GENERAL],
            DAY: [said(1, "Shared")],
            "teams/bakers/users.json": [ANNA, BO],
            "teams/bakers/channels.json": [{**GENERAL, "id": "C0BREAD", "name": "bread"}],
            "teams/bakers/bread/2020-01-01.json": [said(1, "Rye", by="W0ELSE")],
        },
    )

    records = records_of(path)

    assert [one.name for one in of_kind(PersonRecord, records)] == ["Anna Lind", "Bo Ek", "Somebody (W0ELSE)"]
    assert [one.name for one in of_kind(CommunityRecord, records)] == ["general", "bread"]
    assert [one.key for one in of_kind(ThreadRecord, records)] == [f"C0GENERAL/{stamp_of(1)}", f"C0BREAD/{stamp_of(1)}"]


@pytest.mark.parametrize("missing", ["users", "channels"])
def test_half_an_export_is_refused_by_what_it_lacks(tmp_path, missing):
    members = {"users.json": [ANNA], "channels.json": [GENERAL], DAY: [said(1, "x")]}
    del members[f"{missing}.json"]

    with pytest.raises(ArchiveIsDamaged, match=f"it has no “{missing}.json”"):
        records_of(a_zip(tmp_path / "half.zip", members))


def test_a_day_that_is_no_json_is_refused_by_name(tmp_path):
    with pytest.raises(ArchiveIsDamaged, match=r"general/2020-01-01\.json"):
        records_of(a_slack(tmp_path, {DAY: "[{]"}))


def test_the_place_stays_the_same_in_every_export_of_a_workspace(tmp_path):
    def place(**lists):
        with Archive(a_slack(tmp_path, **lists)) as archive:
            return format_of(archive).place_of(archive)

    nameless = [{"id": "U1", "name": "x"}]
    assert place() == "T0TEAM001"
    assert place(users=nameless, channels=[{**GENERAL, "id": "C0A", "is_general": False}, GENERAL]) == "C0GENERAL"
    assert place(users=nameless, channels=[{"id": "C0B", "name": "b"}, {"id": "C0A", "name": "a"}]) == "C0A"
