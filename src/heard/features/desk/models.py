"""Listeners, their keys, the groups they hear, and who of them did what: the side of conversations that is named."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.plumbing.ids import drawn_code

PERSON = settings.AUTH_USER_MODEL


class Listener(models.Model):
    """That somebody with the role is named as a listener: for everybody, or for a unit and what is below it."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("people.Unit", on_delete=models.CASCADE, null=True, related_name="+")
    named_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(unit=None), name="listener_once_for_all"),
            models.UniqueConstraint(
                fields=["person", "unit"], condition=models.Q(unit__isnull=False), name="listener_once_a_unit"
            ),
        ]


class Held(models.Model):
    """Whose a key of a listener is. Of several, the newest is in use; older ones open what was written for them.

    Messages name the keys they are sealed for, so that the moment of a key would bound the moment of a message: it has
    the Monday of its week, and its place among the keys of this person.
    """

    key = models.CharField(max_length=32, primary_key=True)
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    week = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="held_key_has_its_place")]


class Month(models.Model):
    """A month in which members speak under its tokens; several in a row leave no gap."""

    ballot = models.CharField(max_length=32, primary_key=True)
    opens_at = models.DateTimeField(unique=True)
    closes_at = models.DateTimeField(db_index=True)


class Circle(models.Model):
    """A group of a month by its code in the heart, as it was called and counted when it was frozen."""

    group = models.CharField(max_length=32, primary_key=True)
    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="circles")
    name = models.CharField(max_length=250)
    invited = models.PositiveIntegerField()
    unit = models.ForeignKey("people.Unit", on_delete=models.SET_NULL, null=True, related_name="+")


class What(models.TextChoices):
    """What a listener did with a conversation."""

    SEEN = "seen", _("opened it")
    REPLIED = "replied", _("replied")
    NOTED = "noted", _("left a note")
    DECIDED = "decided", _("decided")
    DONE = "done", _("is done with it")
    HID = "hid", _("hid it")
    SHOWED = "showed", _("took it back onto the desk")
    OFFERED = "offered", _("offered to open it")


class Handling(models.Model):
    """That a listener did something with a conversation, in a week: a moment would bound when it was written.

    An id that counts would tell an order, so it is drawn by lot; what is not settled is written anew by the clock.
    """

    code = models.CharField(max_length=32, primary_key=True, default=drawn_code)
    thread = models.CharField(max_length=32, db_index=True)
    person = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    week = models.DateField()
    is_settled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "person", "what", "week"], name="handling_once_a_week"),
        ]
