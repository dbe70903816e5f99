"""What waits for the money: agreements, payments, and ventures whose delivery can begin."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.site.todo import Queue
from funding.queries import is_paid_to_begin, with_money_to_pay
from ventures.states import Holder, State
from ventures.waiting import Seen, queue_of, venture_queues


@venture_queues("ventures.read_money")
def agreements_and_payments(seen: Seen) -> Iterable[Queue]:
    listed, awarded = reverse("desk_payments"), State.AWARDED
    unsigned = Q(award_record=None)
    yield queue_of(seen, awarded, _("Agreements to register"), listed, only=unsigned, may="funding.sign")
    yield Queue(
        _("Payable now"), with_money_to_pay(seen), listed, "funding.pay", F("state_since"),
        holder=Holder.FINANCE.label,
    )  # fmt: skip
    ready = reverse("desk_delivery") + f"?state={awarded}"
    yield queue_of(seen, awarded, _("Deliveries to begin"), ready, only=is_paid_to_begin())
