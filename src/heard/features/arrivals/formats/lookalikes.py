"""Tells what a file is that Heard cannot bring in, so that a refusal can say so."""

import re

from django.utils.translation import gettext as _

from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.messages_csv import mapping_of


def looks_like(archive: Archive) -> str:
    """What the file seems to be, in words, or nothing."""
    names = archive.names
    first = names[0]
    if not archive.is_packed:
        return _single(archive, first)
    joined = "\n".join(names)
    for pattern, words in (
        (r"^xl/workbook\.xml$", _("an Excel workbook (save the sheet as CSV)")),
        (r"^word/document\.xml$", _("a Word document")),
        (r"^(?:.*/)?users\.edn$", _("a log that a program kept of Slack, not an export of it")),
        (r"^(?:.*/)?dump\.sql(?:\.gz)?$", _("a Discourse backup, a database (save its topics as JSON instead)")),
        (r"^(?:.*/)?user_archive\.csv$", _("what Discourse keeps of one person (save its topics as JSON instead)")),
        (r"^(?:.*/)?messages-\d{6}\.json$", _("a Zulip export")),
        (r"^(?:.*/)?zulip_json/", _("a Zulip archive")),
        (r"^(?:.*/)?teamsList\.json$", _("part of a Microsoft Teams export, without its channels and messages")),
        (
            r"^(?:.*/)?(?:Messages|MessageVersions)\.csv$",
            _("part of a Viva Engage (Yammer) export, without messages in threads"),
        ),
        (r"^(?:.*/)?import\.jsonl$", _("part of a Mattermost export, without its first line")),
        (r"^(?:.*/)?\d{4}-\d{2}-\d{2}\.json$", _("part of a Slack export, without its lists of people and channels")),
        (r"^(?:.*/)?channels\.csv$", _("a Rocket.Chat archive")),
    ):
        if re.search(pattern, joined, re.MULTILINE):
            return str(words)
    return _single(archive, first)


def _single(archive: Archive, name: str) -> str:
    with archive.open(name) as opened:
        raw = opened.read(6)
    head = archive.head(name)
    if raw.startswith(b"\xfd7zXZ"):
        return _("a tar.xz archive (Slack exports are zip files)")
    if raw.startswith(b"7z\xbc\xaf"):
        return _("a 7-Zip archive (Stack Exchange dumps are: unpack it, and zip what was in it)")
    if raw.startswith((b"\x1f\x8b", b"BZh", b"Rar!")):
        return _("a compressed archive that is no zip file")
    if raw.startswith(b"%PDF"):
        return _("a PDF document")
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return _("an old Office document (save the sheet as CSV)")
    for pattern, words in (
        (r"<team_domain>|<slack>", _("Slack talk prepared for research, not an export of Slack")),
        (r'"post_stream"|"topic_slug"', _("Discourse topics")),
        (r'\A\s*\{"type"\s*:\s*"version"', _("a Mattermost export")),
        (r'"sender_full_name"', _("a Zulip archive")),
        (r"<(?:posts|users|comments)>", _("one table of a Stack Exchange dump (zip all of them together)")),
        (r"PostgreSQL database dump", _("a database (a Discourse backup holds one: save its topics as JSON instead)")),
    ):
        if re.search(pattern, head):
            return str(words)
    if head.lstrip()[:1] in ("[", "{"):
        return _("JSON of another kind")
    return _table(head.partition("\n")[0])


def _table(header: str) -> str:
    """What a table is, by its first line: one of messages lacks what they need, one of people too."""
    titles = re.split(r"[,;\t]", header)
    if len(titles) < 2:
        return ""
    fields = set(mapping_of([title.strip(' "\r') for title in titles], {}).values())
    missing = [
        str(words)
        for known, words in (
            ({"text"}, _("the text")),
            ({"time"}, _("the time")),
            ({"author", "handle", "email"}, _("who wrote it")),
        )
        if not fields & known
    ]
    if len(missing) == 1:
        return _("a table of messages without a column for %(what)s") % {"what": missing[0]}
    return _("a table without columns that name people")
