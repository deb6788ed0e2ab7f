"""Announcing: the groups are frozen, every group gets its key, and everybody on the roll is told."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from heard.features.asks.errors import AnnouncedTooLate
from heard.features.asks.models import Ask, Kind, Question, Sort
from heard.features.asks.queries import ask_by_id, questions_of
from heard.features.asks.rules import LONGEST_COMMENT, is_late
from heard.features.ballots import actions as ballots
from heard.features.rolls.actions import freeze
from heard.features.rolls.queries import Audience, member_ids
from heard.foundation.communities.queries import readers_among
from heard.foundation.notices.actions import tell
from heard.foundation.notices.models import Why
from heard.foundation.record.actions import happened
from heard.plumbing.refusals import Refusal

if TYPE_CHECKING:
    from heard.features.rolls.models import Roll


class AnnouncedAlready(Exception):
    """Another worker was quicker, or it was withdrawn meanwhile; the roll that was made for nothing is rolled back."""


def announce(ask_id: int) -> None:
    """Freezes the audience and tells everybody in it; twice changes nothing.

    Where it is refused, the ask says why, and whoever asked is told.
    """
    ask = ask_by_id(ask_id)
    if ask.ballot or ask.refused or ask.withdrawn_at:
        return
    try:
        refuse_late(ask, timezone.now())
        freeze(
            by=ask.author,
            audience=audience_of(ask),
            what=ask.kind,
            page=page_of(ask),
            questions=[in_the_heart(question) for question in questions_of(ask)],
            opens_at=ask.opens_at,
            closes_at=ask.closes_at,
            then=lambda roll: announced(ask, roll),
        )
    except AnnouncedAlready:
        return
    except Refusal as refusal:
        refused(ask, str(refusal)[:300])


def refuse_late(ask: Ask, now: datetime) -> None:
    """Raises AnnouncedTooLate."""
    if is_late(now, ask.opens_at, is_pulse=ask.kind == Kind.PULSE):
        raise AnnouncedTooLate


@transaction.atomic
def refused(ask: Ask, why: str) -> None:
    """Notes why it is not announced, and tells whoever asked, once."""
    waiting = Ask.objects.filter(pk=ask.pk, ballot=None, refused="", withdrawn_at=None)
    if not waiting.update(refused=why):
        return
    happened("ask.refused", ask, by=None, why=why)
    if ask.author_id:
        address = f"/asks/{ask.code}/"
        tell([ask.author_id], Why.NOT_ASKED, ask, by=None, address=address, title=ask.title, words=why)


def audience_of(ask: Ask) -> Audience:
    """Whom it goes to."""
    return Audience(units=ask.units, community=ask.community_id, is_together=ask.kind == Kind.VOTE)


def page_of(ask: Ask) -> dict[str, object]:
    """What a browser needs to show it without asking again, and whose words these are if not everybody's."""
    questions = [
        {
            "code": question.code,
            "kind": question.kind,
            "text": question.text,
            "options": question.options,
            "is_reversed": question.is_reversed,
        }
        for question in questions_of(ask)
    ]
    page = {"title": ask.title, "intro": ask.intro, "questions": questions, "ask_url": f"/asks/{ask.code}/"}
    return page | ({"community": ask.community_id} if ask.community_id else {})


def in_the_heart(question: Question) -> ballots.Question:
    """What the heart knows of a question: how it is answered, not what it asks."""
    return ballots.Question(
        question.code,
        question.kind,
        options=len(question.options) if question.kind == Sort.CHOICE else 0,
        longest=LONGEST_COMMENT if question.kind == Sort.COMMENT else 0,
    )


def announced(ask: Ask, roll: "Roll") -> None:
    """Notes it within the transaction that writes the roll, and tells everybody. Raises AnnouncedTooLate.

    It is looked at once more whether there is time enough: making keys takes a while.
    """
    now = timezone.now()
    refuse_late(ask, now)
    waiting = Ask.objects.filter(pk=ask.pk, ballot=None, withdrawn_at=None)
    if not waiting.update(ballot=roll.ballot, announced_at=now):
        raise AnnouncedAlready
    happened("ask.announced", ask, by=ask.author, ballot=roll.ballot)
    if ask.kind == Kind.PULSE:  # the others open the next morning, which is told soon enough
        tell_all(ask, roll, _("It opens on %(day)s. Nothing has to be done before.") % {"day": day_of(ask.opens_at)})


def tell_all(ask: Ask, roll: "Roll", words: str) -> None:
    """Tells everybody on the roll, whether they answered or not: nobody knows.

    What a community asks itself is told to those who may still read it: a title says what it speaks of.
    """
    people = set(member_ids(roll))
    tell(
        sorted(people if ask.community is None else readers_among(ask.community, people)),
        Why.ASK,
        ask,
        by=ask.author,
        address=f"/asks/{ask.code}/",
        title=ask.title,
        words=words,
    )


def day_of(at: datetime) -> str:
    """A day as people say it."""
    return date_format(localtime(at), "DATE_FORMAT")


def told_once(ask: Ask, field: str, words: str, roll: "Roll") -> None:
    """Tells everybody unless that was done, which `field` says."""
    with transaction.atomic():
        if Ask.objects.filter(pk=ask.pk, **{field: None}).update(**{field: timezone.now()}):
            tell_all(ask, roll, words)
