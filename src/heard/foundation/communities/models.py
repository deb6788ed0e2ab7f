"""Communities, their members, and those who ask to join."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    """Who may see and join."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("by request")
    PRIVATE = "private", _("private")


class Level(models.TextChoices):
    """What a member wants to be told of."""

    EVERYTHING = "everything", _("everything")
    MENTIONS = "mentions", _("mentions")
    DIGEST = "digest", _("digest")
    MUTE = "mute", _("nothing")


class Community(models.Model):
    """A place that staff made for themselves. Counts are kept by the actions."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=90, unique=True, allow_unicode=True)
    description = models.CharField(max_length=500, default="", blank=True)
    welcome = models.TextField(default="", blank=True)
    welcome_html = models.TextField(default="", blank=True)
    access = models.CharField(max_length=10, choices=Access, default=Access.OPEN)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    member_count = models.PositiveIntegerField(default=0)
    thread_count = models.PositiveIntegerField(default=0)
    newest_thread_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-member_count", "id"], name="community_by_size"),
            models.Index(fields=["name", "id"], name="community_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open_to_words(self) -> bool:
        """Whether anything new may be said here."""
        return self.closed_at is None


class CommunityWord(models.Model):
    """One folded word of a community's name or description, by which it is found."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "word"], name="word_once_a_community")]
        # For PostgreSQL, by letters and not by the rules of a language, so that the beginning of a word is looked up.
        indexes = [
            models.Index(
                fields=["word", "community"], name="word_to_community", opclasses=["varchar_pattern_ops", "int8_ops"]
            )
        ]


class Membership(models.Model):
    """That a person belongs to a community; `is_tender` says that they look after it."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    is_tender = models.BooleanField(default=False)
    level = models.CharField(max_length=12, choices=Level, default=Level.MENTIONS)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "community"], name="member_once")]
        indexes = [
            models.Index(fields=["community", "id"], name="members_of_community"),
            models.Index(fields=["community", "level", "person"], name="members_by_level"),
            models.Index(fields=["community"], name="tenders_of_community", condition=Q(is_tender=True)),
        ]


class JoinRequest(models.Model):
    """That a person asks to join a closed community, and what became of it."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=500, default="", blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    was_admitted = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"], condition=Q(decided_at=None), name="one_open_request_each"
            )
        ]
