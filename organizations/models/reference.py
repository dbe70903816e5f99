from django.db import models

from common.wording import labelled


class ReferenceFigure(models.Model):
    """A published figure (参考数据), as text because "50多" is no number, with its source and date. Never computed with."""

    key = models.SlugField(max_length=60, unique=True)
    label = models.CharField(max_length=120)
    value = models.CharField(max_length=40)
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return labelled(self.label, self.value)
