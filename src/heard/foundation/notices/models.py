"""Notices: what a person is told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """Why somebody is told; each has words, and later a switch of its own."""

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


class Notice(models.Model):
    """One thing one person is told. Ids sort by time; `about_id` is a thread, community or person by `about`."""

    id = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    why = models.CharField(max_length=20, choices=Why)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    about = models.CharField(max_length=20)
    about_id = models.BigIntegerField()
    address = models.CharField(max_length=300)
    words = models.CharField(max_length=300, default="", blank=True)
    told_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-id"], name="notices_of_person"),
            models.Index(fields=["person"], name="notices_unseen", condition=models.Q(seen_at=None)),
            models.Index(fields=["about_id"], name="notices_about"),
        ]
