"""The 2020 round as the seed tells it, from call to closure."""

from argparse import Namespace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum
from django.utils.timezone import localtime

from accounts.models import Notification, Role, User
from common.models import JournalEntry, OutboxMessage
from common.models.search import SearchGram, SearchText
from common.work_calendar.working_days import count_working_days
from funding.models import Award, LedgerEntry
from organizations.models import Organization
from reviews.models import Recusal, Review
from rounds.models import Round
from rounds.states import RoundState
from showcases.models import Event
from tests.house.reading import odd_in_chinese
from tests.simulation.conftest import SPEC, simulate
from ventures.models import Notice, Venture
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("golden"), pytest.mark.engines]

NAMED = (
    "乡音相伴——林埭镇新居民服务项目",
    "“爱在身边”农村老党员关心关爱服务项目",
    "“传承红色基因 汲取初心力量”独山港镇红色路线推广项目",
)


def red() -> Round:
    return Round.objects.get(series__code="HC", edition=1)


def test_the_ten_ventures_of_2020_are_closed(golden: Namespace) -> None:
    assert golden.states == {State.CLOSED: 10}
    assert red().ventures.count() == 10
    assert red().name == "首届红色创投"
    assert red().state == RoundState.CLOSED


def test_the_three_named_titles_are_stored_as_they_were_printed() -> None:
    titles = set(red().ventures.values_list("title", flat=True))
    assert set(NAMED) <= titles
    assert all("演示" in title for title in titles - set(NAMED))
    assert Venture.objects.get(title=NAMED[0]).place.name == "林埭镇"
    assert Venture.objects.get(title=NAMED[2]).place.name == "独山港镇"


def test_all_ten_were_shown_in_the_afternoon_of_7_december_2020() -> None:
    event = Event.objects.get()
    assert event.name == "首届红色创投成果展暨第四届公益创投发布会"
    assert localtime(event.starts_at).date() == date(2020, 12, 7)
    assert localtime(event.starts_at).hour >= 12
    assert event.exhibits.count() == 10
    shown = JournalEntry.objects.filter(verb="show")
    assert {localtime(e.at).date() for e in shown} == {date(2020, 12, 7)}
    assert shown.count() == 10


def test_the_event_opened_the_fourth_round_of_the_other_series() -> None:
    launched = Event.objects.get().launches.get()
    assert launched.name == "第四届公益创投"
    assert launched.state == RoundState.OPEN
    assert localtime(JournalEntry.objects.of(launched).get(verb="open").at).date() == date(2020, 12, 7)
    assert not launched.rubric.filter(label="党建引领").exists()


def test_all_ten_were_closed_after_the_showcase_and_before_the_year_ended() -> None:
    days = set(red().ventures.values_list("closed_on", flat=True))
    assert all(date(2020, 12, 7) < day <= date(2020, 12, 31) for day in days)


def test_the_rubric_has_eight_criteria_that_add_up_to_100() -> None:
    rubric = red().rubric.all()
    assert len(rubric) == 8
    assert sum(item.weight for item in rubric) == 100
    breakers = sorted((i.tie_break, i.label) for i in rubric if i.tie_break)
    assert breakers == [(1, "方案可行性"), (2, "预算合理性"), (3, "党建引领")]


def test_the_notice_ran_for_at_least_five_working_days() -> None:
    notice = Notice.objects.get()
    assert count_working_days(notice.opens_on, notice.closes_on) >= 5
    awarded = JournalEntry.objects.filter(verb="award", subject_kind="ventures.venture")
    assert all(localtime(e.at).date() > notice.closes_on for e in awarded)


def test_what_was_awarded_is_paid_and_what_was_paid_is_spent_or_returned(golden: Namespace) -> None:
    for award in Award.objects.all():
        assert award.paid == award.amount == sum(t.amount for t in award.tranches.all())
        assert award.spent + award.returned == award.paid
        assert award.amount <= award.venture.requested <= red().cap
        entries = award.entries.values("kind").annotate(sum=Sum("amount")).order_by()
        sums = {e["kind"]: e["sum"] for e in entries}
        assert sums.get(LedgerEntry.Kind.PAYMENT) == award.paid
        assert sums.get(LedgerEntry.Kind.RETURN, 0) == award.returned
    money = {name: Decimal(text) for name, text in golden.money.items()}
    assert money["paid"] == money["awarded"] == sum(a.amount for a in Award.objects.all()) <= red().budget
    assert money["spent"] + money["returned"] == money["paid"]
    assert money["returned"] > 0
    assert golden.money["recovered"] == "0.00"


