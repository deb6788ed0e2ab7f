"""Communities that come, and who belongs to them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from heard.features.arrivals.actions.doors import Doors
from heard.features.arrivals.actions.known import Known, Row
from heard.features.arrivals.actions.referring import Referring
from heard.features.arrivals.actions.staying import named_as
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import CommunityRecord, MembershipRecord
from heard.features.arrivals.models import Sort
from heard.foundation.communities.actions.starting import slug_for
from heard.foundation.communities.models import Access, Community, CommunityWord, Membership
from heard.foundation.communities.rules import SEEN_BY_ALL
from heard.plumbing.words import words_of


class Communities:
    """Writes communities and memberships."""

    def __init__(
        self, known: Known, referring: Referring, tally: Tally, now: datetime, into: Community | None = None
    ) -> None:
        self.known, self.referring, self.tally, self.now, self.into = known, referring, tally, now, into
        self.doors = Doors(known, tally)

    def prepare(self, records: Iterable[CommunityRecord]) -> dict[str, tuple[CommunityRecord, Community]]:
        """New communities by key, under names that nobody would confuse."""
        batch: dict[str, tuple[CommunityRecord, Community]] = {}
        slugs: set[str] = set()
        for record in records:
            key = self.doors.settle(record)
            if key in self.known.communities:
                self.known.communities[record.key] = self.known.communities[key]
                continue
            if self.into is not None:
                self.known.communities[record.key] = self.into.pk
                continue
            name = self._free_name(record, {one.name.casefold() for _record, one in batch.values()})
            slug = slug_for(name, record.access, taken=slugs)
            slugs.add(slug)
            by = self.known.people.get(record.started_by_key)
            described = self.referring.written(record.description, {}).rendered.excerpt(500)
            community = Community(
                name=name,
                slug=slug,
                description=described,
                access=record.access,
                started_by_id=by.id if by else None,
                started_at=record.started_at or self.now,
                closed_at=self.now if record.is_closed else None,
            )
            batch[key] = (record, community)
        return batch

    def write(self, batch: dict[str, tuple[CommunityRecord, Community]]) -> list[Row]:
        """Writes a batch inside the caller's transaction."""
        communities = [community for _record, community in batch.values()]
        Community.objects.bulk_create(communities)
        CommunityWord.objects.bulk_create(
            CommunityWord(community=community, word=word)
            for community in communities
            for word in sorted(words_of(community.name, community.description))
        )
        rows = []
        for key, (record, community) in batch.items():
            self.known.communities[record.key] = self.known.communities[key] = community.pk
            self.known.accesses[community.pk] = community.access
            rows.append(self.known.arrived(Sort.COMMUNITY, key, community.pk, named_as(community)))
        return rows

    def count(self, batch: dict[str, tuple[CommunityRecord, Community]]) -> None:
        """Tells the tally what came."""
        for record, _community in batch.values():
            self.tally.add(record)

    def write_memberships(self, records: list[MembershipRecord]) -> tuple[list[Row], list[MembershipRecord]]:
        """Writes who belongs where; whoever has left belongs nowhere, and a membership that ended stays ended."""
        key_of = self.doors.key_of
        before = self.known.memberships([key_of(record) for record in records])
        rows: dict[tuple[int, int], Membership] = {}
        came: list[MembershipRecord] = []
        arrived: dict[str, Row] = {}
        for record in records:
            community, whom = self.known.communities.get(record.community_key), self.known.people.get(record.person_key)
            key = key_of(record)
            if community is None or whom is None or key in before or key in arrived:
                continue
            if record.community_key in self.doors.widened:
                self.tally.note(reasons.MEMBER_OF_WIDER, record.where)
                continue
            if whom.came_as != whom.id and self.known.accesses.get(community) == Access.PRIVATE:
                self.tally.note(reasons.MEMBER_BY_WORD, record.where)
                continue
            arrived[key] = self.known.arrived(Sort.MEMBERSHIP, key, community)
            if not whom.is_here:
                self.tally.note(reasons.LEFT_MEMBER, record.where)
            elif (community, whom.id) not in rows:
                rows[community, whom.id] = Membership(
                    community_id=community,
                    person_id=whom.id,
                    is_tender=record.is_tender and whom.came_as == whom.id,
                    joined_at=self.now,
                )
                came.append(record)
        there = set(
            Membership.objects.filter(community__in={pair[0] for pair in rows}).values_list("community", "person")
        )
        fresh = [row for pair, row in rows.items() if pair not in there]
        Membership.objects.bulk_create(fresh)
        for community in {row.community_id for row in fresh}:
            count = sum(row.community_id == community for row in fresh)
            Community.objects.filter(pk=community).update(member_count=F("member_count") + count)
        return list(arrived.values()), came

    def give_tenders(self, communities: Iterable[int]) -> None:
        """A private community that nobody looks after is looked after by its first member: no steward can see it."""
        for pk in communities:
            members = Membership.objects.filter(community=pk, community__access="private").order_by("pk")
            first = members.first()
            if first is not None and not members.filter(is_tender=True).exists():
                Membership.objects.filter(pk=first.pk).update(is_tender=True)

    def _free_name(self, record: CommunityRecord, names: set[str]) -> str:
        base = " ".join(record.name.split())[:80] or record.key[:80]
        place = self.known.place.format.capitalize()
        name, nth = base, 1
        while name.casefold() in names or self._is_taken(name):
            suffix = f" ({place})" if nth == 1 else f" ({place} {nth})"
            name, nth = base[: 80 - len(suffix)] + suffix, nth + 1
        return name

    def _is_taken(self, name: str) -> bool:
        return Community.objects.filter(name__iexact=name, access__in=SEEN_BY_ALL, closed_at=None).exists()
