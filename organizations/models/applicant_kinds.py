from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations import identification
from organizations.identification.check import Identification


class ApplicantKinds(models.QuerySet["ApplicantKind"]):
    def of(self, organization: Any) -> "ApplicantKind | None":
        """The kind of an organization; None for a code that no kind knows. One query; for many: `kind_among`."""
        return kind_among(list(self.all()), organization)


class ApplicantKind(models.Model):
    """A kind of applicants (申报主体), among which a round chooses. Whose credit code begins with one of `prefixes` is of
    this kind (GB 32100-2015); who has no code says so. `also`: what registers call it beside its name."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(_("Kind of applicant"), max_length=40, unique=True)
    identified_by = models.CharField(_("Identified by"), max_length=16, choices=identification.choices)
    prefixes = models.JSONField(default=list, blank=True)
    also = models.JSONField(default=list, blank=True)
    ordinal = models.PositiveSmallIntegerField(unique=True)

    objects = ApplicantKinds.as_manager()

    class Meta:
        ordering = ["ordinal"]

    def __str__(self) -> str:
        return self.name

    @property
    def identification(self) -> Identification:
        """How its number is checked."""
        return identification.KINDS[self.identified_by]


def kind_among(kinds: Iterable[ApplicantKind], organization: Any) -> ApplicantKind | None:
    """What it says itself, else what its host or its code says."""
    if organization.applicant_kind_id:
        return next((k for k in kinds if k.pk == organization.applicant_kind_id), None)
    if organization.is_group:
        return next((k for k in kinds if k.identified_by == "host"), None)
    return next((k for k in kinds if organization.credit_code[:2] in k.prefixes), None)
