"""The working-day calendar on the desk: which years are known, what they hold, and entering one."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common import work_calendar
from common.errors import Invalid
from common.site.forms import FIRST_YEAR, LAST_YEAR, PageForm
from common.site.paging import row_number
from common.site.web import errors_into, form_page, page, respond


class ArrangementForm(PageForm):
    """Lines as published; `days` are read when the form is valid."""

    days_off = forms.CharField(
        label=_("Days off"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_(
            "One range or day a line, for instance 10月1日至7日 or 2027-10-01 至 2027-10-07. The text of the notice may be "
            "pasted as it is: days in a sentence with 上班 are taken as make-up workdays."
        ),
    )
    make_up = forms.CharField(
        label=_("Make-up workdays (补班)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Saturdays and Sundays that are worked, for instance 9月20日. Empty when there are none."),
    )
    source = forms.CharField(
        label=_("By which notice"),
        max_length=200,
        help_text=_("For instance 国办发明电〔2026〕7号, or a decision of the bureau."),
    )

    def __init__(self, year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.off: set[date] = set()
        self.worked: set[date] = set()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.off, also_worked = self._read("days_off", work_calendar.read_holidays) or (set(), set())
        self.worked = also_worked | (self._read("make_up", work_calendar.read_days) or set())
        return given

    def _read(self, field: str, reader: Callable[[int, str], Any]) -> Any:
        """What the reader of days refuses is told at the field that it stands in."""
        try:
            return reader(self.year, self.cleaned_data.get(field) or "")
        except Invalid as e:
            self.add_error(field, str(e))
            return None


@page("accounts.use_desk")
def calendar(request: HttpRequest) -> HttpResponse:
    """Which years are known, and from where."""
    keeps = request.user.has_perm("accounts.keep_calendar")
    return render(request, "common/calendar/years.html", {"years": work_calendar.years(), "keeps": keeps})


@page("accounts.use_desk")
def year(request: HttpRequest, year: int) -> HttpResponse:
    """One year: days off on weekdays, make-up workdays, working days by month, who entered and corrected it."""
    _of_ours(year)
    context = {
        "year": year,
        "known": work_calendar.arrangement_of(year),
        "history": work_calendar.history_of(year),
        "keeps": request.user.has_perm("accounts.keep_calendar") and work_calendar.is_open(year),
    }
    return render(request, "common/calendar/year.html", context)


@form_page("accounts.keep_calendar")
def enter(request: HttpRequest, year: int) -> HttpResponse:
    """Type or paste the arrangement, look at what it means, enter it."""
    _of_ours(year)
    work_calendar.may_be_entered(year)
    version, before = work_calendar.version_of(year), work_calendar.arrangement_of(year)
    context: dict[str, Any] = {"year": year, "before": before, "version": version}
    if request.method != "POST":
        return respond(request, "common/calendar/enter.html", context, ArrangementForm(year, initial=_as_lines(before)))
    form = ArrangementForm(year, request.POST)
    step, seen = request.POST.get("step"), row_number(request.POST.get("version", "0"))
    if form.is_valid():
        with errors_into(form):
            work_calendar.check(form.off, form.worked, form.cleaned_data["source"])
            if step == "enter":
                work_calendar.keep_year(
                    year, by=request.user, days_off=form.off, make_up=form.worked, source=form.cleaned_data["source"],
                    version=-1 if seen is None else seen,
                )  # fmt: skip
                messages.success(request, gettext("The working-day calendar of %(year)s is entered.") % {"year": year})
                return redirect("desk_calendar_year", year)
            if step == "preview":
                after = work_calendar.arrange(year, form.off, form.worked)
                context |= {
                    "after": after,
                    "changes": after.differences(before),
                    "doubts": work_calendar.doubts(after),
                }
    return respond(request, "common/calendar/enter.html", context, form)


def _of_ours(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404


def _as_lines(known: work_calendar.Arrangement | None) -> dict[str, str]:
    """The stored arrangement as one would type it."""
    if known is None:
        return {}
    off = [str(first) if first == last else f"{first} - {last}" for first, last in known.holidays]
    return {"days_off": "\n".join(off), "make_up": "\n".join(map(str, known.make_up))}
