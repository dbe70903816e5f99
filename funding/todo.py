"""What waits for the money: agreements, payments, and ventures whose delivery can begin."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.site.todo import Queue
from funding.models import LedgerEntry
from funding.queries import with_money_to_pay
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
    first = LedgerEntry.objects.filter(award__venture=OuterRef("pk"), kind=LedgerEntry.Kind.PAYMENT, tranche__ordinal=1)
    can_begin = Q(Exists(first))
    ready = reverse("desk_delivery") + f"?state={awarded}"
    yield queue_of(seen, awarded, _("Deliveries to begin"), ready, only=can_begin)
