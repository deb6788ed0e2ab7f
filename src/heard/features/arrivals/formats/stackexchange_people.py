"""The people of a Stack Exchange site, and those whose accounts are gone."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.from_html import Html
from heard.features.arrivals.formats.records import Noted, PersonRecord
from heard.features.arrivals.formats.shelf import Shelf
from heard.features.arrivals.formats.values import text_in
from heard.features.arrivals.formats.xml_rows import rows

# The account that edits, closes and asks on behalf of the site.
THE_SITE = "-1"
_LONGEST_ABOUT = 20_000


class People:
    """Who has been met so far; names lie outside memory, since a site may have millions of people."""

    def __init__(self) -> None:
        self.began_at = ""
        self._names = Shelf()

    def listed(self, archive: Archive, name: str, noted: list[Noted]) -> Iterator[PersonRecord | Noted]:
        """Everybody in the table of users, once."""
        html = Html()
        for nth, row in enumerate(rows(archive, name, noted), 1):
            where = f"{name}, row {nth}"
            key = text_in(row.get("Id"))[:40]
            if not key or self.name_of(key) is not None:
                yield Noted(reasons.SAME_PERSON if key else reasons.BROKEN_RECORD, where)
                continue
            if key == THE_SITE:
                self.began_at = row.get("CreationDate", "")
            named = text_in(row.get("DisplayName")) or _nameless(key)
            self._names.put(key, named)
            yield PersonRecord(
                key=key,
                name=named,
                about=html.markdown(row.get("AboutMe", "")[:_LONGEST_ABOUT]),
                place=text_in(row.get("Location")),
                standing="program" if key == THE_SITE else "staff",
                where=where,
            )

    def name_of(self, key: str) -> str | None:
        """What somebody is called, or nothing where nobody of that key was met."""
        found: str | None = self._names.get(key)
        return found

    def author(self, key: str, name: str, where: str) -> tuple[str, str, list[PersonRecord | Noted]]:
        """Key and name of an author, and the record that must come first where no table lists them."""
        key, name = text_in(key)[:40], text_in(name)
        if not key:
            key = f"name:{name[:150]}" if name else "nobody"
        known = self.name_of(key)
        if known is not None:
            return key, known, []
        named = name or (_("Somebody whose account is gone") if key == "nobody" else _nameless(key))
        self._names.put(key, named)
        record = PersonRecord(key=key, name=named, standing="unlisted", where=where)
        return key, named, [record, Noted(reasons.PLACEHOLDER_AUTHOR, where)]


def _nameless(key: str) -> str:
    return _("Somebody (%(key)s)") % {"key": key}
