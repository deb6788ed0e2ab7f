"""What is known of the page behind a link."""

from django.db import models


class Preview(models.Model):
    """A page as its site shows it to others. Messages point here; what none points at is forgotten.

    `digest` is of the address and of where it was said: what is known in one community is not known in another.
    `code` is how its picture is asked for. Nothing is shown before `fetched_at`, nor without a `title`.
    """

    digest = models.CharField(max_length=64, unique=True)
    url = models.TextField()
    wanted_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True, blank=True)
    failed_because = models.CharField(max_length=60, default="", blank=True)
    title = models.CharField(max_length=200, default="", blank=True)
    description = models.CharField(max_length=300, default="", blank=True)
    site = models.CharField(max_length=160, default="", blank=True)
    code = models.CharField(max_length=32, default="", blank=True)
    picture = models.CharField(max_length=200, default="", blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="preview_code"),
        ]
        indexes = [models.Index(fields=["wanted_at"], name="preview_by_time")]

    def __str__(self) -> str:
        return self.title or self.url
