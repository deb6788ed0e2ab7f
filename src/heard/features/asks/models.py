"""What the organisation asks its staff, and the ledger of everything that was ever shown of the answers.

An ask points at its ballot by code; the ballot knows nothing of it. No answer is kept here.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heard.plumbing.ids import drawn_code

PERSON = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    """What is asked."""

    PULSE = "pulse", _("pulse")
    POLL = "poll", _("poll")
    VOTE = "vote", _("vote")


class Sort(models.TextChoices):
    """How a question is answered, in the words of the heart."""

    RECOMMEND = "recommend", _("0 to 10")
    AGREE = "agree", _("agreement")
    CHOICE = "choice", _("choice")
    COMMENT = "comment", _("words")
    VOTE = "vote", _("vote")


class Ask(models.Model):
    """Something asked of everybody, of whole subtrees (`units`, ids) or of a community.

    It is written first and announced by the worker, which makes the keys: then it has a `ballot`. Where that was not
    possible, `refused` says why. `before` is the run before it of the same schedule; `about` names what a vote is on.
    `closed_at` is set once the last answers were released. What was withdrawn before it opened never opens.
    """

    code = models.CharField(max_length=32, unique=True, default=drawn_code)
    kind = models.CharField(max_length=5, choices=Kind)
    title = models.CharField(max_length=150)
    intro = models.TextField(default="", blank=True)
    author = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    ballot = models.CharField(max_length=32, unique=True, null=True)  # noqa: DJ001 - two without one may stand side by side
    is_for_all = models.BooleanField(default=False)
    units = models.JSONField(default=list, blank=True)
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, null=True, related_name="+")
    about = models.CharField(max_length=64, default="", blank=True, db_index=True)
    written_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)
    every_weeks = models.PositiveSmallIntegerField(default=0)
    before = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, related_name="after")
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    announced_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=300, default="", blank=True)
    opening_told_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="ask_opens_before_it_closes", condition=Q(opens_at__lt=models.F("closes_at"))),
        ]
        indexes = [models.Index(fields=["closed_at", "closes_at"], name="asks_under_way")]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question. `topic` is the same wherever the same is asked, so that the auditor sees it across asks."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="questions")
    nth = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Sort)
    text = models.CharField(max_length=1000)
    options = models.JSONField(default=list, blank=True)
    is_reversed = models.BooleanField(default=False)
    ready_set = models.CharField(max_length=20, default="", blank=True)
    topic = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "nth"], name="asks_question_in_order")]

    def __str__(self) -> str:
        return self.text


class Shown(models.Model):
    """One release of one question: what was shown, and to the auditor alone, how many answers stood where."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="shown")
    number = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=64)
    day = models.DateField()
    entry = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="asks_shown_once_a_number")]
        indexes = [models.Index(fields=["topic", "day"], name="asks_shown_by_topic")]
