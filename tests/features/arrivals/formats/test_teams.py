"""A takeout of Microsoft Teams becomes communities, people, threads and replies, and every message is accounted for."""

import json

import pytest

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats import reasons, teams
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    FileRecord,
    MembershipRecord,
    Noted,
    PersonRecord,
    ReactionRecord,
    ReplyRecord,
    ThreadRecord,
)
from heard.features.arrivals.formats.references import references
from tests.features.arrivals.exports import a_zip, of_kind, reasons_in, records_of

TEAM = "11111111-1111-1111-1111-111111111111"
GENERAL, OVENS, SECRET = "19:general@thread.tacv2", "19:ovens@thread.tacv2", "19:secret@thread.tacv2"
TIME = 1_600_000_000_000
ANNA = {
    "Id": "anna-id",
    "DisplayName": "Anna Lind",
    "Mail": "Anna@example.org",
    "JobTitle": "Baker",
    "BusinessPhones": ["1"],
}
BO = {"Id": "bo-id", "DisplayName": "Bo Ek", "Mail": None, "UserPrincipalName": "bo_home.test#EXT#@x.onmicrosoft.com"}


def said(second, html, by="anna-id", channel=GENERAL, **more):
    """A message, so many milliseconds after a certain time."""
    return {
        "Id": str(TIME + second),
        "Body": {"ContentType": "html", "Content": html},
        "CreatedDateTime": "2020-09-13T12:26:40.000+00:00",
        "From": {"User": {"Id": by, "DisplayName": "Somebody"}},
        "MessageType": "message",
        "ChannelIdentity": {"TeamId": TEAM, "ChannelId": channel},
        **more,
    }


def a_channel(key, name, kind="standard", **more):
    """An entry of a list of channels."""
    return {"Id": key, "DisplayName": name, "MembershipType": kind, "TenantId": "tenant", **more}


def a_takeout(path, messages=(), *, visibility="public", **more):
    """A zip of one team with these messages."""
    channels = [a_channel(GENERAL, "General"), a_channel(OVENS, "Ovens"), a_channel(SECRET, "Secret", "private")]
    members = {
        "teams/teamsList.json": [{"GroupsId": TEAM, "Name": "Bakery", "Description": None}],
        "teams/teamsSettings.json": [{"Id": TEAM, "DisplayName": "Bakery", "Visibility": visibility}],
        f"teams/{TEAM}/channels_{TEAM}.json": channels,
        f"teams/{TEAM}/teamMembers_{TEAM}.json": [{"UserId": "anna-id"}, {"UserId": "bo-id"}, {"UserId": "gone"}],
        f"teams/{TEAM}/messages_{TEAM}.json": list(messages),
        "users/usersList.json": [ANNA, BO],
        "users/anna-id/messages_anna-id.json": [{"Id": "1"}, {"Id": "2"}],
    }
    return a_zip(path / "takeout.zip", members | more)


def the_thread(path, message):
    """The one thread that a message becomes."""
    [thread] = of_kind(ThreadRecord, records_of(a_takeout(path, [message])))
    return thread


def test_channels_carry_their_teams_name_and_only_open_ones_are_open(tmp_path):
    records = records_of(a_takeout(tmp_path, [said(0, "x", "bo-id", SECRET)]), "teams")

    assert [(one.name, one.access) for one in of_kind(CommunityRecord, records)] == [
        ("Bakery", "open"),
        ("Bakery / Ovens", "open"),
        ("Bakery / Secret", "private"),
    ]
    belong = [(one.community_key, one.person_key) for one in of_kind(MembershipRecord, records)]
    assert belong == [
        (GENERAL, "anna-id"),
        (OVENS, "anna-id"),
        (GENERAL, "bo-id"),
        (OVENS, "bo-id"),
        (SECRET, "bo-id"),
    ]
    assert reasons_in(records, Noted) == {reasons.UNKNOWN_MEMBER: 1, reasons.MEMBERS_WHO_WROTE: 1}
    assert reasons_in(records) == {reasons.DIRECT_MESSAGE: 2}


@pytest.mark.parametrize("visibility", ["private", "hiddenMembership", None, 7])
def test_a_team_that_is_not_said_to_be_public_is_private(tmp_path, visibility):
    communities = of_kind(CommunityRecord, records_of(a_takeout(tmp_path, visibility=visibility)))

    assert {one.access for one in communities} == {"private"}


