"""The working-day calendar that a city keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A day on which the State Council's 调休 calendar differs from the week, entered by the city on top of the package."""

    day = models.DateField(primary_key=True)
    is_workday = models.BooleanField()
    source = models.CharField(max_length=200, help_text=_("Notice of the State Council or decision of the bureau"))

    def __str__(self) -> str:
        return str(self.day)


class CalendarYear(models.Model):
    """A year whose days off and make-up workdays somebody has entered: where from, and what two editors meet at."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.year)
