"""Forms of the room: thin, the rules are in the actions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.clock import today
from common.money import MoneyField
from common.site.fields import DayField, PaperNumberField
from common.site.forms import PageForm


def money(label: Any) -> Any:
    field = MoneyField().formfield()
    field.label = label
    return field


class TodayMixin:
    """Dates start as today."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField) and field.initial is None:
                field.initial = today


class AgreementForm(TodayMixin, PageForm):
    number = PaperNumberField(label=_("Agreement number"))
    signed_on = DayField(label=_("Signed on"), widget=forms.DateInput)


class PaymentForm(TodayMixin, PageForm):
    voucher_number = PaperNumberField(label=_("Voucher number"))
    on = DayField(label=_("Paid on"), widget=forms.DateInput)


class AuditForm(TodayMixin, PageForm):
    auditor = forms.CharField(label=_("Auditor"), max_length=80)
    number = PaperNumberField(label=_("Number of the report"))
    issued_on = DayField(label=_("Issued on"), widget=forms.DateInput)


class ClaimForm(PageForm):
    amount = money(_("To be recovered (元)"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, max_length=1000)


class MoneyBackForm(TodayMixin, PageForm):
    """A recovery or a returned balance."""

    amount = money(_("Amount (元)"))
    voucher_number = PaperNumberField(label=_("Voucher number"))
    on = DayField(label=_("Received on"), widget=forms.DateInput)


class ExpenseForm(TodayMixin, PageForm):
    spent_on = DayField(label=_("Spent on"), widget=forms.DateInput)
    head = forms.ChoiceField(label=_("Budget head"))
    summary = forms.CharField(label=_("Purpose"), max_length=120)
    amount = money(_("Amount (元)"))
    voucher_number = PaperNumberField(label=_("Voucher number"))

    def __init__(self, *args: Any, heads: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].choices = [("", _("Please choose")), *((head, head) for head in heads)]  # type: ignore[attr-defined]
