"""Viva Engage's (Yammer's) network export: a zip of tables, with a folder of them for each external network."""

from collections.abc import Iterator
from itertools import chain

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.domains import home_domain
from heard.features.arrivals.formats.records import CommunityRecord, Noted, Record, Skipped
from heard.features.arrivals.formats.references import clean
from heard.features.arrivals.formats.yammer_files import Files
from heard.features.arrivals.formats.yammer_networks import Network, addresses_in, group_of, networks_in
from heard.features.arrivals.formats.yammer_people import People
from heard.features.arrivals.formats.yammer_tables import has_columns, rows
from heard.features.arrivals.formats.yammer_talk import Talk
from heard.features.arrivals.formats.yammer_text import Words

_OF_MESSAGES = frozenset(["id", "threadid"])


def recognises(archive: Archive) -> bool:
    """Whether it holds a table of messages in threads."""
    return archive.is_packed and any(
        name.rpartition("/")[2] == "Messages.csv" and has_columns(archive, name, _OF_MESSAGES) for name in archive.names
    )


def place_of(archive: Archive) -> str:
    """The domain of most of its people's addresses, or else the name of its home network."""
    networks = networks_in(archive)
    return _domain(archive, networks) or next((network.name for network in networks), "")


def records(archive: Archive) -> Iterator[Record]:
    """People and groups of all networks, then every conversation."""
    networks, noted = networks_in(archive), list[Noted]()
    people = People(_domain(archive, networks))
    groups: dict[str, CommunityRecord] = {}
    topics: dict[str, str] = {}
    for network in networks:
        for cells, where in rows(archive, network.file("Users"), noted=noted):
            person = people.person_of(cells, where)
            if isinstance(person, Noted):
                yield person
            elif person.key not in people:
                yield people.listed(person)
        for cells, _where in rows(archive, network.file("Topics"), frozenset(["id", "name"])):
            topics[cells["id"]] = clean(cells["name"])[:60]
    for network in networks:
        for cells, where in rows(archive, network.file("Groups"), noted=noted):
            group = group_of(cells, network, where)
            if isinstance(group, Noted):
                yield group
            elif group.key not in groups:
                groups[group.key] = group
                yield group
    talk = Talk(networks, people, Words(people.names, topics), Files(archive, networks), groups)
    for number, network in enumerate(networks):
        yield from _laid(archive, network, number, talk, noted)
    yield from talk.records()
    yield from noted


def _laid(archive: Archive, network: Network, number: int, talk: Talk, noted: list[Noted]) -> Iterator[Record]:
    """Lays the messages of a network down, and counts what stays behind."""
    for cells, where in rows(archive, network.file("Messages"), _OF_MESSAGES, noted):
        if reason := talk.lay(cells, number, where):
            yield Skipped(reason, where)
    versions = 0
    for cells, _where in rows(archive, network.file("MessageVersions"), frozenset(["id", "body"])):
        versions += 1
        talk.lay_version(cells)
    if versions:
        yield Noted(reasons.EARLIER_WORDS, network.file("MessageVersions"), versions)


def _domain(archive: Archive, networks: list[Network]) -> str:
    """The domain at home; where no list of people says it, those who wrote do."""
    listed = home_domain(chain.from_iterable(addresses_in(archive, one.folder) for one in networks if one.is_home))
    return listed or home_domain(
        cells["senderemail"]
        for network in networks
        for cells, _where in rows(archive, network.file("Messages"), _OF_MESSAGES)
    )
