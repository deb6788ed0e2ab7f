"""The kinds of archive that Heard reads: one small file each, all of them giving the same stream of records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heard.features.arrivals.errors import NotAnArchive, WrongKindOfArchive
from heard.features.arrivals.formats import (
    discourse,
    mattermost,
    messages_csv,
    organogram,
    people_csv,
    slack,
    stackexchange,
    teams,
    yammer,
    zulip,
)
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.lookalikes import looks_like
from heard.features.arrivals.formats.records import Record
from heard.features.arrivals.formats.storable import storable, storable_key

_LONGEST_PLACE = 200


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of archive. `names_place` and `read` give what the source says, not all of which can be stored.

    `is_tried` where it was read in a real export, and not only from what is written about it. `wanted` is what a
    command or a page asks for by which it may come. `columns` says which column of a table is taken for which field.
    `is_whole` where every export of a place holds what the earlier ones held, and no name of it is sure.
    """

    name: str
    title: str | Promise
    recognises: Callable[[Archive], bool]
    names_place: Callable[[Archive], str]
    read: Callable[[Archive], Iterator[Record]]
    wanted: str = ""
    is_tried: bool = True
    columns: Callable[[Archive], dict[str, str]] | None = None
    is_whole: bool = False

    def place_of(self, archive: Archive) -> str:
        """Where an archive came from, the same in every export of that place."""
        return storable_key(self.names_place(archive), _LONGEST_PLACE)

    def records(self, archive: Archive) -> Iterator[Record]:
        """Everything that an archive holds, in the order of `records`."""
        return storable(self.read(archive))

    @property
    def is_about_people(self) -> bool:
        """Whether it brings nothing but people."""
        return self.wanted == "people"


# In the order in which they are recognised: what is told by a sure sign first, tables last.
FORMATS = (
    Format("slack", _("a Slack export"), slack.recognises, slack.place_of, slack.records),
    Format(
        "mattermost",
        _("a Mattermost export"),
        mattermost.recognises,
        mattermost.place_of,
        mattermost.records,
        is_tried=False,
        is_whole=True,
    ),
    Format(
        "yammer",
        _("a Viva Engage (Yammer) export"),
        yammer.recognises,
        yammer.place_of,
        yammer.records,
        is_tried=False,
    ),
    Format("teams", _("a Microsoft Teams export"), teams.recognises, teams.place_of, teams.records, is_tried=False),
    Format("zulip", _("a Zulip export"), zulip.recognises, zulip.place_of, zulip.records),
    Format("discourse", _("Discourse topics"), discourse.recognises, discourse.place_of, discourse.records),
    Format(
        "stackexchange",
        _("a Stack Exchange dump"),
        stackexchange.recognises,
        stackexchange.place_of,
        stackexchange.records,
    ),
    Format(
        "csv",
        _("a table of messages"),
        messages_csv.recognises,
        messages_csv.place_of,
        messages_csv.records,
        columns=messages_csv.columns_of,
    ),
    Format(
        "organogram",
        _("an organogram of posts"),
        organogram.recognises,
        organogram.place_of,
        organogram.records,
        wanted="people",
    ),
    Format(
        "people",
        _("a table of people"),
        people_csv.recognises,
        people_csv.place_of,
        people_csv.records,
        wanted="people",
    ),
)


def format_of(archive: Archive, wanted: str = "any") -> Format:
    """The format of an archive, one of those `wanted`: a format's name, `people` or `any`; refuses others by name."""
    for kind in FORMATS:
        if kind.recognises(archive):
            if wanted not in (kind.name, kind.wanted, "any"):
                raise WrongKindOfArchive(archive.name, str(format_named(wanted).title), str(kind.title))
            return kind
    raise NotAnArchive(archive.name, looks_like(archive))


def format_named(name: str) -> Format:
    """A format by its name; raises StopIteration for a name that there is not."""
    return next(kind for kind in FORMATS if kind.name == name)
