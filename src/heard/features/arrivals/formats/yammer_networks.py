"""The networks of a Viva Engage export: which is home, what they are called, and the groups in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.bare_text import bare
from heard.features.arrivals.formats.domains import domain_of, home_domain
from heard.features.arrivals.formats.moments import latest_moment, moment_in
from heard.features.arrivals.formats.records import CommunityRecord, Noted
from heard.features.arrivals.formats.yammer_tables import Cells, rows


@dataclass(frozen=True, slots=True)
class Network:
    """One network: the folder of its tables, what it is called, and whether it is the organisation's own."""

    folder: str
    name: str
    is_home: bool

    def file(self, name: str) -> str:
        """The member that holds a table."""
        return f"{self.folder}{name}.csv"


def networks_in(archive: Archive) -> list[Network]:
    """Every folder with tables of a network, home first.

    Home lies at the top. Where it does not, it is the folder that the list of networks names first, if also most of
    the addresses at home are in it; where they differ none is home, and everything stays as private as it can be.
    """
    folders = sorted({name[: -len("Messages.csv")] for name in archive.names if _is_table(name, "Messages.csv")})
    names = {cells["id"]: cells["name"] for cells, _where in _listed(archive)}
    home = folders[0] if folders and (not folders[0] or len(folders) == 1) else _home(archive, folders, list(names))
    ordered = sorted(folders, key=lambda folder: (folder != home, folder))
    return [
        Network(folder, names.get(_id_of(folder), "") or _id_of(folder), is_home=folder == home) for folder in ordered
    ]


def addresses_in(archive: Archive, folder: str) -> Iterator[str]:
    """The address of everybody whom a network lists."""
    for cells, _where in rows(archive, f"{folder}Users.csv"):
        yield cells["email"]


def group_of(cells: Cells, network: Network, where: str) -> CommunityRecord | Noted:
    """The community that a group becomes: open only where it says that it is public, and lies at home."""
    key = cells["id"]
    if not key or len(key) > 60:
        return Noted(reasons.BROKEN_RECORD, where)
    is_open = network.is_home and cells["privacy"].casefold() == "public"
    return CommunityRecord(
        key=key,
        name=_called(cells["name"] or key, network),
        description=bare(cells["description"])[0],
        access="open" if is_open else "private",
        started_at=moment_in(cells["createdat"], latest_moment()),
        started_by_key=cells["creatorid"][:60],
        is_closed=bool(cells["deletedat"]) or cells["state"].casefold() in ("deleted", "soft_delete", "archived"),
        where=where,
    )


def group_without_list(key: str, name: str, network: Network, where: str) -> CommunityRecord:
    """The community of a group of which only a message tells: who may read it is not known, so it is private."""
    return CommunityRecord(key=key, name=_called(name or key, network), access="private", where=where)


def group_of_all(network: Network, where: str) -> CommunityRecord:
    """The community of what was said in no group."""
    return CommunityRecord(
        key="all" if network.is_home else f"all:{_id_of(network.folder)[:60]}",
        name=_called("All Company", network),
        access="open" if network.is_home else "private",
        where=where,
    )


def _called(name: str, network: Network) -> str:
    return name if network.is_home else f"{name} ({network.name})"


def _home(archive: Archive, folders: list[str], listed: list[str]) -> str | None:
    domain = home_domain(address for folder in folders for address in addresses_in(archive, folder))
    counts = {
        folder: sum(domain_of(address) == domain for address in addresses_in(archive, folder)) for folder in folders
    }
    first = next((folder for key in listed for folder in folders if _id_of(folder) == key), None)
    return first if first is not None and counts[first] == max(counts.values()) > 0 else None


def _listed(archive: Archive) -> Iterator[tuple[Cells, str]]:
    for name in archive.names:
        if _is_table(name, "Networks.csv"):
            yield from rows(archive, name, frozenset(["id", "name"]))


def _is_table(name: str, table: str) -> bool:
    return name == table or name.endswith(f"/{table}")


def _id_of(folder: str) -> str:
    return folder.rstrip("/").rpartition("/")[2]
