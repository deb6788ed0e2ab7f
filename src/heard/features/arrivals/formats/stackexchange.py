"""A dump of a Stack Exchange site: a zip of XML tables, of which questions, answers, comments and people come."""

import json
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged, NotAnArchive
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.moments import latest_moment, moment_in
from heard.features.arrivals.formats.records import CommunityRecord, Noted, Record, Skipped
from heard.features.arrivals.formats.references import clean
from heard.features.arrivals.formats.shelf import Sorted
from heard.features.arrivals.formats.stackexchange_people import People
from heard.features.arrivals.formats.stackexchange_site import Site
from heard.features.arrivals.formats.stackexchange_talk import Talk
from heard.features.arrivals.formats.values import number_in
from heard.features.arrivals.formats.xml_rows import count_of_rows, rows

COMMUNITY = "site"
_BEHIND = {
    "votes.xml": reasons.SINGLE_VOTE,
    "badges.xml": reasons.BADGE,
    "posthistory.xml": reasons.EARLIER_VERSION,
    "postlinks.xml": reasons.LINKED_QUESTION,
    "tags.xml": reasons.LISTED_TAG,
}
_QUESTION, _ANSWER = "1", "2"
_OF_POSTS = (
    "OwnerUserId",
    "OwnerDisplayName",
    "CreationDate",
    "LastEditDate",
    "ClosedDate",
    "CommunityOwnedDate",
    "Body",
    "Title",
    "Tags",
    "Score",
    "AcceptedAnswerId",
)
_OF_COMMENTS = ("UserId", "UserDisplayName", "CreationDate", "Text", "Score")


def recognises(archive: Archive) -> bool:
    """Whether this is such a dump, also one that lacks a part."""
    names = [name for name in archive.names if name.lower().rpartition("/")[2] == "posts.xml"]
    return archive.is_packed and any(re.search(r"<posts\b", archive.head(name)) for name in names)


def place_of(archive: Archive) -> str:
    """The moment at which the site was set up: that of the account that every site begins with."""
    first = ""
    for nth, row in enumerate(rows(archive, _table(archive, "users.xml"))):
        if row.get("Id") == "-1":
            return row.get("CreationDate", "")[:40]
        first = first or f"{row.get('Id', '')} {row.get('CreationDate', '')}"[:40]
        if nth > 10_000:
            break
    return first


def records(archive: Archive) -> Iterator[Record]:
    """People, the site as one community, then each question with what belongs to it."""
    folders = {name.rpartition("/")[0] for name in archive.names if name.lower().rpartition("/")[2] == "posts.xml"}
    if len(folders) > 1:
        raise NotAnArchive(archive.name, _("dumps of several Stack Exchange sites in one (zip each by itself)"))
    noted: list[Noted] = []
    people = People()
    users, posts_name = _table(archive, "users.xml"), _table(archive, "posts.xml")
    yield from people.listed(archive, users, noted)
    site, posts, comments = Site(archive.name, posts_name), Sorted(), Sorted()
    yield from _shelved_posts(archive, posts_name, posts, site, noted)
    if name := _table(archive, "comments.xml", is_needed=False):
        yield from _shelved_comments(archive, name, comments, site, noted)
    site.settle(posts)
    yield CommunityRecord(
        COMMUNITY, site.name, started_at=moment_in(people.began_at, latest_moment()), where=posts_name
    )
    yield from Talk(posts, comments, people, site, COMMUNITY).records()
    yield from noted
    yield from _left_behind(archive)


def _shelved_posts(archive: Archive, name: str, posts: Sorted, site: Site, noted: list[Noted]) -> Iterator[Record]:
    """Keeps questions and answers for later; what else stands in the table stays behind."""
    for nth, row in enumerate(rows(archive, name, noted), 1):
        where = f"{name}, row {nth}"
        key, kind = number_in(row.get("Id")), row.get("PostTypeId")
        if kind not in (_QUESTION, _ANSWER) or not key:
            yield Skipped(reasons.NO_MESSAGE if not (key and kind) else reasons.TAG_WIKI, where)
            if key:
                site.others.add(key)
            continue
        if row.get("DeletionDate"):
            yield Skipped(reasons.DELETED, where)
            continue
        kept = {field: clean(row[field]) for field in _OF_POSTS if field in row} | {"where": where}
        site.look_at(row.get("Body", ""))
        # A question's place is before all that belongs to it, an answer to nothing is a group of its own.
        question = key if kind == _QUESTION else number_in(row.get("ParentId")) or key
        if not posts.put(key, question, 0 if kind == _QUESTION else key, json.dumps(kept)):
            yield Skipped(reasons.SAID_TWICE, where)


def _shelved_comments(
    archive: Archive, name: str, comments: Sorted, site: Site, noted: list[Noted]
) -> Iterator[Record]:
    for nth, row in enumerate(rows(archive, name, noted), 1):
        where = f"{name}, row {nth}"
        key, post = number_in(row.get("Id")), number_in(row.get("PostId"))
        if not (key and post):
            yield Skipped(reasons.NO_MESSAGE, where)
        elif post in site.others:
            yield Skipped(reasons.TAG_WIKI, where)
        elif row.get("DeletionDate"):
            yield Skipped(reasons.DELETED, where)
        else:
            kept = {field: clean(row[field]) for field in _OF_COMMENTS if field in row} | {"where": where}
            if not comments.put(key, post, key, json.dumps(kept)):
                yield Skipped(reasons.SAID_TWICE, where)


def _left_behind(archive: Archive) -> Iterator[Noted]:
    """Tables of which nothing comes, each counted."""
    for name in archive.names:
        plain = name.lower().rpartition("/")[2]
        is_read = plain in ("users.xml", "posts.xml", "comments.xml") or not plain.endswith(".xml")
        if not is_read and (count := count_of_rows(archive, name)):
            yield Noted(_BEHIND.get(plain, reasons.OTHER_ROW), name, count)


def _table(archive: Archive, file: str, *, is_needed: bool = True) -> str:
    """The name of a table in the archive; refuses an archive without it."""
    found = next((name for name in archive.names if name.lower().rpartition("/")[2] == file), "")
    if is_needed and not found:
        raise ArchiveIsDamaged(archive.name, _("it has no “%(name)s”") % {"name": file.capitalize()})
    return found
