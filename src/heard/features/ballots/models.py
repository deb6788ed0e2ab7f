"""The tables of the heart: what may be answered, under which keys, which tokens were used, and what was answered.

Nothing here leads to a person, and nothing says in which order anything came. A group is a random code; whose it is,
the side that knows people keeps. `Used` and `Answer` have nothing in common but the group.
"""

from django.db import models

from heard.plumbing.ids import drawn_code


def a_code(*, primary_key: bool = False) -> "models.CharField[str, str]":
    """The column of a name that says nothing."""
    return models.CharField(max_length=32, primary_key=primary_key, default=drawn_code)


class What(models.TextChoices):
    """What tokens are for."""

    PULSE = "pulse", "pulse"
    POLL = "poll", "poll"
    VOICE = "voice", "voice"
    VOTE = "vote", "vote"


class State(models.TextChoices):
    """How far a ballot is; whether tokens count is read off its hours."""

    ANNOUNCED = "announced", "announced"
    OPEN = "open", "open"
    CLOSED = "closed", "closed"


class Ballot(models.Model):
    """One thing that can be answered or spoken under tokens, with the list of keys as everybody gets it."""

    code = a_code(primary_key=True)
    what = models.CharField(max_length=5, choices=What)
    per_member = models.PositiveSmallIntegerField(default=1)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.ANNOUNCED)
    questions = models.JSONField()
    published = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ballot_opens_before_it_closes", condition=models.Q(opens_at__lt=models.F("closes_at"))
            ),
            models.CheckConstraint(name="ballot_what", condition=models.Q(what__in=What.values)),
            models.CheckConstraint(name="ballot_state", condition=models.Q(state__in=State.values)),
        ]


class Key(models.Model):
    """The key of one group for one ballot. `sealed` is its private half, and is emptied when the ballot closes."""

    group = models.CharField(max_length=32, primary_key=True)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="keys")
    n = models.TextField()
    sealed = models.BinaryField()
    invited = models.PositiveIntegerField()


def a_group() -> "models.ForeignKey[Key, Key]":
    """The column of a group. The database does not check it: these tables are often written anew as a whole."""
    return models.ForeignKey(
        Key, on_delete=models.PROTECT, related_name="+", db_column="group_code", db_constraint=False
    )


class UsedToken(models.Model):
    """A token that counted: its public name, what proves it, and its group."""

    nonce_hash = models.CharField(max_length=64, primary_key=True)
    key = a_group()
    prefix = models.CharField(max_length=43)
    signature = models.TextField()

    class Meta:
        abstract = True


class Used(UsedToken):
    """Of ballots that are not closed."""


class UsedAtRest(UsedToken):
    """Of ballots that are closed; written once, in an order drawn at random."""


class GivenAnswer(models.Model):
    """One answer to one question, by somebody of a group: a value or words. `release` is empty until it is released."""

    code = a_code(primary_key=True)
    question = models.CharField(max_length=40)
    key = a_group()
    value = models.SmallIntegerField(null=True)
    words = models.TextField(default="")
    release = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_a_value_or_words",
                condition=models.Q(value__isnull=True) ^ models.Q(words=""),
            )
        ]


class Answer(GivenAnswer):
    """Of ballots that are not closed: written anew with each release, and hourly."""


class AnswerAtRest(GivenAnswer):
    """Of ballots that are closed; written in an order drawn at random. Of the release nothing is left in the end."""


class Release(models.Model):
    """A batch of answers that became visible: its number, the hour, and what stood then, by group."""

    code = a_code(primary_key=True)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    hour = models.DateTimeField()
    is_last = models.BooleanField(default=False)
    counts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(name="release_number", fields=["ballot", "number"])]


class Entry(models.Model):
    """One line of the log of published keys. Each hash holds the one before, so that no line can be changed alone."""

    number = models.PositiveIntegerField(primary_key=True)
    kind = models.CharField(max_length=8)
    ref = models.CharField(max_length=32, db_index=True)
    body = models.TextField()
    hash = models.CharField(max_length=64)
