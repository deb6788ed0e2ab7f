"""What the demo company's people were told, saved and had read by now."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from heard.demo.conversing import Said
from heard.foundation.communities.models import Access, Community, JoinRequest, Level, Membership
from heard.foundation.conversation.actions.writing import address_of
from heard.foundation.conversation.models import ReadMark, Reply, Report, Save, Thread
from heard.foundation.notices.models import Notice, Why
from heard.foundation.people.models import Follow, Person
from heard.foundation.people.queries import stewards
from heard.plumbing.ids import timed_id

TOLD_FOR = timedelta(days=30)
SEEN_UNTIL = timedelta(days=1)
READ_UNTIL = timedelta(hours=7, minutes=30)
SAVED = ("Parkingi między", "What to write when", "Payroll dates", "Rule of thumb", "A yard book")
"""How threads begin that the ordinary member keeps."""
REPORTED = ("We lost Harcastle", "lidia", "A debrief is confidential: may we name the customer here?")


class Herald:
    """Makes notices as the actions would have, for those who may read and have not muted."""

    def __init__(self, memberships: list[Membership], *, now: datetime) -> None:
        self.now = now
        self.notices: list[Notice] = []
        self.levels = {(row.community_id, row.person_id): row.level for row in memberships}
        self.eager: dict[int, list[Person]] = {}
        for row in memberships:
            if row.level == Level.EVERYTHING:
                self.eager.setdefault(row.community_id, []).append(row.person)

    def tell(
        self,
        person: Person,
        why: Why,
        by: Person,
        at: datetime,
        about: Thread | Community | Person,
        address: str,
        title: str = "",
        words: str = "",
    ) -> None:
        """One notice, unseen where it is of the last day."""
        if person.pk == by.pk or person.left_at or at < self.now - TOLD_FOR:
            return
        self.notices.append(
            Notice(
                id=timed_id(at, len(self.notices)),
                person=person,
                why=why,
                by=by,
                about=about._meta.model_name or "",
                about_id=about.pk,
                address=address,
                title=title[:200],
                words=words[:300],
                told_at=at,
                seen_with=0 if at < self.now - SEEN_UNTIL else None,
            )
        )

    def tell_of_words(self, said: Said) -> None:
        """Mentions, replies, and threads for those who want to be told of everything."""
        for thread, reply, why, person in self._readers(said):
            level = self.levels.get((thread.community_id, person.pk))
            if level == Level.MUTE or (level is None and thread.community.access != Access.OPEN):
                continue
            message = reply or thread
            title, words = (str(thread), reply.excerpt) if reply else (thread.title, thread.excerpt)
            self.tell(person, why, message.author, message.created_at, thread, address_of(thread, reply), title, words)

    def _readers(self, said: Said) -> Iterator[tuple[Thread, Reply | None, Why, Person]]:
        named: dict[int, list[Person]] = {}
        for mention in said.mentions:
            named.setdefault((mention.reply or mention.thread).pk, []).append(mention.person)
        for thread in said.threads:
            mentioned = named.get(thread.pk, [])
            yield from ((thread, None, Why.MENTION, person) for person in mentioned)
            eager = self.eager.get(thread.community_id, [])
            yield from ((thread, None, Why.THREAD, person) for person in eager if person not in mentioned)
        for reply in said.replies:
            mentioned = named.get(reply.pk, [])
            yield from ((reply.thread, reply, Why.MENTION, person) for person in mentioned)
            spoken_to = (person for person in _spoken_to(reply) if person not in mentioned)
            yield from ((reply.thread, reply, Why.REPLY, person) for person in spoken_to)

    def write(self) -> None:
        """All notices at once; of those about the same, the newest stands in the list."""
        newest = {
            (one.person_id, one.about, one.about_id): one.pk for one in sorted(self.notices, key=lambda one: one.pk)
        }
        for one in self.notices:
            one.is_listed = newest[one.person_id, one.about, one.about_id] == one.pk
        Notice.objects.bulk_create(self.notices, batch_size=300)


def _spoken_to(reply: Reply) -> list[Person]:
    """Whoever started the thread and whoever is answered, each once."""
    thread_author = reply.thread.author
    answered = reply.parent.author if reply.parent else thread_author
    return [thread_author] if answered.pk == thread_author.pk else [thread_author, answered]


def tell_of_requests(herald: Herald, requests: list[JoinRequest], memberships: list[Membership]) -> None:
    """Tenders hear who asks to come in."""
    for request in requests:
        for row in memberships:
            if row.is_tender and row.community_id == request.community_id:
                address = f"/communities/{request.community.slug}/waiting/"
                herald.tell(row.person, Why.REQUEST, request.person, request.asked_at, request.community, address)


def tell_of_follows(herald: Herald) -> None:
    """Whoever is followed knows by whom."""
    for row in Follow.objects.select_related("follower", "followed").order_by("id"):
        herald.tell(
            row.followed, Why.FOLLOW, row.follower, row.followed_at, row.follower, f"/people/{row.follower.handle}/"
        )


def report_something(herald: Herald, said: Said, cast: dict[str, Person], memberships: list[Membership]) -> None:
    """One report that waits for a tender and the stewards."""
    title, handle, because = REPORTED
    thread = next(thread for thread in said.threads if thread.title.startswith(title))
    at = herald.now - timedelta(hours=5)
    Report.objects.create(thread=thread, reported_by=cast[handle], because=because, reported_at=at)
    tenders = [row.person for row in memberships if row.is_tender and row.community_id == thread.community_id]
    for tender in tenders:
        address = f"/communities/{thread.community.slug}/waiting/"
        herald.tell(tender, Why.REPORT, cast[handle], at, thread, address, words=because)
    for steward in Person.objects.filter(pk__in=stewards()):
        herald.tell(steward, Why.REPORT, cast[handle], at, thread, "/reports/", words=because)


def keep_and_read(said: Said, cast: dict[str, Person], *, now: datetime) -> None:
    """What the ordinary member saved, and how far everybody who speaks had read."""
    member = cast["maya"]
    Save.objects.bulk_create(
        Save(person=member, thread=thread, saved_at=thread.created_at + timedelta(hours=9))
        for thread in said.threads
        if thread.title.startswith(SAVED) and thread.created_at < now - timedelta(hours=9)
    )
    read_to = timed_id(now - READ_UNTIL, 0)
    ReadMark.objects.bulk_create(ReadMark(person=person, read_to=read_to) for person in cast.values())
