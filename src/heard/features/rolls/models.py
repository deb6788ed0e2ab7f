"""The rolls: who may speak under which ballot, in which group, and whether a token was issued in their name.

Nothing here says what a token was used for, and of the issuing neither time nor order is kept: the rows of `Issued`
have ids drawn by lot, and `actions.shuffling` writes them anew in an order drawn by lot.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.plumbing.ids import drawn_code

PERSON = settings.AUTH_USER_MODEL


class What(models.TextChoices):
    """What a ballot is for, in the words of the heart."""

    PULSE = "pulse", _("pulse")
    POLL = "poll", _("poll")
    VOICE = "voice", _("voice")
    VOTE = "vote", _("vote")


class Roll(models.Model):
    """The frozen list of one ballot. `page` is what a member's browser needs to answer without asking again.

    `moves` lists who changed units in the week before, by name. `shuffled` is how many rows of `Issued` there were
    when they were written anew last.
    """

    ballot = models.CharField(max_length=32, unique=True)
    what = models.CharField(max_length=5, choices=What)
    k = models.PositiveSmallIntegerField()
    per_member = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)
    page = models.JSONField(default=dict)
    moves = models.JSONField(default=list)
    shuffled = models.PositiveIntegerField(default=0)


class Group(models.Model):
    """A part of a roll. Leaves have a key (`is_key`) and members; what stands above them only sums.

    `name` is frozen with the rest; `unit` may vanish.
    """

    code = models.CharField(max_length=32, unique=True, default=drawn_code)
    roll = models.ForeignKey(Roll, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=250)
    unit = models.ForeignKey("people.Unit", on_delete=models.SET_NULL, null=True, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    place = models.PositiveIntegerField(default=0)
    depth = models.PositiveSmallIntegerField(default=0)
    invited = models.PositiveIntegerField()
    is_key = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["roll", "place"], name="rolls_groups_in_order")]


class Member(models.Model):
    """That a person is on a roll, in one of its groups that have a key."""

    roll = models.ForeignKey(Roll, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "roll"], name="rolls_member_once")]
        indexes = [models.Index(fields=["group", "person"], name="rolls_members_of_group")]


class Issued(models.Model):
    """That a token was issued in a person's name; `digest` is of the blinded message, which tells nothing of it."""

    code = models.CharField(max_length=32, primary_key=True, default=drawn_code)
    roll = models.ForeignKey(Roll, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    nth = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roll", "person", "nth"], name="rolls_issued_once")]


class Wait(models.Model):
    """Until when somebody who came after the opening waits for their token; gone with it, or once the roll closed."""

    code = models.CharField(max_length=32, primary_key=True, default=drawn_code)
    roll = models.ForeignKey(Roll, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roll", "person"], name="rolls_wait_once")]


class Raised(models.Model):
    """That an administrator raised how small a group may be."""

    k = models.PositiveSmallIntegerField()
    raised_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    raised_at = models.DateTimeField()
