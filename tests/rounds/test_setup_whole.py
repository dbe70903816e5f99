"""Making, copying, deleting and freezing a round with all its rules."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import Role
from common.clock import at
from common.errors import Conflict, Invalid
from common.machine.door import move
from common.models import JournalEntry
from rounds import actions as setup
from rounds.cards import CARDS, all_points, open_points
from rounds.models import AttachmentRule, Question, Round
from rounds.models.round import CONTACTS
from rounds.queries import stored
from rounds.states import RoundState
from tests.factories import a_platform, a_round, a_user, a_venture, moment
from tests.rounds.setting_up import MARCH, RUBRIC, full_round
from tests.waiting import DEADLINE, somebody_waits_for_this_transaction, wait_until

pytestmark = [pytest.mark.usefixtures("in_march", "in_english"), pytest.mark.engines]


# --- Making, copying, deleting ---


def test_a_round_from_nothing_is_the_next_edition_and_complains_about_itself(people: SimpleNamespace) -> None:
    series = setup.create_series(by=people.clerk, code=" ｇｙ ", name="公益创投")
    assert series.code == "GY"
    given: dict[str, Any] = {"series": series, "city": "平湖市", "platform": a_platform(), "host": "平湖市民政局"}
    first = setup.create_round(by=people.clerk, **given)
    second = setup.create_round(by=people.clerk, **given)
    assert (first.edition, second.edition) == (1, 2)
    found = all_points(second)
    assert {card for card in CARDS if not found[card]} == {"budget", "eligibility", "sections", "questions", "papers"}
    with pytest.raises(Invalid, match="is there already"):
        setup.create_round(by=people.clerk, **given, edition=2)
    with pytest.raises(Invalid, match="“GY” is there already"):
        setup.create_series(by=people.clerk, code="gy", name="另一个")


def test_a_copy_has_everything(people: SimpleNamespace) -> None:
    source = full_round(people)
    new = setup.copy_round(source, by=people.clerk)
    new.refresh_from_db()
    assert (new.edition, new.state, new.copied_from) == (source.edition + 1, RoundState.PREPARING, source)
    assert new.is_demo
    for card in CARDS:
        if card in {"basics", "calendar"}:
            continue
        assert stored(new, card) == stored(source, card), card
    ours = Question.objects.get(section__round=new, asked_if__isnull=False)
    assert ours.asked_if is not None
    assert (ours.asked_if.section.round, ours.asked_if_value) == (new, "租用")
    same = ("platform", "city", "host", "organizer", "co_organizer", *CONTACTS, "introduction", "notice_days")
    assert [getattr(new, n) for n in same] == [getattr(source, n) for n in same]
    kept = {f.name for f in Round._meta.concrete_fields} - {
        "id", "edition", "year", "opens_at", "closes_at", "days_to_check", "copied_from", "created_at",
        "state_since",
    }  # fmt: skip
    assert {n for n in kept if getattr(new, n) != getattr(source, n)} == set()


def test_the_days_of_a_copy_are_working_days_ahead_and_marked(people: SimpleNamespace) -> None:
    source = a_round(RoundState.CLOSED, opens_at=moment("2020-03-16 09:00"), closes_at=moment("2020-04-16 00:00"))
    new = setup.copy_round(source, by=people.clerk)
    assert (new.opens_at, new.closes_at) == (moment("2026-03-16 09:00"), moment("2026-04-16 00:00"))
    # 2021-03-16 … 2025 are over; a source of this spring goes to the next year, the 18th being a Thursday.
    later = setup.copy_round(new, by=people.clerk)
    assert (later.opens_at, later.closes_at) == (moment("2027-03-16 09:00"), moment("2027-04-16 00:00"))
    assert "Check them" in open_points(later, "calendar")[0]
    window = {"opens_at": later.opens_at, "closes_at": later.closes_at}
    setup.save_card(later, "calendar", by=people.clerk, facts=window)
    later.refresh_from_db()
    assert not later.days_to_check


def test_a_call_that_would_end_on_a_holiday_ends_on_the_next_working_day(people: SimpleNamespace) -> None:
    # 2026-05-01 is a holiday through the 5th; 2026-03-15 is a Sunday.
    source = a_round(RoundState.CLOSED, opens_at=moment("2025-03-15 08:30"), closes_at=moment("2025-05-02 00:00"))
    new = setup.copy_round(source, by=people.clerk)
    assert (new.opens_at, new.closes_at) == (moment("2026-03-16 08:30"), moment("2026-05-07 00:00"))


def test_a_copy_of_the_29th_of_february_opens_in_february(people: SimpleNamespace) -> None:
    source = a_round(RoundState.CLOSED, opens_at=moment("2028-02-29 09:00"), closes_at=moment("2028-03-31 00:00"))
    assert setup.copy_round(source, by=people.clerk).opens_at == moment("2029-02-28 09:00")


def test_a_real_round_is_made_of_a_demonstration_by_unticking(people: SimpleNamespace) -> None:
    assert not setup.copy_round(full_round(people), by=people.clerk, is_demo=False).is_demo


def test_a_round_in_preparation_is_deleted_with_its_rules(people: SimpleNamespace) -> None:
    round_ = full_round(people)
    pk = round_.pk
    setup.delete_round(round_, by=people.clerk)
    assert not Round.objects.filter(pk=pk).exists() and not Question.objects.exists()
    assert JournalEntry.objects.filter(subject_id=pk, verb="delete_round").exists()


def test_a_round_with_ventures_is_not_deleted(people: SimpleNamespace, preparing: Round) -> None:
    a_venture(round=preparing)
    with pytest.raises(Conflict, match=r"has 1 venture"):
        setup.delete_round(preparing, by=people.clerk)


# --- Frozen ---


def test_nothing_is_set_up_once_the_call_has_opened(people: SimpleNamespace) -> None:
    round_ = full_round(people)
    question = Question.objects.filter(section__round=round_).first()
    assert question is not None
    AttachmentRule.objects.filter(round=round_).delete()
    move(round_, "open", by=people.clerk)
    before = {card: stored(round_, card) for card in CARDS}
    for act in (
        *(
            lambda card=card: setup.save_card(round_, card, by=people.manager, rows=[])
            for card in CARDS
            if CARDS[card].tables
        ),
        lambda: setup.save_card(round_, "money", by=people.manager, facts={"cap": Decimal(1)}),
        lambda: setup.add_question(
            round_, by=people.clerk, section=question.section, facts={"label": "?", "kind": "text"}
        ),
        lambda: setup.change_question(question, by=people.clerk, section=question.section, facts={"label": "?"}),
        lambda: setup.remove_question(question, by=people.clerk),
        lambda: setup.move_question(question, 1, by=people.clerk),
        lambda: setup.delete_round(round_, by=people.clerk),
    ):
        with pytest.raises(Conflict, match="its rules are frozen"):
            act()
    assert {card: stored(Round.objects.get(pk=round_.pk), card) for card in CARDS} == before


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_edit_beside_the_opening_waits_and_is_refused() -> None:
    """Without the lock the edit reads "preparing" while the opening is on its way, and changes an open round."""
    clerk, manager = a_user(Role.CLERK), a_user(Role.MANAGER)
    round_ = a_round(RoundState.PREPARING)
    opened, done = Event(), Event()

    def open_slowly() -> None:
        try:
            with at(MARCH), transaction.atomic():
                move(Round.objects.get(pk=round_.pk), "open", by=manager)
                opened.set()
                wait_until(
                    lambda: done.is_set() or somebody_waits_for_this_transaction(), "the edit is made, or waits for us"
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(open_slowly)
        assert opened.wait(timeout=DEADLINE)
        try:
            with pytest.raises(Conflict, match="frozen"):
                setup.save_card(Round.objects.get(pk=round_.pk), "rubric", by=clerk, rows=RUBRIC)
        finally:
            done.set()
        opening.result()
    assert round_.rubric.count() == 8
