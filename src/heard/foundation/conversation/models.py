"""Threads, replies and what hangs on them.

The ids of threads and replies are made from the time they were said (`plumbing.ids`), so that newest first is
a walk down the primary key, also among what was imported later.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    """What the author meant a thread to be."""

    SHARE = "share", _("shared")
    ASK = "ask", _("question")
    SUGGEST = "suggest", _("idea")


class Stage(models.IntegerChoices):
    """How far round the loop a thread has come."""

    SAID = 0, _("said")
    ANSWERED = 1, _("answered")
    PROMISED = 2, _("promised")
    KEPT = 3, _("kept")


class Message(models.Model):
    """What threads and replies share: words by somebody, that may be edited, deleted by them, hidden by a tender.

    `reactions` counts by emoji; `unnamed_reactions` is the part of it that came from elsewhere without names.
    """

    id = models.BigIntegerField(primary_key=True)
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="%(class)s_set")
    source = models.TextField()
    html = models.TextField()
    excerpt = models.CharField(max_length=400, default="", blank=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_because = models.CharField(max_length=300, default="", blank=True)
    reactions = models.JSONField(default=dict, blank=True)
    unnamed_reactions = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    once = models.UUIDField(null=True, blank=True)
    preview = models.ForeignKey(
        "previews.Preview", models.SET_NULL, null=True, blank=True, related_name="%(class)s_set", db_index=False
    )
    is_reply: ClassVar[bool] = False

    class Meta:
        abstract = True

    @property
    def is_gone(self) -> bool:
        """Whether only a tombstone is left to see."""
        return self.deleted_at is not None or self.hidden_at is not None


def once_an_author(name: str) -> models.BaseConstraint:
    """Lets each author use a mark `once`: theirs are theirs, whatever marks others send."""
    return models.UniqueConstraint(fields=["author", "once"], condition=Q(once__isnull=False), name=name)


class Thread(Message):
    """What somebody said in a community. `is_listed` is whether lists show it: not gone and not merged away.

    `reply_count`, `newest_at`, `reactions` and `stage` are the summary that hot pages show; `version` grows with
    every change of what a card shows, so that a cached card is known by (id, version).
    """

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="threads")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SHARE)
    title = models.CharField(max_length=200, default="", blank=True)
    is_listed = models.BooleanField(default=True)
    reply_count = models.PositiveIntegerField(default=0)
    newest_at = models.DateTimeField()
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.SAID)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    pinned_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [once_an_author("thread_sent_once")]
        indexes = [
            models.Index(F("community"), F("id").desc(), name="thread_feed", condition=Q(is_listed=True)),
            models.Index(
                F("community"),
                F("id").desc(),
                name="thread_unanswered",
                condition=Q(is_listed=True, kind="ask", reply_count=0),
            ),
            models.Index(F("author"), F("id").desc(), name="thread_by_author", condition=Q(is_listed=True)),
            models.Index(fields=["community"], name="thread_pinned", condition=Q(pinned_at__isnull=False)),
            models.Index(fields=["preview"], name="thread_with_preview", condition=Q(preview__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title or self.excerpt[:60]


class Reply(Message):
    """An answer in a thread, or (with `parent`) to another reply: one level and no more."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="replies")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers")
    is_reply: ClassVar[bool] = True

    class Meta:
        constraints = [once_an_author("reply_sent_once")]
        indexes = [
            models.Index(fields=["thread", "id"], name="replies_of_thread"),
            models.Index(F("author"), F("id").desc(), name="reply_by_author"),
            models.Index(fields=["preview"], name="reply_with_preview", condition=Q(preview__isnull=False)),
        ]


class OnMessage(models.Model):
    """Something that hangs on a thread (`reply` empty) or on a reply of it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="%(class)s_set")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)s_set")

    class Meta:
        abstract = True


def once_a_message(name: str, *fields: str, condition: Q | None = None) -> list[models.BaseConstraint]:
    """Constraints that let `fields` stand once on each thread and once on each reply, on every database."""
    also = condition or Q()
    return [
        models.UniqueConstraint(
            fields=["thread", *fields], condition=Q(reply=None) & also, name=f"{name}_once_a_thread"
        ),
        models.UniqueConstraint(
            fields=["reply", *fields], condition=Q(reply__isnull=False) & also, name=f"{name}_once_a_reply"
        ),
    ]


class Reaction(OnMessage):
    """One emoji by one person on one message."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    emoji = models.CharField(max_length=40)
    reacted_at = models.DateTimeField()

    class Meta:
        constraints = once_a_message("reaction", "person", "emoji")


class Revision(OnMessage):
    """What a message said before an edit."""

    title = models.CharField(max_length=200, default="", blank=True)
    source = models.TextField()
    html = models.TextField()
    edited_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    edited_at = models.DateTimeField()


class Mention(OnMessage):
    """That a message names a person."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = once_a_message("mention", "person")
        indexes = [models.Index(F("person"), F("thread").desc(), name="mentions_of_person")]


class Hashtag(models.Model):
    """That a thread, in its words or a reply's, carries a tag; `tag` is folded."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="hashtags")
    tag = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "tag"], name="tag_once_a_thread")]
        indexes = [models.Index(F("tag"), F("thread").desc(), name="threads_of_tag")]


class Attachment(models.Model):
    """A file or picture. Until it is sent it belongs to nobody's thread and only its owner sees it.

    `description` is what a picture shows, in the writer's words, for those who cannot see it.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments")
    code = models.CharField(max_length=32, unique=True)
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    description = models.CharField(max_length=300, default="", blank=True)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=200, default="", blank=True)
    preview = models.CharField(max_length=200, default="", blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    uploaded_at = models.DateTimeField()

    @property
    def is_picture(self) -> bool:
        """Whether it is shown in place rather than offered as a download."""
        return self.width is not None

    @property
    def is_missing(self) -> bool:
        """Whether only its name is known, as of files that an archive names and does not hold."""
        return not self.path


class Save(models.Model):
    """That a person keeps a thread for later."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="saves")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="save_once")]


class ReadMark(models.Model):
    """How far a person had read in the newest threads."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, primary_key=True, related_name="+")
    read_to = models.BigIntegerField(default=0)


class Report(OnMessage):
    """That somebody asks the tenders and stewards to look at a message."""

    reported_by = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    because = models.CharField(max_length=500)
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = once_a_message("open_report", "reported_by", condition=Q(settled_at=None))
