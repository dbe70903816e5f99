"""How each law of the data is broken behind the doors: (law, in words, what is done), in a world where all are kept."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Model, Q, QuerySet
from viewflow.workflow.models import Task

from common.clock import now
from common.files.storing import root
from common.machine.triggers import all_triggers
from common.models import CalendarDay, Job, JournalEntry, OutboxMessage, SearchText, StoredFile
from delivery.models import Activity, Report
from funding.models import Award, Expense, LedgerEntry, Tranche
from organizations.models import Incubation, Organization
from reports.models import Workbook
from reviews.models import PanelMember, Recusal, Result, Review, Score
from rounds.models import Amendment, GradeBand, Round, RubricItem
from rounds.states import RoundState
from showcases.models import Event, Exhibit
from tests import factories
from ventures.application.content import hash_of
from ventures.models import (
    BudgetLine,
    CheckAnswer,
    Counter,
    Notice,
    NoticeLine,
    Objection,
    StampedScan,
    Submission,
    Venture,
)
from ventures.search_index import index_venture
from ventures.states import State

CENT = 1  # in the column, which counts 分


@contextmanager
def unguarded() -> Iterator[None]:
    """Without triggers and constraints of the database, in a transaction that is rolled back."""
    try:
        with transaction.atomic():
            for statement in _taking_guards_away():
                _execute(statement)
            yield
            transaction.set_rollback(True)
    finally:
        if connection.vendor == "sqlite":
            _execute("PRAGMA ignore_check_constraints = OFF")


def _taking_guards_away() -> list[str]:
    if connection.vendor == "sqlite":
        drops = [f'DROP TRIGGER IF EXISTS "{trigger.name}"' for trigger in all_triggers()]
        return ["PRAGMA ignore_check_constraints = ON", *drops]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint"
            " WHERE contype = 'c' AND conrelid <> 0 AND connamespace = 'public'::regnamespace"
        )
        drops = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in cursor.fetchall()]
    # Deferred keys are asked first: a table with waiting events can not be altered.
    return ["SET CONSTRAINTS ALL IMMEDIATE", "SET LOCAL session_replication_role = replica", *drops]


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def one(rows: Any, *wanted: Q, **where: Any) -> QuerySet[Any]:
    """The first such row, to be updated or deleted past its model."""
    found = rows.objects.filter(*wanted, **where).order_by("pk").values_list("pk", flat=True).first()
    assert found is not None, where
    return rows.objects.filter(pk=found)


def the(rows: Any, *wanted: Q, **where: Any) -> Any:
    return one(rows, *wanted, **where).get()


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
        award=award, spent_on=date(2020, 6, 9), category="other", summary="x", amount=award.paid, voucher_number="x"
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


NOBODY = {"state": State.NOT_SELECTED, "score__isnull": False}

CASES: list[tuple[str, str, Callable[[], Any]]] = [
    # --- common
    ("only_moves_of_the_machine_are_told", "closed once more",
     lambda: a_line(closed().get(), "close", from_state="closed", to_state="closed")),
    ("the_last_move_has_led_to_the_state", "the line of a lapse is gone",
     lambda: one(JournalEntry, verb="lapse").delete()),
    ("each_move_begins_where_the_last_one_ended", "the line of an acceptance is gone",
     lambda: one(JournalEntry, verb="accept").delete()),
    ("every_stored_file_is_on_the_disk", "restored without its file", a_stored_file),
    ("files_without_a_row_are_swept", "a file from 1970", an_orphan),
    ("no_message_is_given_up", "after eight attempts", lambda: one(OutboxMessage).update(sent_at=None, attempts=8)),
    ("everything_can_be_found", "a text is gone", lambda: one_text().delete()),
    # --- organizations
    ("every_credit_code_has_its_check_digit", "U instead of T",
     lambda: one(Organization, ~Q(credit_code="")).update(credit_code="51330482MJA000016U")),
    ("a_group_acts_through_a_registered_host", "through another group", a_group_of_a_group),
    ("a_group_acts_through_a_registered_host", "verified before the host has agreed",
     lambda: factories.an_organization(
         credit_code="", host=the(Organization, ~Q(credit_code="")), verification="verified", hosting="asked")),
    ("stays_on_a_platform_follow_each_other", "entered again before it had left", a_stay_within_a_stay),
    # --- what was handed in
    ("a_budget_line_is_price_times_quantity", "a cent more",
     lambda: of_closed(BudgetLine, quantity=1).update(unit_price=F("unit_price") + CENT)),
    ("budget_lines_add_up", "another line", a_line_that_nothing_adds_up_to),
    ("what_is_before_the_office_was_handed_in", "lapsed and handed in",
     lambda: one(Venture, state=State.LAPSED).update(submitted_at=now())),
    ("what_is_before_the_office_was_handed_in", "refused and never numbered",
     lambda: one(Venture, state=State.NOT_ACCEPTED).update(submitted_at=None)),
    ("a_version_has_the_hash_of_its_content", "another hash", lambda: one(Submission).update(hash="0" * 64)),
    ("receipts_are_number_and_ordinal", "another receipt", lambda: one(Submission).update(receipt="HC2020-999-1")),
    ("receipts_are_number_and_ordinal", "a second without a first",
     lambda: of_closed(Submission).update(ordinal=2, receipt=F("receipt"))),
    ("a_stamped_scan_is_of_its_version", "of another version", a_scan_of_another_version),
    ("what_is_judged_is_what_was_handed_in", "another request", a_request_that_was_never_handed_in),
    ("a_returned_application_has_its_open_correction", "returned without a correction",
     lambda: closed().update(corrections=1)),
    ("an_accepted_application_meets_its_checklist", "one line not met",
     lambda: of_closed(CheckAnswer).update(met=False)),
    ("an_application_refers_to_its_own_round", "a category of another round", a_category_of_another_round),
    # --- notices and objections
    ("a_notice_runs_its_working_days", "one day short", lambda: one(Notice).update(closes_on=F("opens_on"))),
    ("a_notice_runs_its_working_days", "the calendar takes a day away", a_day_off_in_the_notice),
    ("nothing_is_awarded_before_the_end_of_its_notice", "on its last day", awarded_on_the_last_day),
    ("what_is_awarded_is_what_the_notice_said", "a cent less",
     lambda: of_closed(NoticeLine).update(amount=F("amount") - CENT)),
    ("nothing_is_awarded_with_an_open_objection", "dismissed, and open again",
     lambda: of_closed(Objection).update(state="filed")),
    ("inquiries_and_cancelled_awards_have_their_objection", "upheld, and dismissed",
     lambda: one(Objection, state="upheld").update(state="dismissed")),
    ("inquiries_and_cancelled_awards_have_their_objection", "dismissed, and upheld",
     lambda: of_closed(Objection).update(state="upheld")),
    # --- rounds
    ("weights_and_shares_of_an_open_round_are_100", "one point more", lambda: one(RubricItem).update(weight=F("weight") + 1)),
    ("amounts_and_marks_of_an_open_round_fit_together", "a tier above the cap",
     lambda: the_round(grant_tiers=["99999999.00"])),
    ("amounts_and_marks_of_an_open_round_fit_together", "no grade below 1 point",
     lambda: one(GradeBand, passes=False).update(lowest=1)),
    ("amendments_are_numbered_without_a_gap", "a second without a first",
     lambda: Amendment.objects.create(
         round=the(Round), ordinal=2, text="x", published_at=now(), by_name="x")),
    # --- ventures
    ("a_round_gives_no_more_than_its_budget", "the budget shrinks to the cap", lambda: the_round(budget=F("cap"))),
    ("a_round_fills_no_more_than_its_places", "one place", lambda: the_round(quota=1)),
    ("an_award_is_within_request_and_cap", "the cap shrinks", lambda: the_round(cap=F("min_grant"))),
    ("whoever_was_chosen_has_an_award", "a lapsed one has one",
     an_award_for_nobody),
    ("numbers_have_no_gap_and_no_twin", "one number too many", lambda: one(Counter).update(last=F("last") + 1)),
    ("numbers_have_no_gap_and_no_twin", "a number that was never given",
     a_number_from_nowhere),
    ("ventures_are_where_their_round_can_have_brought_them", "a draft in a completed round",
     lambda: factories.a_venture(round=the(Round, state=RoundState.CLOSED))),
    ("no_organization_hands_in_more_than_the_round_allows", "none is allowed",
     lambda: the_round(max_per_organization=0)),
    ("who_entered_an_application_did_not_accept_it", "entered and accepted", entered_and_accepted),
    ("an_ended_venture_has_its_day", "closed on no day", lambda: closed().update(closed_on=None)),
    # --- delivery
    ("one_report_awaits_assessment_while_it_is_evaluated", "closed, and a report waits",
     lambda: Report.objects.create(venture=closed().get(), kind="mid_term", progress="x")),
    ("the_mid_term_is_passed_by_a_report", "the report has failed",
     lambda: of_closed(Report, kind="mid_term", verdict="passed").update(verdict="failed")),
    ("the_grade_is_what_the_final_score_comes_to", "合格 for 优秀",
     lambda: one(Venture, state=State.CLOSED, grade="优秀").update(grade="合格")),
    ("counts_of_delivery_are_possible", "101 % are satisfied", lambda: one(Report).update(satisfaction=101)),
    ("counts_of_delivery_are_possible", "less than nobody came", lambda: one(Activity).update(attendance=-1)),
    ("a_closed_venture_has_reported_and_acted", "no activities",
     lambda: Activity.objects.filter(venture__in=closed().values("pk")).delete()),
    # --- reviews
    ("each_open_score_sheet_is_one_live_task", "submitted, and still to do", lambda: a_task_again("ASSIGNED")),
    ("each_open_score_sheet_is_one_live_task", "submitted, and never done", lambda: a_task_again("CANCELED")),
    ("a_submitted_total_is_the_sum_of_its_points", "quarters of a point", quarters_of_a_point),
    ("a_result_is_what_the_scores_come_to", "one score more", lambda: one(Result).update(valid=F("valid") + 1)),
    ("a_placed_venture_has_the_score_of_its_panel", "a hundredth more",
     lambda: one(Venture, **NOBODY).update(score=F("score") + Decimal("0.01"))),
    ("ranks_follow_the_scores", "the last of all", lambda: one(Venture, **NOBODY).update(rank=99)),
    ("nobody_in_reserve_is_passed_over", "a pass mark of 99", lambda: the_round(pass_mark=99)),
    ("a_recused_expert_has_no_score", "the recusal is gone", lambda: one(Recusal).delete()),
    ("the_whole_panel_reviews_each_venture", "a seat is gone", lambda: one(PanelMember).delete()),
    ("the_whole_panel_reviews_each_venture", "a seat more",
     lambda: PanelMember.objects.create(panel=the(PanelMember).panel, expert=factories.a_user("expert"), ordinal=99)),
    ("who_has_scored_has_not_chosen", "an expert proposes", scored_and_chosen),
    # --- funding
    ("tranches_add_up_to_the_award", "a cent more",
     lambda: one(Tranche, entries=None).update(amount=F("amount") + CENT)),
    ("running_totals_are_the_sums_of_the_ledger", "a cent less is spent",
     lambda: Award.objects.filter(pk=terminated(spent__gt=0).pk).update(spent=F("spent") - CENT)),
    ("money_stays_within_its_limits", "more is spent than was paid", more_spent_than_paid),
    ("nothing_is_paid_before_its_trigger", "the day before it was signed", paid_before_it_was_signed),
    ("tranches_are_paid_whole_and_in_order", "one yuan from one to the next", a_yuan_from_one_tranche_to_the_next),
    ("an_agreement_is_over_what_was_awarded", "on the last day of the notice", signed_on_the_last_day),
    ("nobody_works_without_an_agreement", "there is no first tranche",
     lambda: one(Tranche, award__venture__state=State.CLOSED, ordinal=1).update(ordinal=9)),
    ("a_closed_venture_owes_nothing", "a voucher is gone", a_voucher_is_gone),
    ("a_settled_termination_owes_nothing", "something is claimed from who is closed",
     lambda: one(Award, venture__state=State.CLOSED).update(claimed=Decimal(0))),
    ("a_settled_termination_owes_nothing", "a cent is still claimed",
     lambda: Award.objects.filter(pk=terminated(recovered__gt=0).pk).update(claimed=F("claimed") + CENT)),
    # --- showcases and reports
    ("what_counts_as_shown_was_on_show", "it is on no board", lambda: Exhibit.objects.filter(venture__in=closed()).delete()),
    ("an_event_is_held_once_it_has_begun", "a day before",
     lambda: one(Event).update(held_at=F("starts_at") - timedelta(1))),
    ("an_event_shows_ventures_of_its_rounds", "it shows no round", lambda: the(Event).shows.clear()),
    ("every_workbook_is_on_the_disk", "no file", a_workbook),
    ("each_finished_job_has_its_workbook", "done without a summary", lambda: a_job(Job.State.DONE)),
]  # fmt: skip


def one_text() -> QuerySet[Any]:
    first = SearchText.objects.order_by("subject_id")[0]
    return SearchText.objects.filter(kind=first.kind, subject_id=first.subject_id)
