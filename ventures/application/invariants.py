"""Laws of what was handed in: the budget, the frozen versions, corrections, the screening."""

from typing import Any

from django.db.models import CharField, Count, Exists, F, FloatField, OuterRef, Q, Subquery, Sum, Value, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Abs, Cast, Concat, RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.invariants import Violations, invariant
from common.money import ZERO, to_cents, yuan
from rounds.models import BudgetHead, FormSection
from ventures.application.content import hash_of
from ventures.models import Answer, Attachment, BudgetLine, CheckAnswer, Correction, Submission, Venture
from ventures.states import State

BEING_WRITTEN = (State.DRAFT, State.LAPSED, State.RETURNED, State.NOT_ACCEPTED)  # or left half written
NOT_ACCEPTED_YET = (State.SUBMITTED, *BEING_WRITTEN)
HALF_A_CENT = 0.4999  # of floating point; the amounts that this lets through are asked exactly
BUDGET = (("total_budget", "amount"), ("requested", "from_grant"), ("self_raised", "from_own"))


@invariant(gettext_lazy("A budget line is unit price times quantity"))
def a_budget_line_is_price_times_quantity() -> Violations:
    """场地 120.50 元 × 3 次 is 361.50 元. A line that says 360.00 元 was not handed in."""
    lines = BudgetLine.objects.exclude(venture__state__in=BEING_WRITTEN).select_related("venture")
    product = Cast("unit_price", FloatField()) * Cast("quantity", FloatField())
    apart = Abs(product - Cast("amount", FloatField()))
    for line in lines.annotate(apart=apart).filter(apart__gt=HALF_A_CENT).iterator():
        if (due := to_cents(line.unit_price * line.quantity)) != line.amount:
            yield line.venture, _("line %(n)s: %(price)s × %(quantity)s is %(due)s 元, not %(amount)s 元.") % {
                "n": line.ordinal, "price": line.unit_price, "quantity": line.quantity, "due": yuan(due),
                "amount": yuan(line.amount),
            }  # fmt: skip


@invariant(gettext_lazy("The budget lines add up to total, grant and own money"))
def budget_lines_add_up() -> Violations:
    """45,000.00 + 5,000.00 元 from the grant are the 50,000.00 元 that are asked for, and nothing is self-raised: the total
    is 50,000.00 元."""
    lines = BudgetLine.objects.filter(venture=OuterRef("pk")).order_by().values("venture")
    ventures = Venture.objects.exclude(state__in=BEING_WRITTEN)
    # A round without that section asks for the amounts alone.
    sections = FormSection.objects.filter(round=OuterRef("round"))
    ventures = ventures.filter(~Exists(sections) | Exists(sections.filter(slug=FormSection.Slug.BUDGET)), Exists(lines))
    ventures = ventures.annotate(**{f"sum_{name}": Subquery(lines.values(sum=Sum(column))) for name, column in BUDGET})
    right = Q(**{name: F(f"sum_{name}") for name, _column in BUDGET})
    for venture in ventures.exclude(right).iterator():
        name = next(name for name, _column in BUDGET if getattr(venture, name) != getattr(venture, f"sum_{name}"))
        yield venture, _("“%(field)s” is %(stated)s 元, the lines add up to %(summed)s 元.") % {
            "field": _label(name), "stated": yuan(getattr(venture, name)),
            "summed": yuan(getattr(venture, f"sum_{name}") or ZERO),
        }  # fmt: skip


def _label(name: str) -> Any:
    return Venture._meta.get_field(name).verbose_name  # type: ignore[union-attr]


@invariant(gettext_lazy("What is before the office was handed in, under a number and on a day"))
def what_is_before_the_office_was_handed_in() -> Violations:
    """HC2020-001 was handed in on 2020-04-18 as HC2020-001-1 and is being screened. A draft has no such day; one that was
    withdrawn keeps its number."""
    handed_in = Exists(Submission.objects.filter(venture=OuterRef("pk")))
    draft = Q(state__in=[State.DRAFT, State.LAPSED])
    wrong = draft & Q(submitted_at__isnull=False) | ~draft & (Q(submitted_at=None) | Q(number="") | ~Q(handed_in))
    for venture in Venture.objects.filter(wrong).iterator():
        yield venture, _("it is “%(state)s”, handed in %(at)s.") % {
            "state": venture.get_state_display(), "at": venture.submitted_at or "—",
        }  # fmt: skip


@invariant(gettext_lazy("A version has the hash of its content"))
def a_version_has_the_hash_of_its_content() -> Violations:
    """HC2020-001-1 was frozen with 9f86d081…; the SHA-256 of what is stored is that today. One character changed in the
    database, and it is another."""
    for version in Submission.objects.only("receipt", "content", "hash").iterator(chunk_size=500):
        if hash_of(version.content) != version.hash:
            yield version, _("its content has not the hash %(hash)s any more.") % {"hash": version.hash[:16]}


