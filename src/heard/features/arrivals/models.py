"""Where things came from, each time an archive was brought in, and what became of everything in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a run has come."""

    READING = "reading", _("being read through")
    WAITING = "waiting", _("read through, and waiting for a yes")
    AGREED = "agreed", _("about to be brought in")
    RUNNING = "running", _("being brought in")
    DONE = "done", _("brought in")
    STOPPED = "stopped", _("stopped")
    LEAVING = "leaving", _("being taken back")
    LEFT = "left", _("taken back")


class Place(models.Model):
    """Somewhere things come from: a workspace, a forum, a personnel department. Its exports share their keys."""

    format = models.CharField(max_length=20)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["format", "name"], name="place_once")]

    def __str__(self) -> str:
        return f"{self.format} {self.name}"


class Run(models.Model):
    """One archive that somebody brings in.

    `forecast` is what reading it through found, `counts` what came so far; both are tallies as JSON. `file` is where
    an upload lies until the run is over, below the folder of arrivals; empty on the command line. `choices` says
    what of it was wanted (see `formats.choices`), `process` which process reads or writes it, `kept` what could not be
    taken back, by reason, and `went` what was, by sort, and `of` how much in all.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="runs")
    format = models.CharField(max_length=20)
    source = models.CharField(max_length=255)
    file = models.CharField(max_length=200, default="", blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    is_writing = models.BooleanField(default=False)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    forecast = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    because = models.CharField(max_length=500, default="", blank=True)
    choices = models.JSONField(default=dict, blank=True)
    process = models.CharField(max_length=120, default="", blank=True)
    kept = models.JSONField(default=dict, blank=True)
    went = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_writing"], condition=models.Q(is_writing=True), name="one_run_writes_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.source


class Sort(models.IntegerChoices):
    """What a key of a place stands for."""

    PERSON = 1
    COMMUNITY = 2
    MEMBERSHIP = 3
    THREAD = 4
    REPLY = 5
    UNIT = 6


class Arrived(models.Model):
    """That something of a place is here: what its key there is and what its id here. Nothing comes twice.

    Threads and replies are told apart by `sort`; `words` is a fingerprint of what a message said, or
    how somebody or a community was called, when it came.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    sort = models.PositiveSmallIntegerField(choices=Sort)
    key = models.CharField(max_length=255)
    target = models.BigIntegerField()
    words = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "key", "sort"], name="arrived_once")]
        indexes = [models.Index(fields=["run", "sort"], name="arrived_in_run")]


class Mark(models.Model):
    """What the source said of a message and no table here holds yet: that it was accepted, or what its votes were."""

    class What(models.TextChoices):
        """Which of them."""

        ACCEPTED = "accepted", _("accepted answer")
        SCORE = "score", _("votes")

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    message = models.BigIntegerField()
    what = models.CharField(max_length=10, choices=What)
    number = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "what"], name="mark_once_a_message")]


class Mended(models.Model):
    """That a later archive changed a message: `revision` is what it said before, `words` the fingerprint of that."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    revision = models.OneToOneField("conversation.Revision", on_delete=models.CASCADE, related_name="+")
    words = models.BigIntegerField()


class Joining(models.Model):
    """That a steward said who somebody from an archive is: what `newcomer` said counts as said by `account`."""

    newcomer = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    joined_at = models.DateTimeField()


class Moved(models.Model):
    """A row that went from a newcomer to an account, so that it can go back: its table and its id."""

    class Table(models.IntegerChoices):
        """Which table."""

        THREAD = 1
        REPLY = 2
        REACTION = 3
        MENTION = 4
        MEMBERSHIP = 5
        ATTACHMENT = 6
        TENDING = 7

    joining = models.ForeignKey(Joining, on_delete=models.CASCADE, related_name="moved")
    table = models.PositiveSmallIntegerField(choices=Table)
    row = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["joining", "table"], name="moved_by_joining")]