def test_what_everybody_was_told_on_the_way_reads_well() -> None:
    """Full-width marks beside Chinese and the words of a bureau, of every message of a year."""
    told = set(Notification.objects.values_list("text", flat=True))
    assert len(told) > 100
    assert not odd_in_chinese(sorted(told))


def test_the_story_has_a_return_recusals_a_dismissed_objection_and_a_rectification() -> None:
    verbs = set(JournalEntry.objects.exclude(to_state="").values_list("verb", flat=True))
    assert {
        "return_for_correction",
        "resubmit",
        "admit_objection",
        "dismiss_objection",
        "order_rectification",
        "report_rectification",
    } <= verbs
    assert Recusal.objects.count() == 2
    assert Review.objects.filter(state=Review.State.RECUSED).count() == 2
    assert Review.objects.filter(state=Review.State.SUBMITTED).count() == 68


def test_each_move_was_made_by_somebody_whose_role_it_is() -> None:
    payers = JournalEntry.objects.filter(verb="pay_tranche").values_list("by_name", flat=True)
    assert set(payers) == {"财务"}
    submitters = JournalEntry.objects.filter(verb="submit").values_list("by_id", flat=True)
    assert {User.objects.get(pk=pk).role for pk in submitters} == {Role.APPLICANT}
    assert len(set(submitters)) == 10


def test_everything_invented_is_marked_as_demonstration_data() -> None:
    for model in (Round, Venture, Organization, Event):
        assert not model.objects.filter(is_demo=False).exists()


def test_every_message_was_delivered_in_the_time_of_the_story() -> None:
    assert not OutboxMessage.objects.filter(sent_at=None, key__startswith="moved").exists()
    sent = OutboxMessage.objects.filter(key__startswith="moved").values_list("sent_at", flat=True)
    assert {localtime(at).year for at in sent} == {2020}


def test_there_is_a_workbook_for_the_city_and_one_for_each_platform_with_ventures(golden: Namespace) -> None:
    assert len(golden.workbooks) == 10
    assert all(Path(path).stat().st_size > 0 for path in golden.workbooks)
    assert Path(golden.workbooks[0]).name == "平湖市首届红色创投_汇总表_20201231.xlsx"


def test_a_second_run_tells_what_is_there_and_moves_nothing(golden: Namespace, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = golden.files
    entries = JournalEntry.objects.exclude(to_state="").count()
    again = simulate(tmp_path, spec=SPEC)
    assert "首届红色创投" in again.told
    assert (again.states, again.money, again.moves) == (golden.states, golden.money, golden.moves)
    assert [Path(p).name for p in again.workbooks] == [Path(p).name for p in golden.workbooks]
    assert JournalEntry.objects.exclude(to_state="").count() == entries


def test_another_round_in_the_place_of_the_story_is_not_touched(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(SPEC.read_text(encoding="utf-8").replace("title: 乡音相伴", "title: 另一个项目"), encoding="utf-8")
    with pytest.raises(CommandError, match="首届红色创投"):
        call_command("simulate_round", spec=other)


def test_every_move_of_the_round_left_the_search_as_reindex_would_file_it() -> None:
    as_filed = filed()
    assert as_filed[0] and as_filed[1]
    SearchText.objects.all().delete()
    SearchGram.objects.all().delete()
    call_command("reindex", verbosity=0)
    assert filed() == as_filed


def filed() -> tuple[set[tuple[int, int, str]], set[tuple[int, int]]]:
    """All that a search looks at: the texts and their grams."""
    return set(SearchText.objects.values_list("kind", "subject_id", "text")), set(
        SearchGram.objects.values_list("gram", "subject_id")
    )