@invariant(gettext_lazy("The versions of a venture are numbered without a gap, and so are their receipts"))
def receipts_are_number_and_ordinal() -> Violations:
    """HC2020-001-1 is the first version of HC2020-001, HC2020-001-2 the corrected one."""
    nth = Window(RowNumber(), partition_by="venture", order_by=["ordinal", "pk"])
    receipt = Concat("venture__number", Value("-"), Cast("ordinal", CharField()))
    versions = Submission.objects.annotate(nth=nth, due=receipt).exclude(nth=F("ordinal"), due=F("receipt"))
    for version in versions.defer("content").iterator():
        yield version, _("version %(nth)s of its venture is numbered %(n)s and should be %(due)s.") % {
            "nth": version.nth, "n": version.ordinal, "due": version.due,
        }  # fmt: skip


@invariant(gettext_lazy("The stamped scan of a version is of exactly that version"))
def a_stamped_scan_is_of_its_version() -> Violations:
    """The printed form bears 9f86d081…, the scan is bound to it, and HC2020-001-1 is that version. Edited after stamping,
    the scan is of a version that nobody has handed in."""
    right = Q(stamped_scan__content_hash=F("hash"), stamped_scan__venture=F("venture"))
    for version in Submission.objects.exclude(stamped_scan=None).exclude(right).defer("content").iterator():
        yield version, _("the stamped scan is of another version.")


@invariant(gettext_lazy("What is judged is what was handed in"))
def what_is_judged_is_what_was_handed_in() -> Violations:
    """The last version asks for 48,000.00 元, and so does the row that experts and managers see."""
    last = Submission.objects.filter(venture=OuterRef("pk")).order_by("-ordinal")
    names = [name for name, _column in BUDGET]
    in_version = {f"last_{n}": Subquery(last.values(v=_amount(n))[:1]) for n in names}
    ventures: Any = Venture.objects.exclude(state__in=BEING_WRITTEN).annotate(**in_version)
    for venture in ventures.exclude(last_requested=None).iterator():
        for name in names:
            stored, frozen = f"{getattr(venture, name):.2f}", getattr(venture, f"last_{name}")
            if stored != frozen:
                yield venture, _("“%(field)s” is %(stored)s 元, %(frozen)s 元 were handed in.") % {
                    "field": _label(name), "stored": stored, "frozen": frozen,
                }  # fmt: skip


def _amount(name: str) -> KeyTextTransform:
    return KeyTextTransform(name, KeyTextTransform("budget", "content"))


@invariant(gettext_lazy("A returned application has one open correction, and nothing else has one"))
def a_returned_application_has_its_open_correction() -> Violations:
    """Returned on 2020-05-06, due on 2020-05-13: one correction with that day is open. Handed in again, it is answered by
    HC2020-001-2. Only a refusal leaves it open for good."""
    due = Correction.objects.filter(venture=OuterRef("pk"), answered_by=None).values("due_on")[:1]
    ventures = Venture.objects.annotate(due=Subquery(due), n=Count("correction_requests"))
    returned = Q(state=State.RETURNED)
    wrong = (
        returned & (Q(due=None) | ~Q(due=F("correction_due_on")))
        | ~returned & ~Q(state=State.NOT_ACCEPTED) & Q(due__isnull=False)
        | ~Q(n=F("corrections")) | Q(corrections__gt=F("round__max_corrections"))
    )  # fmt: skip
    for venture in ventures.filter(wrong).iterator():
        yield venture, ngettext("it is “%(state)s”, was returned %(n)s time, and a correction is open until %(due)s.", "it is “%(state)s”, was returned %(n)s times, and a correction is open until %(due)s.", venture.corrections) % {
            "state": venture.get_state_display(), "n": venture.corrections, "due": venture.due or "—",
        }  # fmt: skip


@invariant(gettext_lazy("Of an accepted application every line of the checklist is met"))
def an_accepted_application_meets_its_checklist() -> Violations:
    """登记证书有效, 上年度年检合格, 未列入活动异常名录: met, each with who saw it and when. With two of three nobody accepts."""
    met = CheckAnswer.objects.filter(venture=OuterRef("pk"), item=OuterRef("round__check_items"), met=True)
    accepted = Venture.objects.exclude(state__in=NOT_ACCEPTED_YET).filter(round__check_items__isnull=False)
    for venture in accepted.filter(~Exists(met)).annotate(line=F("round__check_items__label")).iterator():
        yield venture, _("“%(line)s” is not met.") % {"line": venture.line}


@invariant(gettext_lazy("What an application refers to is of its own round"))
def an_application_refers_to_its_own_round() -> Violations:
    """A venture of 首届红色创投 is of a category, budgets by heads, answers questions, attaches papers and is checked by lines of 首届红色创投."""
    for venture in Venture.objects.exclude(category=None).exclude(category__round=F("round")).iterator():
        yield venture, _("its category is of another round.")
    of_the_round = BudgetHead.objects.filter(round=OuterRef("venture__round"), name=OuterRef("head"))
    lines = BudgetLine.objects.exclude(head="").filter(~Exists(of_the_round)).select_related("venture")
    for line in lines.iterator():
        yield line.venture, _("the head “%(head)s” is not one of its round.") % {"head": line.head}
    for model, own, what in (
        (Answer, "question__section__round", _("an answer")),
        (Attachment, "rule__round", _("a paper")),
        (CheckAnswer, "item__round", _("a line of the checklist")),
    ):
        for row in model.objects.exclude(**{own: F("venture__round")}).select_related("venture").iterator():
            yield row.venture, _("%(what)s is of another round.") % {"what": what}
