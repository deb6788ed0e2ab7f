"""Who can see a community here, against who could see it there: nothing comes to more eyes than it was said before."""

from heard.features.arrivals.actions.known import Known
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import CommunityRecord, MembershipRecord
from heard.foundation.communities.models import Access
from heard.foundation.communities.rules import WIDTH

_MARK = "\x1f"


class Doors:
    """Compares each community of an archive with what it became when it came before.

    `narrowed` are the keys of those that fewer could see there than can here: what is new goes into a community of
    its own. `widened` are those that fewer can see here: what is new goes there, and nobody becomes a member by it.
    """

    def __init__(self, known: Known, tally: Tally) -> None:
        self.known, self.tally = known, tally
        self.narrowed: set[str] = set()
        self.widened: set[str] = set()
        self._keys: dict[str, str] = {}

    def settle(self, record: CommunityRecord) -> str:
        """The key under which a community is known here: its own, or that of a narrower one which stands in for it."""
        key, wanted = record.key, WIDTH[Access(record.access)]
        where = record.where or record.name[:100]
        while self._width(key, wanted) > wanted:
            key = f"{key[:200]}{_MARK}{record.access}"
        if key != record.key:
            self.narrowed.add(record.key)
            self.tally.note(reasons.FEWER_COULD_READ, where)
        elif self._width(key, wanted) < wanted:
            self.widened.add(record.key)
            self.tally.note(reasons.FEWER_CAN_READ, where)
        self._keys[record.key] = key
        return key

    def key_of(self, record: MembershipRecord) -> str:
        """The key of a membership."""
        return f"{self._keys.get(record.community_key, record.community_key)}|{record.person_key}"[:255]

    def _width(self, key: str, otherwise: int) -> int:
        access = self.known.accesses.get(self.known.communities.get(key, 0))
        return WIDTH[Access(access)] if access else otherwise
