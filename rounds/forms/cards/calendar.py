from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from common.deadlines import day_and_clock, end_on
from common.site.fields import DayField
from common.site.row_editor import RowForm
from common.work_calendar.day_kinds import DayKind
from rounds.cards.calendar import CARD
from rounds.cards.phases import PHASES
from rounds.forms.cards.page import CardForm, CardPage
from rounds.forms.fields import ClockField, WholeField, label_of
from rounds.forms.rows import card_table
from rounds.models import Round, RoundPhase


def _own_days(name: str) -> WholeField:
    return WholeField(
        label=label_of(name), min_value=1, max_value=60, required=False,
        help_text=gettext_lazy("Empty: the round sets no day for it."),
    )  # fmt: skip


class CalendarForm(CardForm):
    opens_on = DayField(label=gettext_lazy("First day of the call"))
    opens_clock = ClockField(label=gettext_lazy("Opens at (time)"))
    closes_on = DayField(label=gettext_lazy("Last day of the call"))
    closes_clock = ClockField(
        label=gettext_lazy("Closes at (time)"), help_text=gettext_lazy("24:00 is the end of the day.")
    )
    correction_days = WholeField(label=label_of("correction_days"), min_value=0, max_value=60)
    max_corrections = WholeField(label=label_of("max_corrections"), min_value=0, max_value=9)
    notice_days = WholeField(label=label_of("notice_days"), min_value=1, max_value=60)
    notice_day_kind = forms.ChoiceField(label=label_of("notice_day_kind"), choices=DayKind.choices)
    screening_days = _own_days("screening_days")
    ruling_days = _own_days("ruling_days")
    signing_days = _own_days("signing_days")
    payment_days = _own_days("payment_days")

    @classmethod
    def shown(cls, round_: Round) -> dict[str, Any]:
        opens = localtime(round_.opens_at)
        closes_on, closes_clock = day_and_clock(round_.closes_at)
        return super().shown(round_) | {
            "opens_on": opens.date(), "opens_clock": f"{opens:%H:%M}",
            "closes_on": closes_on, "closes_clock": closes_clock,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"opens_on", "opens_clock", "closes_on", "closes_clock"} <= cleaned.keys():
            cleaned["opens_at"] = end_on(cleaned["opens_on"], cleaned["opens_clock"])
            cleaned["closes_at"] = end_on(cleaned["closes_on"], cleaned["closes_clock"])
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CARD.facts}


class PhaseRow(RowForm):
    kind = forms.ChoiceField(label=label_of("kind", RoundPhase), choices=[("", "—"), *RoundPhase.KINDS])
    label = forms.CharField(label=label_of("label", RoundPhase), max_length=30, required=False)
    starts_on = DayField(label=label_of("starts_on", RoundPhase), required=False)
    ends_on = DayField(label=label_of("ends_on", RoundPhase), required=False)


PAGE = CardPage(
    CalendarForm,
    (
        card_table(
            PhaseRow,
            PHASES.counted,
            gettext_lazy(
                "In the order in which they begin. The call stands above and is no row here. A phase may be there more "
                "than once, like two stages of the review: give each a name of its own."
            ),
        ),
    ),
    fields_first=True,
    links=((gettext_lazy("Working-day calendar"), "desk_calendar"),),
)
