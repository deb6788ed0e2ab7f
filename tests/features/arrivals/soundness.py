"""What every format promises of its records, whatever stood in the archive."""

from heard.features.arrivals.formats.records import (
    CommunityRecord,
    CountRecord,
    FileRecord,
    MembershipRecord,
    Noted,
    PersonRecord,
    ReactionRecord,
    Record,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)


def check_sound(records: list[Record], messages: int) -> None:
    """So many messages came or were counted, each once, and each record after those that it names."""
    said = [one for one in records if isinstance(one, ThreadRecord | ReplyRecord)]
    fresh = [one for one in said if not one.is_newer]
    came = [one for one in fresh if not getattr(one, "is_stand_in", False)]
    assert len(came) + sum(one.count for one in records if isinstance(one, Skipped)) == messages
    assert len({one.key for one in fresh}) == len(fresh)
    people: set[str] = set()
    communities: set[str] = set()
    seen: set[str] = set()
    for record in records:
        match record:
            case PersonRecord():
                assert record.key not in people
                assert record.name
                people.add(record.key)
            case CommunityRecord():
                assert record.key not in communities
                assert record.name
                communities.add(record.key)
            case MembershipRecord():
                assert record.person_key in people
                assert record.community_key in communities
            case ThreadRecord() | ReplyRecord():
                assert record.author_key in people
                assert isinstance(record, ReplyRecord) or record.community_key in communities
                assert isinstance(record, ThreadRecord) or record.thread_key in seen
                assert record.said_at.tzinfo
                assert "\x00" not in record.text
                seen.add(record.key)
            case ReactionRecord() | FileRecord() | CountRecord():
                assert record.message_key in seen
                assert isinstance(record, FileRecord | CountRecord) or record.person_key in people
            case Noted() | Skipped():
                assert record.where
                assert record.count > 0
        for name in ("key", "person_key", "author_key"):
            assert len(getattr(record, name, "")) <= 255
