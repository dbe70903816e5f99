"""What this room hangs on pages below: the money tab of a venture and its buttons."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.machine.gates import checklist
from common.site.slots import slot
from funding.actions.giving_back import RETURNING
from funding.queries import expenses_of, ledger_of, money_of
from ventures.models import Venture
from ventures.states import AWARDED_STATES, State


@slot("venture.tabs", order=40, label=_("Money"), template="funding/_money.html")
def money(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    if venture.state not in AWARDED_STATES or not request.user.has_perm("funding.view", venture):
        return None
    return {
        "venture": venture,
        "money": money_of(venture),
        "ledger": ledger_of(venture),
        "expenses": expenses_of(venture),
        "may_pay": request.user.has_perm("funding.pay"),
        "before_delivery": checklist(venture, "begin_delivery") if venture.state == State.AWARDED else [],
    }


@slot("venture.actions", order=40, template="funding/_actions.html")
def funding_actions(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """Links to the forms that are open to this reader in this state."""
    if venture.state not in AWARDED_STATES:
        return None
    may, pk, held = request.user.has_perm, venture.pk, money_of(venture)
    links: list[tuple[str, Any, int]] = []
    if venture.state == State.AWARDED and held.award is None and may("funding.sign", venture):
        links.append(("desk_venture_agreement", _("Register the agreement"), pk))
    if may("funding.pay", venture):
        links += [
            (
                "desk_tranche_pay",
                _("Pay “%(tranche)s”") % {"tranche": line.tranche.label},
                line.tranche.pk,
            )
            for line in held.tranches
            if line.state == "due"
        ]
    if may("funding.audit", venture) and venture.state in RETURNING and held.waits_for_an_audit:
        links.append(("desk_venture_audit", _("Record the audit"), pk))
    if venture.state == State.TERMINATING:
        if may("funding.claim", venture):
            links.append(("desk_venture_claim", _("Decide what is to be recovered"), pk))
        if held.owed_back > 0 and may("funding.receive", venture):
            links.append(("desk_venture_recovery", _("Record a recovery"), pk))
    if venture.state in RETURNING and held.balance > 0 and may("funding.receive", venture):
        links.append(("desk_venture_return_balance", _("Record a returned balance"), pk))
    if held.award is not None and not venture.is_final and may("funding.spend", venture):
        links.append(("apply_venture_expenses", _("Record an expense"), pk))
    # The button comes when its gates are met; until then the page says what is missing (money tab, next step).
    begin = (
        venture.state == State.AWARDED
        and may("ventures.deliver", venture)
        and all(line.met for line in checklist(venture, "begin_delivery"))
    )
    return {"links": links, "venture": venture, "begin": begin} if links or begin else None
