"""What every verb of this room shares: lock first, read the input strictly, write the ledger, tell people.

The award and its venture are locked before anything is read: what is refused and what is paid stand on the same rows.
Totals move with F() and only together with a ledger entry; the database's constraints are the backstop.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications import notify
from common.clock import now, today
from common.errors import Conflict, Invalid, NotAllowed
from common.machine.actors import stamp
from common.models import record
from common.money import to_cents, yuan
from common.normal_forms import paper_number
from common.text import clean
from funding.models import Award, LedgerEntry, Tranche
from organizations.rules import MONEY_PARTS
from ventures.models import Venture


def locked(**which: Any) -> Award:
    """The award and its venture, locked in one statement: neither can move while money does."""
    wanted = {"pk" if k == "award" else k: v for k, v in which.items()}
    rows = Award.objects.select_for_update(of=("self", "venture")).select_related("venture")
    award = rows.filter(**wanted).first()
    if award is None:
        raise Conflict(_("No agreement is signed for this venture yet."))
    return award


def enter(
    award: Award,
    kind: str,
    amount: Decimal,
    voucher_number: str,
    on: date | None,
    *,
    by: Any,
    verb: str,
    tranche: Tranche | None = None,
) -> LedgerEntry:
    """Write the entry whose total the caller has moved, and the journal."""
    voucher_number = required_number(voucher_number, "voucher_number")
    on = on or today()
    not_in_future(on, "on")
    if on < award.signed_on:
        raise invalid(
            "on",
            _("%(day)s is before the agreement was signed (%(signed)s).") % {"day": on, "signed": award.signed_on},
        )
    taken = invalid(
        "voucher_number",
        _("Voucher %(number)s is entered already.") % {"number": voucher_number},
    )
    if LedgerEntry.objects.filter(kind=kind, voucher_number=voucher_number).exists():
        raise taken
    try:
        # Two awards are two locks: the same voucher may have been entered for another one just now.
        with transaction.atomic():
            entry = LedgerEntry.objects.create(
                award=award, kind=kind, tranche=tranche, amount=amount, on=on, voucher_number=voucher_number,
                at=now(), **stamp(by),
            )  # fmt: skip
    except IntegrityError as e:
        if "voucher" not in str(e):
            raise
        raise taken from e
    record(
        award.venture,
        verb,
        by=by,
        note=voucher_number,
        amount=amount,
        on=on,
        entry=entry.pk,
    )
    award.refresh_from_db(fields=["paid", "recovered", "returned"])
    return entry


def allow(by: Any, permission: str, venture: Venture) -> None:
    if not by.has_perm(permission, venture):
        raise NotAllowed


def required(text: str, field: str) -> str:
    text = clean(text)
    if not text:
        raise invalid(field, _("Please fill this in."))
    return text


def required_number(text: str, field: str) -> str:
    """The number of a paper, as it is stored and compared."""
    return paper_number(required(text, field))


def cents(amount: Decimal, least: Decimal = Decimal("0.01")) -> Decimal:
    """An amount in whole 分, not below `least`."""
    if amount != to_cents(amount):
        raise invalid("amount", _("%(amount)s is finer than 0.01 元.") % {"amount": amount})
    if amount < least:
        raise invalid(
            "amount",
            _("%(amount)s 元 is less than %(least)s 元.") % {"amount": yuan(amount), "least": yuan(least)},
        )
    return to_cents(amount)


def not_in_future(day: date, field: str) -> None:
    if day > today():
        raise invalid(
            field,
            _("%(day)s is in the future; record what has happened.") % {"day": day},
        )


def invalid(field: str, sentence: str) -> Invalid:
    return Invalid({field: [sentence]})


def named(venture: Venture) -> dict[str, Any]:
    return {"venture": venture, "state": venture.get_state_display()}


def tell(venture: Venture, key: str, text: str) -> None:
    """To everybody of the organization who sees its money."""
    people = User.objects.filter(
        memberships__organization=venture.organization_id, memberships__part__in=MONEY_PARTS, is_active=True
    )
    notify(people, key, text, url=reverse("apply_venture", args=[venture.pk]))
