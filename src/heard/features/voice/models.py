"""Sealed conversations and whom they are sealed for: no person, no address, no order of arrival, no day but Mondays."""

from secrets import token_hex

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def drawn_commitment() -> str:
    """What stands where no text is offered: it looks like a commitment, and no text fits it."""
    return token_hex(32)


class Kind(models.TextChoices):
    """What somebody wants to be heard with."""

    THOUGHT = "thought", _("Thought")
    QUESTION = "question", _("Question")
    CONCERN = "concern", _("Concern")
    REPORT = "report", _("Report of wrongdoing")


class State(models.TextChoices):
    """How far the listeners are, as the writer sees it too."""

    SENT = "sent", _("Sent")
    SEEN = "seen", _("Seen")
    ANSWERED = "answered", _("Answered")
    DECIDED = "decided", _("Decided")
    DONE = "done", _("Done")
    HIDDEN = "hidden", _("Hidden")


class Because(models.TextChoices):
    """Why a conversation was hidden. A choice and no words of the listener, which would lie here unsealed."""

    ABUSE = "abuse", _("It only insults somebody")
    PRIVATE = "private", _("It tells private things of somebody else")
    ADVERT = "advert", _("It is an advertisement, or sent by a machine")
    REPEATED = "repeated", _("It was said before, in another conversation")
    ELSEWHERE = "elsewhere", _("It has to go somewhere else, and the last message says where")


class ListenerKey(models.Model):
    """What is sealed for a listener: a public key, the name shown beside it, and the private key as only they open it.

    Whose it is stands with the desk. A key that is retired gets nothing new.
    """

    code = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=150)
    public = models.BinaryField()
    wrapped = models.JSONField()
    is_retired = models.BooleanField(default=False)


class Audience(models.Model):
    """Which keys hear a group of a ballot; the group without a code is everybody else."""

    group = models.CharField(max_length=32, primary_key=True)
    ballot = models.CharField(max_length=32, blank=True, default="")
    listeners = models.JSONField(default=list)


class Salt(models.Model):
    """What the receipts of this installation are stretched with: one row, made once, and published."""

    code = models.CharField(max_length=10, primary_key=True, default="receipts")
    value = models.CharField(max_length=64)


class Thread(models.Model):
    """A conversation. `lookup` is a hash of what only the receipt gives; `wrapped` the writer's key as it opens it.

    What came in since the clock last looked is not delivered yet, and what the writer or a listener touched is not
    settled: the row is written anew. `week` and the others are Mondays; `here_week` is overwritten whenever the writer
    comes. `offered` is a commitment to the text that a listener would open to everyone; drawn by lot where there is
    none, and a hash that only the sealed offer explains where it was opened, so that no conversation differs by it.
    `hidden_week` and `shown_week` say when it was hidden and taken back, so that the public number of the hidden moves
    on Mondays only. `decided_week` says since when it is decided or done; hiding it leaves that as it is.
    """

    code = models.CharField(max_length=32, primary_key=True)
    group = models.CharField(max_length=32, blank=True, default="")
    ballot = models.CharField(max_length=32, blank=True, default="")
    kind = models.CharField(max_length=10, choices=Kind)
    week = models.DateField()
    here_week = models.DateField()
    expires_on = models.DateField()
    lookup = models.CharField(max_length=64, unique=True)
    public = models.BinaryField()
    wrapped = models.BinaryField()
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    because = models.CharField(max_length=10, choices=Because, blank=True, default="")
    answered_week = models.DateField(null=True)
    decided_week = models.DateField(null=True)
    hidden_week = models.DateField(null=True)
    shown_week = models.DateField(null=True)
    offered = models.CharField(max_length=64, default=drawn_commitment)
    is_delivered = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(because="") | Q(state="hidden"), name="thread_is_hidden_for_a_reason_or_not"
            ),
        ]


class From(models.TextChoices):
    """Who wrote a message: the writer, a listener to all, or a listener to listeners."""

    WRITER = "writer", _("The writer")
    LISTENER = "listener", _("A listener")
    NOTE = "note", _("A note between listeners")


class Message(models.Model):
    """One message: words and pictures under a key of its own, and that key sealed for each reader (`boxes`).

    `place` counts within the conversation; what is delivered stands before what is not.
    """

    code = models.CharField(max_length=32, primary_key=True)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    place = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=10, choices=From)
    week = models.DateField()
    sealed = models.BinaryField()
    boxes = models.JSONField()
    is_delivered = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "place"], name="message_has_its_place")]


class Opened(models.Model):
    """A text that its writer opened to everyone; nothing leads from here to the conversation it came from.

    `code` is a hash with the salt of the offer, which lies sealed in the conversation: who reads that knows it again.
    Until the day of `waits_until` nobody hears of it, and then that day is forgotten.
    """

    code = models.CharField(max_length=32, primary_key=True)
    text = models.TextField()
    group = models.CharField(max_length=32, blank=True, default="")
    week = models.DateField()
    waits_until = models.DateField(null=True)
