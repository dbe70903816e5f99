"""The index behind `common.search`: our own, because no trigram index of either engine finds a two-character word."""

from django.db import models


class SearchText(models.Model):
    """What one thing is found by, folded (see `common.search.grams`). Its row is also the lock of its grams."""

    pk = models.CompositePrimaryKey("kind", "subject_id")
    kind = models.PositiveSmallIntegerField()
    subject_id = models.BigIntegerField()
    text = models.TextField()

    def __str__(self) -> str:
        return f"{self.kind}/{self.subject_id}"


class SearchGram(models.Model):
    """That a thing contains a gram. `gram` packs the kind and up to three characters into one number, so that a row
    is 16 bytes and the key alone answers "the newest things with this gram": one range of one index, both engines."""

    pk = models.CompositePrimaryKey("gram", "subject_id")
    gram = models.BigIntegerField()
    subject_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.gram}/{self.subject_id}"
