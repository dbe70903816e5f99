"""审计."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import now
from common.errors import Conflict
from common.machine.actors import stamp
from common.models import record
from funding.actions.giving_back import RETURNING
from funding.actions.ledger_entries import allow, invalid, locked, named, not_in_future, required, required_number
from funding.models import Audit
from ventures.models import Venture


@transaction.atomic
def record_audit(venture: Venture, *, by: Any, auditor: str, number: str, issued_on: date) -> Audit:
    """登记审计报告: the accounts of the venture are audited, by whom, in which report.

    Raises NotAllowed; Conflict before the final evaluation is passed, after closure, or when one is recorded;
    Invalid(auditor, number, issued_on).
    """
    award = locked(venture=venture.pk)
    allow(by, "funding.audit", award.venture)
    if award.is_audited:
        raise Conflict(_("The audit report %(audit)s is recorded already.") % {"audit": award.audit})
    if award.venture.state not in RETURNING:
        raise Conflict(
            _("An audit is recorded between the final evaluation and the closure; %(venture)s is “%(state)s” now.")
            % named(award.venture)
        )
    auditor, number = required(auditor, "auditor"), required_number(number, "number")
    not_in_future(issued_on, "issued_on")
    if issued_on < award.signed_on:
        raise invalid(
            "issued_on",
            _("%(day)s is before the agreement was signed (%(signed)s).")
            % {"day": issued_on, "signed": award.signed_on},
        )
    audit = Audit.objects.create(
        award=award, auditor=auditor, number=number, issued_on=issued_on, at=now(), **stamp(by)
    )
    record(award.venture, "record_audit", by=by, note=str(audit), issued_on=issued_on)
    return audit
