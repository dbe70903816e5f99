"""Versions of an application: which there are, what each says, and what changed between two."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ventures.application.content import (
    ApplicationContent,
    Difference,
    Form,
    differences,
    form_of,
    hash_of,
    without_account,
)
from ventures.models import Submission, Venture

NOW = "now"  # the application as it stands, beside its numbered versions


@dataclass(frozen=True)
class Comparison:
    """Two versions beside each other, by what they are called, and the fields that differ."""

    old: str
    new: str
    differences: list[Difference]


def versions_of(venture: Venture) -> list[Submission]:
    """Numbered versions, the oldest first, without their content."""
    return list(Submission.objects.filter(venture=venture).defer("content").order_by("ordinal"))


def compare(venture: Venture, old: Submission, new: Submission | None, *, whole_account: bool) -> Comparison:
    """What changed from `old` to `new` (None: the application as it stands now).

    Not `whole_account`: for those who may not see where the money goes.
    """
    form: Form = form_of(venture.round)
    before, after = old.content, new.content if new is not None else ApplicationContent(venture).content
    if not whole_account:
        before, after = without_account(before), without_account(after)
    return Comparison(name_of(old), name_of(new), differences(before, after, form))


def name_of(version: Submission | None) -> str:
    return str(version) if version is not None else _("Present state")


def is_intact(version: Submission) -> bool:
    """Whether the stored content still has the hash of its receipt."""
    return hash_of(version.content) == version.hash
