"""Laws of the public notice and of objections."""

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Invalid
from common.invariants import Violations, invariant
from common.models import JournalEntry
from common.money import yuan
from common.work_calendar.day_kinds import COUNTING
from ventures.models import Notice, NoticeLine, Objection, Venture
from ventures.states import State

OPEN = (Objection.State.FILED, Objection.State.ADMITTED)


@invariant(gettext_lazy("A notice runs for the days of its round"))
def a_notice_runs_its_days() -> Violations:
    """From 2021-08-18 to 2021-08-24 are 5 working days, and 7 calendar days. From 2023-04-20 to 2023-04-25 they are 5 because
    Sunday, 23 April was worked; taken out of the calendar, they are 4, and the notice was too short."""
    for notice in Notice.objects.select_related("round").iterator():
        counting = COUNTING[notice.day_kind]
        try:
            n = counting.count(notice.opens_on, notice.closes_on)
        except Invalid as e:
            yield notice, str(e)
            continue
        said = (notice.days, notice.day_kind)
        if n < notice.round.notice_days or said != (n, notice.round.notice_day_kind):
            yield notice, _("%(start)s to %(end)s are %(n)s; it says %(said)s, the round wants %(least)s.") % {
                "start": notice.opens_on, "end": notice.closes_on, "n": counting.told(n), "said": notice.days_told,
                "least": notice.round.notice_told,
            }  # fmt: skip


@invariant(gettext_lazy("Nothing is awarded before the end of its notice"))
def nothing_is_awarded_before_the_end_of_its_notice() -> Violations:
    """The notice runs to 2020-06-05, that day included: awarded on 2020-06-08. On the 5th it was too early, and without
    a notice it is never."""
    last = NoticeLine.objects.filter(venture=OuterRef("subject_id")).order_by("-notice").values("notice__closes_on")[:1]
    lines = JournalEntry.objects.filter(subject_kind="ventures.venture", verb="award").annotate(
        closes_on=Subquery(last)
    )
    for line in lines.filter(Q(closes_on=None) | Q(at__date__lte=F("closes_on"))).iterator():
        yield f"{line.subject_kind} {line.subject_id}", _("awarded on %(on)s, the notice runs to %(end)s.") % {
            "on": f"{line.at:%Y-%m-%d}", "end": line.closes_on or "—",
        }  # fmt: skip


@invariant(gettext_lazy("What is awarded is what the notice said"))
def what_is_awarded_is_what_the_notice_said() -> Violations:
    """The notice has HC2020-001 with 48,000.00 元, and so has the award. Nobody is given more than everybody could read."""
    last = NoticeLine.objects.filter(venture=OuterRef("pk")).order_by("-notice").values("amount")[:1]
    ventures = Venture.objects.exclude(awarded=None).annotate(noticed=Subquery(last))
    for venture in ventures.exclude(noticed=None).exclude(noticed=F("awarded")).iterator():
        yield venture, _("%(awarded)s 元 are awarded, the notice says %(noticed)s 元.") % {
            "awarded": yuan(venture.awarded or 0), "noticed": yuan(venture.noticed),
        }  # fmt: skip


@invariant(gettext_lazy("While an objection is open, its venture is on notice or under inquiry"))
def nothing_is_awarded_with_an_open_objection() -> Violations:
    """张三 objects on the third day: HC2020-003 can not be awarded until it is ruled on, however long that takes."""
    waiting = Q(venture__state__in=[State.ON_NOTICE, State.OBJECTED])
    for objection in Objection.objects.filter(~waiting, state__in=OPEN).select_related("venture").iterator():
        yield objection.venture, _("an objection is open, but it is “%(state)s”.") % {
            "state": objection.venture.get_state_display(),
        }  # fmt: skip


@invariant(gettext_lazy("An inquiry has its objection, a cancelled award the one that was upheld, or was given up"))
def inquiries_and_cancelled_awards_have_their_objection() -> Violations:
    """HC2020-003 is under inquiry because of an objection that is not ruled on. The objection is upheld: the award is
    cancelled. It is dismissed: the notice goes on. HC2020-004 gives its award up before it signs: cancelled as well."""
    of_it = Objection.objects.filter(venture=OuterRef("pk"))
    upheld = Exists(of_it.filter(state=Objection.State.UPHELD))
    journal = JournalEntry.objects.filter(subject_kind="ventures.venture", subject_id=OuterRef("pk"), verb="give_up")
    given_up = Exists(journal)
    under_inquiry, cancelled = Q(state=State.OBJECTED), Q(state=State.CANCELLED)
    wrong = (
        under_inquiry & ~Q(Exists(of_it.filter(state__in=OPEN)))
        | cancelled & ~Q(upheld) & ~Q(given_up)
        | ~cancelled & (Q(upheld) | Q(given_up))
    )
    for venture in Venture.objects.filter(wrong).iterator():
        yield venture, _("its objections do not say why it is “%(state)s”.") % {"state": venture.get_state_display()}
