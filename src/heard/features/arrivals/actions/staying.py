"""What of a run stays when it is taken back, and why: each message under the first reason that holds it."""

from collections.abc import Iterable, Mapping
from zlib import crc32

from django.db.models import Q, QuerySet

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.models import Arrived, Mended, Run, Sort
from heard.foundation.communities.models import Community
from heard.foundation.conversation.models import Reaction, Reply, Report, Revision, Save

_MOST_LOOKED_AT = 5_000


class Staying:
    """Messages of one part of a run that stay, by id, with the reason."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.why: dict[int, str] = {}

    def add(self, ids: Iterable[int | None], reason: str) -> None:
        """Keeps these, if nothing keeps them yet."""
        for pk in ids:
            if pk is not None:
                self.why.setdefault(pk, reason)

    def answered(self, replies: QuerySet[Reply], what: str) -> None:
        """Keeps what replies answer: those of colleagues, of a later run, or of this run, which stay.

        Why is asked of so many replies; that they answer something keeps it in any case.
        """
        answers = dict(replies.order_by("-pk").values_list("pk", what)[:_MOST_LOOKED_AT])
        if not answers:
            return
        later = later_runs(self.run, Sort.REPLY, answers)
        mine = Arrived.objects.filter(run=self.run, sort=Sort.REPLY, target__in=list(answers))
        own = set(mine.values_list("target", flat=True))
        self.add((answers[pk] for pk in answers if pk not in later and pk not in own), reasons.ANSWERED_SINCE)
        for pk, run in later.items():
            self.add([answers[pk]], in_later_run(run))
        self.add((answers[pk] for pk in own), reasons.MESSAGE_STAYS)
        self.add(replies.order_by().values_list(what, flat=True).distinct(), reasons.ANSWERED_SINCE)

    def carry(self, parents: Mapping[int, int | None]) -> None:
        """Keeps what is answered by what stays, however far up; `parents` are those of the part."""
        for pk in list(self.why):
            above = parents.get(pk)
            while above is not None and above not in self.why:
                self.why[above] = reasons.MESSAGE_STAYS
                above = parents.get(above)


def in_later_run(number: int) -> str:
    """The reason why something waits for another run to be taken back."""
    return f"{reasons.LATER_RUN} {number}"


def later_runs(run: Run, sort: Sort, targets: Iterable[int]) -> dict[int, int]:
    """Those of the targets that came with other runs of the place, with the number of the run."""
    others = list(Run.objects.filter(place=run.place).exclude(pk=run.pk).values_list("pk", flat=True))
    if not others:
        return {}
    found = Arrived.objects.filter(run__in=others, sort=sort, target__in=list(targets))
    return dict(found.values_list("target", "run"))


def changed_here(where: Q, name: str) -> set[int]:
    """Messages that somebody changed here, and no archive."""
    mended = Mended.objects.values("revision")
    return set(Revision.objects.filter(where).exclude(pk__in=mended).values_list(f"{name}_id", flat=True))


def touched_since(run: Run, ids: list[int], name: str) -> set[int]:
    """Messages that somebody reacted to, saved or reported since the run began."""
    where = Q(**{f"{name}__in": ids}) if name == "reply" else Q(thread__in=ids, reply=None)
    touched = set(Reaction.objects.filter(where, reacted_at__gte=run.begun_at).values_list(f"{name}_id", flat=True))
    touched.update(Report.objects.filter(where).values_list(f"{name}_id", flat=True))
    if name == "thread":
        touched.update(Save.objects.filter(thread__in=ids).values_list("thread", flat=True))
    return touched


def named_as(community: Community) -> int:
    """A fingerprint of what a community says of itself, and who may see it."""
    said = f"{community.name}|{community.description}|{community.access}|{community.closed_at is None}"
    return crc32(said.encode("utf-8", "replace")) + 1
