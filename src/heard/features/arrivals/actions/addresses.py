"""Which address somebody of a place has already: two names under one address are two people."""

from heard.features.arrivals.actions.known import Known, named_by
from heard.features.arrivals.formats.records import PersonRecord


class Addresses:
    """Remembers under which name each address came."""

    def __init__(self, known: Known | None = None) -> None:
        self.known = known
        self._came: dict[str, tuple[int, str]] | None = None

    def shared_with(self, record: PersonRecord) -> str | None:
        """Where somebody of another name has the address of `record` (perhaps nowhere that is known), or None."""
        if not record.email:
            return None
        if self._came is None:
            people = self.known.people.values() if self.known else ()
            self._came = {whom.email: (whom.named, "") for whom in people if whom.email and whom.came_as == whom.id}
        named, where = self._came.setdefault(record.email, (named_by(record), record.where))
        return None if named == named_by(record) else where

    def both_places(self, record: PersonRecord, first: str) -> str:
        """Where both stand, in words."""
        return f"{first}; {record.where}" if first else record.where
