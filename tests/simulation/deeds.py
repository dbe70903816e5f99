"""What breaks a law and takes more than one statement."""

import os
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from viewflow.workflow.models import Task

from common.files.storing import root
from common.models import CalendarDay, Job, JournalEntry, SearchText, StoredFile
from funding.models import Award, Expense, LedgerEntry, Tranche
from organizations.models import Incubation, Organization
from reports.models import Workbook
from reviews.models import PanelMember, Review, Score
from rounds.models import BudgetHead, Round
from rounds.states import RoundState
from tests import factories
from tests.simulation.unguarded import one, the
from ventures.application.content import hash_of
from ventures.models import BudgetLine, Counter, Notice, StampedScan, Submission, Venture
from ventures.search_index import index_venture
from ventures.states import State


def closed() -> QuerySet[Any]:
    return one(Venture, state=State.CLOSED, showcase_waived="", corrections=0)


def of_closed(rows: Any, **where: Any) -> QuerySet[Any]:
    return one(rows, venture__state=State.CLOSED, **where)


def terminated(**where: Any) -> Award:
    award: Award = the(Award, venture__state=State.TERMINATED, paid__gt=0, **where)
    return award


def a_line(subject: Model, verb: str, **fields: Any) -> None:
    JournalEntry.objects.create(
        subject_kind=subject._meta.label_lower, subject_id=subject.pk, verb=verb, by_name="x", **fields
    )


def a_stored_file(content: bytes = b"") -> StoredFile:
    """Its row; the file lies on the disk when it has content."""
    if content:
        root().mkdir(parents=True, exist_ok=True)
        (root() / "x").write_bytes(content)
    return StoredFile.objects.create(name="登记证书.pdf", size=3, path="x", sha256="0" * 64, by_name="x")


def an_orphan() -> None:
    root().mkdir(parents=True, exist_ok=True)
    (root() / "orphan").write_bytes(b"x")
    os.utime(root() / "orphan", (0, 0))


def a_job(state: str, **fields: Any) -> Job:
    return Job.objects.create(kind="reports.workbook", state=state, **fields)


def a_workbook() -> None:
    round_ = the(Round, state=RoundState.CLOSED)
    Workbook.objects.create(
        job=a_job(Job.State.DONE), round=round_, platform=round_.platform, sheets=[], as_of=date(2020, 12, 31),
        name="汇总表.xlsx", path="workbooks/x", size=3, sha256="0" * 64,
    )  # fmt: skip


def a_group_of_a_group() -> None:
    host = factories.an_organization(credit_code="", host=the(Organization, ~Q(credit_code="")))
    factories.an_organization(credit_code="", host=host)


def a_category_of_another_round() -> None:
    other = factories.a_round(RoundState.PREPARING)
    closed().update(category=other.categories.first())


def a_budget_of_a_head_that_is_not_there() -> None:
    of_closed(BudgetLine).filter(head="活动费用").update(head="服务费用")


def a_head_renamed_where_money_was_spent() -> None:
    BudgetHead.objects.filter(name="活动费用").update(name="服务费用")
    BudgetLine.objects.filter(head="活动费用").update(head="服务费用")


def a_request_that_was_never_handed_in() -> None:
    version = of_closed(Submission).get()
    version.content["budget"]["requested"] = "1.00"
    Submission.objects.filter(pk=version.pk).update(content=version.content, hash=hash_of(version.content))


def a_scan_of_another_version() -> None:
    version = of_closed(Submission).get()
    scan = StampedScan.objects.create(
        venture=version.venture, file=a_stored_file(b"abc"), content_hash="0" * 64, by_name="x"
    )
    Submission.objects.filter(pk=version.pk).update(stamped_scan=scan)


def a_line_that_nothing_adds_up_to() -> None:
    of_closed(BudgetLine).update(
        unit_price=Decimal(7), quantity=1, amount=Decimal(7), from_grant=Decimal(7), from_own=Decimal(0)
    )