def test_people_come_and_guests_stay_guests(tmp_path):
    people = of_kind(PersonRecord, records_of(a_takeout(tmp_path)))

    assert [(one.key, one.email, one.title, one.telephone, one.standing) for one in people] == [
        ("anna-id", "anna@example.org", "Baker", "1", "staff"),
        ("bo-id", "", "", "", "guest"),
    ]


def test_messages_in_no_order_come_as_threads_and_replies(tmp_path):
    messages = [
        said(30, "Third", "bo-id", ReplyToId=str(TIME + 10)),
        said(20, "Second", ReplyToId=str(TIME + 10), LastEditedDateTime="2020-09-14T10:00:00.75+00:00"),
        said(10, "First", Subject="Bread"),
        said(15, "Other", channel=OVENS),
        said(10, "First"),
        said(50, "Lost", ReplyToId=str(TIME + 40)),
    ]

    records = records_of(a_takeout(tmp_path, messages))

    threads, replies = of_kind(ThreadRecord, records), of_kind(ReplyRecord, records)
    assert [(one.title, one.text) for one in threads if not one.is_stand_in] == [("Bread", "First"), ("", "Other")]
    assert [(one.text, one.thread_key) for one in replies] == [
        ("Second", threads[0].key),
        ("Third", threads[0].key),
        ("Lost", f"{GENERAL}/{TIME + 40}/thread"),
    ]
    assert replies[0].edited_at
    assert reasons_in(records) == {reasons.SAID_TWICE: 1, reasons.DIRECT_MESSAGE: 2}
    assert reasons_in(records, Noted)[reasons.PARENT_MISSING] == 1


def test_mentions_and_emoji_and_links_to_messages_become_real(tmp_path):
    def mention(number, person, text):
        return {"Id": number, "MentionText": text, "Mentioned": {"User": {"Id": person}}}

    html = (
        '<p><at id="0">Anna</at>&nbsp;<at id="1">Lind</at> and <at id="2">x</at> <at id="3">Stranger</at>'
        '<emoji id="smile" alt="🙂" title="Smile"></emoji> @here '
        f'<a href="https://teams.microsoft.com/l/message/19%3Ageneral%40thread.tacv2/{TIME}?tenantId=t">that</a></p>'
    )
    mentions = [mention(0, "anna-id", "Anna"), mention(1, "anna-id", "Lind"), mention(3, "unknown", "Stranger")]
    mentions.append(
        {"Id": 2, "MentionText": "Ovens", "Mentioned": {"Conversation": {"Id": OVENS, "DisplayName": "Ovens"}}}
    )

    thread = the_thread(tmp_path, said(1, html, Mentions=mentions))

    assert references(thread.text) == [("person", "anna-id"), ("community", OVENS), ("message", f"{GENERAL}/{TIME}")]
    assert "\\@Stranger🙂 \\@here" in thread.text


def test_code_and_pictures_come_as_far_as_they_can(tmp_path):
    html = (
        '<codeblock class="Python"><code>a = 1<br>b = @x</code></codeblock>'
        '<p><img alt="oven" src="https://graph.microsoft.com/v1.0/teams/1/hostedContents/2/$value">'
        '<img alt="cat" src="https://media.example/cat.gif"></p>'
    )
    records = records_of(a_takeout(tmp_path, [said(1, html)]))

    [thread] = of_kind(ThreadRecord, records)
    assert "```\na = 1\nb = @x\n```" in thread.text
    assert "graph.microsoft.com" not in thread.text
    assert "(oven: stayed in Microsoft Teams)[cat](https://media.example/cat.gif)" in thread.text
    assert reasons_in(records, Noted)[reasons.PICTURE_STAYED] == 1


def test_what_is_attached_comes_as_quotes_cards_titles_and_files(tmp_path):
    def attached(kind, content=None, **more):
        return {"Id": kind, "ContentType": kind, "Content": json.dumps(content) if content else None, **more}

    attachments = [
        attached(
            "application/vnd.microsoft.teams.messaging-announcementBanner", {"title": "News", "cardImageType": "x"}
        ),
        attached(
            "messageReference",
            {
                "messageId": str(TIME),
                "messagePreview": "Is *it* hot?",
                "messageSender": {"user": {"displayName": "Bo"}},
            },
        ),
        attached("application/vnd.microsoft.card.adaptive", {"body": [{"text": "Hot"}, {"facts": [{"title": "°C"}]}]}),
        attached("reference", Name="list.docx", ContentUrl="https://x.sharepoint.com/a b.docx?tempauth=s3cret"),
        {"ContentType": "x", "Content": "{not json"},
    ]
    records = records_of(
        a_takeout(tmp_path, [said(1, '<attachment id="x"></attachment><p>Words</p>', Attachments=attachments)])
    )

    [thread] = of_kind(ThreadRecord, records)
    assert thread.title == "News"
    assert thread.text.startswith("> **Bo** ")
    assert "> Is \\*it\\* hot?\n\nWords\n\nHot\n°C\n\n[list.docx](https://x.sharepoint.com/a%20b.docx)" in thread.text
    assert references(thread.text) == [("message", f"{GENERAL}/{TIME}")]
    assert [(one.name, one.member) for one in of_kind(FileRecord, records)] == [("list.docx", "")]
    assert "s3cret" not in thread.text


