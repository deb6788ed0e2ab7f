"""The index of what was said, what waits to be indexed, and the words that typing errors are compared with.

The words themselves stand where each database looks them up best: on SQLite in the FTS5 table `search_words`, whose
rows have the ids of documents, on PostgreSQL in the column `words` of documents (migration 0002).
"""

from django.db import models


class Source(models.IntegerChoices):
    """What a document is made of. Only in changes and fillings stand those that make none.

    WHOLE is a thread with all that hangs on it, NAME a word by which a colleague is found, PLACE a community that
    others may read than before, WORDS the known words of what is indexed.
    """

    THREAD = 0
    REPLY = 1
    FILE = 2
    WHOLE = 3
    NAME = 4
    PLACE = 5
    WORDS = 6


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
    """A word, or a hashtag with its #, and in how many documents it stands that the same people read.

    The pool is the id of a community that its members alone read, or one of `rules.OPEN` and `rules.NAMES`. Whoever
    is shown known words is shown those of pools that are theirs, so that what others say moves nothing.
    """

    pool = models.BigIntegerField()
    word = models.CharField(max_length=64)
    documents = models.IntegerField(default=1)

    class Meta:
        # For PostgreSQL, by letters and not by the rules of a language, so that the beginning of a word is looked up.
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "word"], name="word_once_a_pool", opclasses=["int8_ops", "varchar_pattern_ops"]
            )
        ]


class Counted(models.Model):
    """In which pool the words of a document are counted; what nobody may read is in none."""

    document = models.BigIntegerField(primary_key=True)
    pool = models.BigIntegerField()


class Slip(models.Model):
    """What is left of a word that all may know when one letter is missing: two that share one are a slip apart.

    Kept as a number (`rules.left_as_number`), a tenth of the room. That two have the same is found out by comparing.
    """

    pk = models.CompositePrimaryKey("left", "word")
    left = models.BigIntegerField()
    word = models.BigIntegerField()
