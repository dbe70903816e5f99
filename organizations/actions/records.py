"""What can be done with the records of an organization: enter, correct, check, strike out. Nothing is deleted."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed
from common.limits import take
from common.machine.actors import name_of
from common.models import record as journal
from common.wording import labelled
from organizations.limits import RECORDS
from organizations.models import AnnualInspection, EarlierGrant, Rating, Record

R = TypeVar("R", bound=Record)

DECLARED = (AnnualInspection, Rating, EarlierGrant)  # what an organization may say of itself, until a clerk has seen it


@transaction.atomic
def enter(row: R, *, by: Any) -> R:
    """Enter a new record. A clerk's counts as checked; an applicant may declare inspections, ratings and earlier grants of her own.

    Raises NotAllowed, Invalid(fields).
    """
    _permit(row, by)
    row.entered_by = name_of(by)
    if by.has_perm("organizations.keep"):
        row.checked_at, row.checked_by = now(), name_of(by)
    else:
        take(RECORDS, account=by.pk)
    _store(row)
    journal(row.organization, "enter_record", by=by, note=str(row), document=row.document)
    return row


@transaction.atomic
def correct(row: R, *, by: Any, **fields: Any) -> R:
    """Change what a record says; the journal keeps what it said. What an applicant changes has to be checked again."""
    stored = _locked(row)
    _permit(stored, by)
    before = str(stored)
    for name, value in fields.items():
        setattr(stored, name, value)
    is_clerk = by.has_perm("organizations.keep")
    if stored.is_checked and not is_clerk:
        raise Conflict(_("A clerk has checked this record; ask the office to correct it."))
    if is_clerk:
        stored.checked_at, stored.checked_by = now(), name_of(by)
    _store(stored)
    journal(stored.organization, "correct_record", by=by, note=f"{before} → {stored}")
    return stored


@transaction.atomic
def check(row: R, *, by: Any) -> R:
    """A clerk has seen the paper of what was declared."""
    if not by.has_perm("organizations.keep"):
        raise NotAllowed
    stored = _locked(row)
    if stored.is_checked:
        raise Conflict(_("%(who)s has checked this record already.") % {"who": stored.checked_by})
    stored.checked_at, stored.checked_by = now(), name_of(by)
    stored.save(update_fields=["checked_at", "checked_by"])
    journal(stored.organization, "check_record", by=by, note=str(stored))
    return stored


@transaction.atomic
def strike(row: R, *, by: Any, note: str) -> R:
    """Strike out a record that should not be there. It stays readable with the reason and no longer counts."""
    stored = _locked(row)
    if not by.has_perm("organizations.keep"):
        raise NotAllowed
    if not note.strip():
        raise Invalid({"note": [_("Please say why the record is struck out.")]})
    stored.struck_at, stored.struck_by, stored.struck_note = now(), name_of(by), note.strip()
    stored.save(update_fields=["struck_at", "struck_by", "struck_note"])
    journal(stored.organization, "strike_record", by=by, note=labelled(stored, note.strip()))
    return stored


def _permit(row: Record, by: Any) -> None:
    if by.has_perm("organizations.keep"):
        return
    if not (isinstance(row, DECLARED) and by.has_perm("organizations.edit", row.organization)):
        raise NotAllowed


def _locked(row: R) -> R:
    """The row as it is stored now. One that is struck out stays as it is."""
    stored: R = type(row).objects.select_for_update(of=("self",)).select_related("organization").get(pk=row.pk)
    if stored.is_struck:
        raise Conflict(_("This record was struck out by %(who)s.") % {"who": stored.struck_by})
    return stored


def _store(row: Record) -> None:
    try:
        row.full_clean()
    except ValidationError as e:
        told = e.message_dict
        raise Invalid({"" if name == "__all__" else name: sentences for name, sentences in told.items()}) from None
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # somebody entered the same between the question and the answer
        raise Conflict(_("The same record was entered just now. Please look at the page again.")) from None
