"""Zulip, in two kinds: the export of a whole server, and what its archive tool makes of public channels."""

from collections.abc import Iterator

from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import Record
from heard.features.arrivals.formats.zulip_export import is_export, records_of_export
from heard.features.arrivals.formats.zulip_realm import place_of_realm
from heard.features.arrivals.formats.zulip_topics import is_archive_of_topics, place_of_topics, records_of_topics


def recognises(archive: Archive) -> bool:
    """Whether this is an export of a Zulip, or an archive of its channels."""
    return is_export(archive) or is_archive_of_topics(archive)


def place_of(archive: Archive) -> str:
    """What stays the same in every export of one organisation."""
    return place_of_realm(archive) if is_export(archive) else place_of_topics(archive)


def records(archive: Archive) -> Iterator[Record]:
    """Everything in it: people first where it lists them, then channels, then what was said."""
    return records_of_export(archive) if is_export(archive) else records_of_topics(archive)
