"""What a tranche waits for: one object per trigger. Pages, queue, due dates and laws ask it; nobody asks which it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from common.clock import today
from rounds.models import TrancheRule
from ventures.models import Venture
from ventures.states import State

if TYPE_CHECKING:
    from funding.models import Award, Tranche


@dataclass(frozen=True)
class Awaited:
    """`is_reached` says it of a tranche, `reached` of tranches in the database. `since`: the day of it, of a tranche; `verbs`: the
    moves after which it is so, where the venture does not keep their moment; `not_yet`: the sentence that refuses; `page`
    and `remedy`: where it is recorded, for who waits for it."""

    since: Any
    is_reached: "Callable[[Tranche, Venture, Award], bool]" = lambda tranche, venture, award: True
    reached: Callable[[], Q] = Q
    verbs: tuple[str, ...] = ()
    not_yet: Any = ""
    page: str = ""
    remedy: Any = ""


Trigger = TrancheRule.Trigger
AWAITED: Mapping[str, Awaited] = {
    Trigger.AGREEMENT: Awaited(F("award__signed_on")),
    Trigger.DATE: Awaited(
        F("planned_on"), lambda tranche, venture, award: tranche.planned_on is not None and tranche.planned_on <= today(), lambda: Q(planned_on__lte=today()),
        not_yet=_("“%(tranche)s” is paid from %(day)s on."),
    ),
    Trigger.MID_TERM: Awaited(
        TruncDate("award__venture__midterm_passed_at"),
        lambda tranche, venture, award: venture.midterm_passed_at is not None,
        lambda: Q(award__venture__midterm_passed_at__isnull=False),
        not_yet=_("“%(tranche)s” is paid after the mid-term is passed; the venture is “%(state)s” now."),
    ),
    Trigger.FINAL: Awaited(
        TruncDate("award__venture__final_passed_at"),
        lambda tranche, venture, award: venture.final_score is not None,
        lambda: Q(award__venture__final_score__isnull=False),
        ("pass_final",),
        _("“%(tranche)s” is paid after the final evaluation is passed; the venture is “%(state)s” now."),
    ),
    Trigger.AUDIT: Awaited(
        TruncDate("award__audit__at"),
        lambda tranche, venture, award: award.is_audited,
        lambda: Q(award__audit__isnull=False),
        not_yet=_("“%(tranche)s” is paid after the audit of the accounts; no audit report is recorded yet."),
        page="desk_venture_audit",
        remedy=_("Record the audit"),
    ),
    # Before it is closed: the closing gate waits for the payment.
    Trigger.CLOSURE: Awaited(
        TruncDate("award__venture__state_since"),
        lambda tranche, venture, award: venture.state == State.SHOWN,
        lambda: Q(award__venture__state=State.SHOWN),
        ("show", "waive_showcase"),
        _("“%(tranche)s” is paid once the venture is in closure; the venture is “%(state)s” now."),
    ),
}  # fmt: skip