def test_reactions_come_with_who_and_when(tmp_path):
    def reacted(kind, by="bo-id", **more):
        return {"ReactionType": kind, "User": {"User": {"Id": by}}, **more}

    reactions = [reacted("👍", CreatedDateTime="2020-09-13T13:00:00Z"), reacted("heart"), reacted("👍")]
    reactions += [reacted("custom", DisplayName="party-parrot"), reacted("😮", by=None)]
    records = records_of(a_takeout(tmp_path, [said(1, "x", Reactions=reactions)]))

    came = of_kind(ReactionRecord, records)
    assert [one.emoji for one in came] == ["👍", "❤️", ":party-parrot:"]
    assert came[0].reacted_at
    noted = reasons_in(records, Noted)
    assert [noted[one] for one in (reasons.SAME_REACTION, reasons.UNKNOWN_REACTION, reasons.CUSTOM_EMOJI)] == [1, 1, 1]


def test_what_was_deleted_keeps_its_place_and_events_stay_behind(tmp_path):
    program = {"Application": {"Id": "app", "DisplayName": "Build"}}
    messages = [
        said(1, "gone words", DeletedDateTime="2020-09-14T10:00:00Z"),
        said(2, "Answer", ReplyToId=str(TIME + 1)),
        said(3, "<systemEventMessage/>", From=None, MessageType="unknownFutureValue"),
        said(4, "x", From=None),
        said(5, "x", channel="19:elsewhere"),
        said(6, "", From=program),
        said(7, "Built", From=program),
        {"Id": "soon", **{key: value for key, value in said(8, "x").items() if key not in ("Id", "CreatedDateTime")}},
        said(9, "x", ChannelIdentity=None, ChatId="19:chat"),
        "no message",
    ]

    records = records_of(a_takeout(tmp_path, messages))

    first, built = of_kind(ThreadRecord, records)
    assert (first.is_deleted, first.text) == (True, "")
    assert (built.author_key, built.text) == ("app", "Built")
    assert len(of_kind(ReplyRecord, records)) == 1
    assert reasons_in(records) == {
        reasons.SYSTEM_EVENT: 1,
        reasons.NO_AUTHOR: 1,
        reasons.UNKNOWN_CHANNEL: 1,
        reasons.NO_WORDS: 1,
        reasons.NO_TIME: 1,
        reasons.NO_MESSAGE: 1,
        reasons.DIRECT_MESSAGE: 3,
    }
    assert {one.key: one.standing for one in of_kind(PersonRecord, records)}["app"] == "program"


def test_plain_text_stays_plain_with_its_addresses_as_links(tmp_path):
    body = {"ContentType": "text", "Content": "1 * 2 * 3 @anna https://x.example/a_b?token=s3cret.\n    # no code"}

    thread = the_thread(tmp_path, said(1, "", Body=body))

    assert thread.text == "1 \\* 2 \\* 3 \\@anna <https://x.example/a_b>.\n\\# no code"


def test_half_a_takeout_is_refused_or_counted(tmp_path):
    name = f"teams/{TEAM}/messages_{TEAM}.json"
    with pytest.raises(ArchiveIsDamaged, match="messages_"):
        records_of(a_takeout(tmp_path, **{name: '[{"Id": "1", "Bo'}))
    only = a_zip(tmp_path / "half.zip", {f"messages_{TEAM}.json": [said(1, "x")]})
    assert reasons_in(records_of(only, "teams")) == {reasons.DIRECT_MESSAGE: 1}


def test_the_place_is_the_tenant(tmp_path):
    with Archive(a_takeout(tmp_path)) as archive:
        assert teams.place_of(archive) == "tenant"
