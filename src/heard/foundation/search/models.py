"""The index of what was said, what waits to be indexed, and the words that typing errors are compared with.

The words themselves stand where each database looks them up best: on SQLite in the FTS5 table `search_words`, whose
rows have the ids of documents, on PostgreSQL in the column `words` of documents (migration 0002).
"""

from django.db import models


class Source(models.IntegerChoices):
    """What a document is made of. Only in changes stand WHOLE, a thread with all that hangs on it, and NAME.

    A NAME is a word by which a colleague is found: it makes no document, but becomes a known word.
    """

    THREAD = 0
    REPLY = 1
    FILE = 2
    WHOLE = 3
    NAME = 4


class Document(models.Model):
    """One thing that can be found. Its id is made of the time it was said, so that newest first is a walk down them.

    Nothing here says who may see it: that is asked of the thread's community whenever somebody looks.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField(choices=Source)
    source = models.BigIntegerField()
    thread = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "source"], name="document_once_a_source")]


class Kept(models.Model):
    """What FTS5 was given for a document, packed: it forgets words only if it is told them again."""

    document = models.BigIntegerField(primary_key=True)
    packed = models.BinaryField()


class Change(models.Model):
    """That a source was written, changed or removed and the index does not know yet; triggers write these rows."""

    kind = models.PositiveSmallIntegerField(choices=Source)
    source = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "source"], name="change_of_source")]


class Filling(models.Model):
    """How far the index of what was there before it has come: everything of `kind` from `down_to` on is in it."""

    kind = models.PositiveSmallIntegerField(choices=Source, primary_key=True)
    down_to = models.BigIntegerField(null=True)
    total = models.PositiveBigIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)


class Reading(models.Model):
    """The words that were read out of a file, or why there are none."""

    attachment = models.BigIntegerField(primary_key=True)
    text = models.TextField(default="", blank=True)
    why_not = models.CharField(max_length=200, default="", blank=True)
    read_at = models.DateTimeField()


class KnownWord(models.Model):
    """A word that occurs somewhere. Whether somebody may be shown it is asked of what they may see."""

    word = models.CharField(max_length=40, unique=True)


class Slip(models.Model):
    """What is left of a known word when one letter is missing: two spellings that share one are a slip apart."""

    word = models.ForeignKey(KnownWord, on_delete=models.CASCADE, related_name="slips", db_index=False)
    left = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["left", "word"], name="words_by_slip")]
