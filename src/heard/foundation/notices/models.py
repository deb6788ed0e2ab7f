"""Notices: what a person is told, how they want to be told, and what went out to them."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Why(models.TextChoices):
    """Why somebody is told; each has words and a switch of its own."""

    MENTION = "mention", _("mentioned you")
    REPLY = "reply", _("replied to you")
    THREAD = "thread", _("started a thread")
    FOLLOW = "follow", _("follows you")
    REQUEST = "request", _("asks to join")
    ADMITTED = "admitted", _("let you in")
    REPORT = "report", _("reported something")
    SETTLED = "settled", _("looked at what you reported")
    TENDING = "tending", _("asked you to tend a community")
    MOVED = "moved", _("moved your thread to another community")
    MERGED = "merged", _("made your thread part of another")
    MUST_READ = "must-read", _("asks you to read something")
    ASK = "ask", _("asks you something")
    NOT_ASKED = "not-asked", _("could not announce what you asked")


class Way(models.TextChoices):
    """How a notice reaches somebody."""

    APP = "app", _("Here")
    MAIL = "mail", _("Mail")
    DIGEST = "digest", _("Digest")
    PUSH = "push", _("Devices")


class Rhythm(models.TextChoices):
    """How often somebody gets a digest."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every Monday")
    NEVER = "never", _("Never")


class Notice(models.Model):
    """One thing one person is told. Ids sort by time; `about_id` is a thread, community or person by `about`.

    What is about the same is one fold; the list shows its newest notice (`is_listed`), which speaks for the rest.
    `title` is what the thing is called, `words` what was said. `seen_with` is empty until it was seen; then it is the
    number, drawn by lot, of the gesture that can be taken back, or 0. When it was seen is kept nowhere: whoever opens
    what asks them something mostly answers next.
    """

    id = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="notices")
    why = models.CharField(max_length=20, choices=Why)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    about = models.CharField(max_length=20)
    about_id = models.BigIntegerField()
    address = models.CharField(max_length=300)
    title = models.CharField(max_length=200, default="", blank=True)
    words = models.CharField(max_length=300, default="", blank=True)
    told_at = models.DateTimeField()
    seen_with = models.BigIntegerField(null=True, blank=True)
    is_listed = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(F("person"), F("id").desc(), name="notices_listed", condition=Q(is_listed=True)),
            models.Index(F("person"), F("about_id"), F("id").desc(), name="notices_of_fold"),
            models.Index(fields=["person", "is_listed"], name="notices_not_seen", condition=Q(seen_with=None)),
            models.Index(fields=["about_id"], name="notices_about"),
        ]

    @property
    def is_seen(self) -> bool:
        """Whether its reader saw it."""
        return self.seen_with is not None


class Switch(models.Model):
    """That a person wants it otherwise than most: one way of one kind, a whole kind (no `way`), or a thread (no `why`).

    `about_id` is a thread that is muted, and 0 for all other switches.
    """

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=20, choices=Why, default="", blank=True)
    way = models.CharField(max_length=10, choices=Way, default="", blank=True)
    about_id = models.BigIntegerField(default=0)
    is_on = models.BooleanField(default=False)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "about_id", "why", "way"], name="switch_once")]


class Preferences(models.Model):
    """When a person wants to be reached outside these pages, how often, and when the next digest is due.

    Times are those of the person's own time zone. Nobody has to have a row: `Preferences(pk=person)` is what most want.
    """

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, primary_key=True, related_name="+")
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.DAILY)
    digest_hour = models.PositiveSmallIntegerField(default=7)
    quiet_from = models.TimeField(default=time(20))
    quiet_until = models.TimeField(default=time(7))
    is_quiet_at_weekends = models.BooleanField(default=True)
    most_mails = models.PositiveSmallIntegerField(default=5)
    most_pushes = models.PositiveSmallIntegerField(default=10)
    digest_due_at = models.DateTimeField(null=True, blank=True)
    digest_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["digest_due_at", "person"], name="digests_due", condition=Q(digest_due_at__isnull=False)
            )
        ]


class Delivery(models.Model):
    """That a notice is to go out by mail or push: once, and not before `due_at`. `outcome` is empty while it waits."""

    class Outcome(models.TextChoices):
        """What became of it."""

        WAITS = "", _("waits")
        SENT = "sent", _("sent")
        DIGEST = "digest", _("left to the digest")
        NEEDLESS = "needless", _("no longer needed")

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=10, choices=Way)
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITS, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "way"], name="delivered_once_a_way")]
        indexes = [models.Index(fields=["way", "person", "due_at"], name="deliveries_waiting", condition=Q(outcome=""))]


class Spent(models.Model):
    """How many mails or pushes a person got on one day of theirs."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    way = models.CharField(max_length=10, choices=Way)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "way", "day"], name="spent_once_a_day")]


class Device(models.Model):
    """A browser that shows notices while no page is open: its push subscription, as the browser gave it.

    `silences` and `refusals` are those of its push service since it took something last.
    """

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="devices")
    endpoint = models.CharField(max_length=1000)
    endpoint_hash = models.CharField(max_length=64, unique=True)
    public_key = models.CharField(max_length=100)
    secret = models.CharField(max_length=40)
    label = models.CharField(max_length=80, default="", blank=True)
    added_at = models.DateTimeField()
    silences = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)
