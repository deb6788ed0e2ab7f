"""People, the units they work in, what they may do, and who follows whom."""

from collections.abc import Iterable
from secrets import token_urlsafe
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do beyond being a member; whoever tends a community has that from the community."""

    LISTENER = "listener", _("listener")
    LEADER = "leader", _("leader")
    PUBLISHER = "publisher", _("publisher")
    STEWARD = "steward", _("steward")
    ADMINISTRATOR = "administrator", _("administrator")


class Unit(models.Model):
    """A part of the organisation. `path` is the ids from the root down, as `/1/7/`, so that a subtree is a prefix."""

    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=500, default="", db_index=True)
    reference = models.CharField(max_length=200, default="", blank=True, db_index=True)

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """Finds a person by what they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=username)


def fresh_salt() -> str:
    """What signs a person's sessions; a new one ends them all."""
    return token_urlsafe(12)


class Person(AbstractBaseUser):
    """Somebody who works or worked here.

    Somebody imported has not claimed the account (`claimed_at` is empty) until they sign in for the first time.
    Whoever left (`left_at`) keeps their words and has no access. `roles` is a summary of the grants.
    """

    email = models.EmailField(max_length=254, unique=True, null=True, blank=True)
    staff_number = models.CharField(max_length=64, unique=True, null=True, blank=True)
    handle = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=150)
    title = models.CharField(max_length=150, default="", blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="people")
    manager = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reports")
    place = models.CharField(max_length=100, default="", blank=True)
    started_on = models.DateField(null=True, blank=True)
    about = models.TextField(default="", blank=True)
    skills = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    telephone = models.CharField(max_length=40, default="", blank=True)
    time_zone = models.CharField(max_length=64, default="", blank=True)
    language = models.CharField(max_length=10, default="", blank=True)
    picture = models.CharField(max_length=200, default="", blank=True)
    joined_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    is_contact_hidden = models.BooleanField(default=False)
    roles = models.JSONField(default=list, blank=True)
    session_salt = models.CharField(max_length=16, default=fresh_salt)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["place", "name", "id"], condition=Q(left_at=None), name="person_by_place"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(handle=""), name="person_has_a_handle"),
            models.CheckConstraint(condition=~Q(email=""), name="person_email_is_null_not_empty"),
            models.CheckConstraint(condition=~Q(staff_number=""), name="person_number_is_null_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django asks this wherever somebody signs in or comes back."""
        return self.left_at is None

    @property
    def initials(self) -> str:
        """One or two letters that stand where there is no picture."""
        parts = [part for part in self.name.split() if part[0].isalnum()]
        return "".join(part[0] for part in ([parts[0], parts[-1]] if len(parts) > 1 else parts)).upper() or "?"

    @property
    def tint(self) -> int:
        """Which of six quiet colours stands behind the initials."""
        return self.pk % 6

    @property
    def picture_url(self) -> str:
        """Where the picture is served, or nothing."""
        return f"/people/{self.handle}/picture/{self.picture[-12:-5]}/" if self.picture else ""

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name else ""

    def get_session_auth_hash(self) -> str:
        """Ties a session to the password and to `session_salt`: a change of either signs out everywhere."""
        return salted_hmac("heard.session", self.password + self.session_salt, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterable[str]:
        return ()


class Word(models.Model):
    """One folded word by which a person is found: of a name, title, place, skill, unit, language or handle."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "word"], name="word_once_a_person")]
        # For PostgreSQL, by letters and not by the rules of a language, so that the beginning of a word is looked up.
        indexes = [
            models.Index(
                fields=["word", "person"], name="word_to_person", opclasses=["varchar_pattern_ops", "int8_ops"]
            )
        ]


class Grant(models.Model):
    """That a person has a role: for all, or as a leader for a unit and what is below it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True)
    granted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], condition=Q(unit=None), name="grant_once"),
            models.UniqueConstraint(
                fields=["person", "role", "unit"], condition=Q(unit__isnull=False), name="grant_once_a_unit"
            ),
        ]


class Follow(models.Model):
    """That a person follows a colleague, who can see it."""

    follower = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="following")
    followed = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="followers")
    followed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="follow_once"),
            models.CheckConstraint(condition=~Q(follower=models.F("followed")), name="follow_somebody_else"),
        ]


class Invitation(models.Model):
    """A way in for one new colleague. Only a hash of the code is kept; `person` is set where an account waits."""

    code_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=150, default="", blank=True)
    email = models.EmailField(default="", blank=True)
    staff_number = models.CharField(max_length=64, default="", blank=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations")
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True)
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")


class Bounce(models.Model):
    """That mail to an address came back for good; only what confirms it is written there until somebody does."""

    address = models.EmailField(max_length=254, unique=True)
    bounced_at = models.DateTimeField()
    said = models.CharField(max_length=300, default="", blank=True)
