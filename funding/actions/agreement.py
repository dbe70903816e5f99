"""签订协议."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.errors import Conflict
from common.models import record
from funding.actions.ledger_entries import allow, invalid, named, not_in_future, required_number
from funding.models import Award, Tranche
from rounds.money_plan.cutting import cut, shares
from ventures.models import Notice, Venture
from ventures.states import State


@transaction.atomic
def sign_agreement(venture: Venture, *, by: Any, number: str, signed_on: date) -> Award:
    """签订协议: register it and cut the award into tranches by the rules of the round; the last is the remainder.

    Raises NotAllowed; Conflict unless the venture is awarded and without an agreement; Invalid(number, signed_on).
    """
    row = Venture.objects.select_for_update(of=("self",)).get(pk=venture.pk)
    allow(by, "funding.sign", row)
    if signed := Award.objects.filter(venture=row).first():
        raise Conflict(
            _("The agreement of %(venture)s was signed on %(on)s, number %(number)s.")
            % {
                "venture": row,
                "on": signed.signed_on,
                "number": signed.agreement_number,
            }
        )
    if row.state != State.AWARDED:
        raise Conflict(
            _("An agreement is signed once the venture is awarded; %(venture)s is “%(state)s” now.") % named(row)
        )
    number = required_number(number, "number")
    not_in_future(signed_on, "signed_on")
    notice = Notice.objects.filter(lines__venture=row).order_by("-pk").first()
    if notice and signed_on <= notice.closes_on:
        raise invalid(
            "signed_on",
            _("The notice ran to %(end)s; the agreement is signed after it.") % {"end": notice.closes_on},
        )
    used = invalid(
        "number",
        _("Agreement number %(number)s is used already.") % {"number": number},
    )
    if Award.objects.filter(agreement_number=number).exists():
        raise used
    assert row.awarded is not None  # whatever is awarded was proposed with an amount
    try:
        # Two ventures are two locks: the same number may have been entered for another one just now.
        with transaction.atomic():
            award = Award.objects.create(venture=row, amount=row.awarded, agreement_number=number, signed_on=signed_on)
    except IntegrityError as e:
        if "agreement_number" not in str(e):
            raise
        raise used from e
    _cut(award)
    record(
        row,
        "sign_agreement",
        by=by,
        note=number,
        amount=award.amount,
        signed_on=signed_on,
    )
    return award


def _cut(award: Award) -> None:
    """By the plan of the round (`money_plan.cutting`). What comes to 0.00 元 is no tranche: nobody could pay it."""
    rules = list(award.venture.round.tranche_rules.all())
    planned = [rule.planned for rule in rules]
    cuts = zip(rules, cut(award.amount, planned), shares(award.amount, planned), strict=True)
    Tranche.objects.bulk_create(
        Tranche(
            award=award, ordinal=n, label=rule.label, percent=percent, amount=amount, trigger=rule.trigger,
            planned_on=rule.planned_on,
        )
        for n, (rule, amount, percent) in enumerate(cuts, start=1)
        if amount
    )  # fmt: skip
