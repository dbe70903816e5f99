"""How each law of the data is broken behind the doors: (law, in words, what is done), in a world where all are kept."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from common.clock import now
from common.models import Job, JournalEntry, OutboxMessage
from delivery.models import Activity, Report
from funding.models import Award, Tranche
from organizations.models import Organization
from reviews.models import PanelMember, Recusal, Result
from rounds.models import Amendment, GradeBand, Round, RubricItem, TrancheRule
from rounds.states import RoundState
from showcases.models import Event, Exhibit
from tests import factories
from tests.simulation.deeds import (
    a_budget_of_a_head_that_is_not_there,
    a_category_of_another_round,
    a_day_off_in_the_notice,
    a_group_of_a_group,
    a_head_renamed_where_money_was_spent,
    a_job,
    a_line,
    a_line_that_nothing_adds_up_to,
    a_number_from_nowhere,
    a_request_that_was_never_handed_in,
    a_scan_of_another_version,
    a_stay_within_a_stay,
    a_stored_file,
    a_task_again,
    a_voucher_is_gone,
    a_workbook,
    a_yuan_from_one_tranche_to_the_next,
    an_agreement_is_gone,
    an_award_for_nobody,
    an_orphan,
    awarded_on_the_last_day,
    closed,
    entered_and_accepted,
    more_spent_than_paid,
    of_closed,
    one_text,
    paid_before_it_was_signed,
    quarters_of_a_point,
    scored_and_chosen,
    signed_on_the_last_day,
    terminated,
    the_round,
)
from tests.simulation.unguarded import one, the
from ventures.models import BudgetLine, CheckAnswer, Counter, Notice, NoticeLine, Objection, Submission, Venture
from ventures.states import State

CENT = 1  # in the column, which counts 分


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
    ("an_application_refers_to_its_own_round", "a head that is not there", a_budget_of_a_head_that_is_not_there),
    ("an_expense_is_of_a_head_of_its_round", "a head that was renamed", a_head_renamed_where_money_was_spent),
    # --- notices and objections
    ("a_notice_runs_its_days", "one day short", lambda: one(Notice).update(closes_on=F("opens_on"))),
    ("a_notice_runs_its_days", "told in other days than the round's", lambda: one(Notice).update(day_kind="calendar")),
    ("a_notice_runs_its_days", "the calendar takes a day away", a_day_off_in_the_notice),
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
    ("weights_of_an_open_round_are_100", "one point more", lambda: one(RubricItem).update(weight=F("weight") + 1)),
    ("the_money_plan_of_an_open_round_is_walked_to_its_end", "one percent more",
     lambda: one(TrancheRule, ordinal=1).update(percent=F("percent") + 1)),
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
    ("who_entered_an_application_took_no_decision_on_it", "entered and accepted", entered_and_accepted),
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
    ("nobody_works_without_an_agreement", "there is no agreement", an_agreement_is_gone),
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