def quarters_of_a_point() -> None:
    first, second = the(Review, state="submitted").scores.filter(item__tie_break=None).order_by("pk")[:2]
    Score.objects.filter(pk=first.pk).update(points=first.points - Decimal("0.25"))
    Score.objects.filter(pk=second.pk).update(points=second.points + Decimal("0.25"))


def more_spent_than_paid() -> None:
    award = terminated()
    Expense.objects.create(
        award=award, spent_on=date(2020, 6, 9), head="其他费用", summary="x", amount=award.paid, voucher_number="x"
    )
    Award.objects.filter(pk=award.pk).update(spent=award.spent + award.paid)


def a_yuan_from_one_tranche_to_the_next() -> None:
    award = the(Award, venture__state=State.CLOSED)
    for ordinal, change in ((1, -100), (2, 100)):
        award.tranches.filter(ordinal=ordinal).update(amount=F("amount") + change)


def a_voucher_is_gone() -> None:
    expense = the(Expense, award__venture__state=State.CLOSED)
    Award.objects.filter(pk=expense.award_id).update(spent=expense.award.spent - expense.amount)
    Expense.objects.filter(pk=expense.pk).delete()


def an_agreement_is_gone() -> None:
    award = the(Award, venture__state=State.CLOSED)
    for rows in (LedgerEntry, Expense, Tranche):
        rows.objects.filter(award=award)._raw_delete("default")  # type: ignore[attr-defined]
    Award.objects.filter(pk=award.pk)._raw_delete("default")  # type: ignore[attr-defined]


def scored_and_chosen() -> None:
    expert = the(PanelMember).expert_id
    one(JournalEntry, verb="propose").update(by_id=expert)


def entered_and_accepted() -> None:
    line = the(JournalEntry, verb="accept")
    a_line(Venture.objects.get(pk=line.subject_id), "enter_for_applicant", by_id=line.by_id)


def a_stay_within_a_stay() -> None:
    stay = the(Incubation)
    Incubation.objects.filter(pk=stay.pk).update(graduated_on=stay.entered_on + timedelta(400))
    Incubation.objects.create(
        platform=stay.platform, organization=stay.organization, entered_on=stay.entered_on + timedelta(100)
    )


def a_day_off_in_the_notice() -> None:
    CalendarDay.objects.create(day=the(Notice).opens_on, is_workday=False, source="x")


def awarded_on_the_last_day() -> None:
    line = the(JournalEntry, verb="award", subject_kind="ventures.venture")
    end = Notice.objects.get(lines__venture=line.subject_id).closes_on
    JournalEntry.objects.filter(pk=line.pk).update(at=factories.moment(f"{end} 17:00"))


def signed_on_the_last_day() -> None:
    award = the(Award)
    Award.objects.filter(pk=award.pk).update(signed_on=award.venture.notice_lines.get().notice.closes_on)


def paid_before_it_was_signed() -> None:
    entry = the(LedgerEntry, kind="payment")
    LedgerEntry.objects.filter(pk=entry.pk).update(on=entry.award.signed_on - timedelta(1))


def an_award_for_nobody() -> None:
    the_round(quota=99)
    one(Venture, state=State.LAPSED).update(awarded=Decimal(100))


def a_number_from_nowhere() -> None:
    venture = the(Venture, state=State.LAPSED)
    Venture.objects.filter(pk=venture.pk).update(number=f"{the(Counter).prefix}999")
    index_venture(venture.pk)


def the_round(**changes: Any) -> None:
    one(Round, state=RoundState.CLOSED).update(**changes)


def a_task_again(status: str) -> None:
    tasks = Task._default_manager.filter(flow_task_type="HUMAN", status="DONE").order_by("pk")
    Task._default_manager.filter(pk=tasks.filter(data__outcome="submitted")[0].pk).update(status=status)


def one_text() -> QuerySet[Any]:
    first = SearchText.objects.order_by("subject_id")[0]
    return SearchText.objects.filter(kind=first.kind, subject_id=first.subject_id)
