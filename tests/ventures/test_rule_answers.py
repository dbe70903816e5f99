"""What the system has found stands in the checklist; a clerk confirms it or overrides it with a word."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from common.errors import Invalid, NotReady
from organizations.models import Organization
from rounds.models import EligibilityRule
from tests.factories import a_venture, answer_all_checks
from ventures import actions
from ventures.models import RuleAnswer, Venture
from ventures.screening.gates import open_checklists
from ventures.states import State

pytestmark = pytest.mark.engines


@pytest.fixture
def submitted(people: SimpleNamespace) -> Venture:
    """Handed in with an account, three years old where five are asked for, and its inspection is not known."""
    Organization.objects.filter(pk=people.organization.pk).update(founded_on=date(2023, 11, 1))
    for n, (kind, number) in enumerate((("account", None), ("years", 50), ("inspection", 1)), 1):
        EligibilityRule.objects.create(round=people.round, ordinal=n, kind=kind, number=number)
    venture = actions.submit(a_venture(round=people.round, organization=people.organization), by=people.applicant)
    answer_all_checks(venture)
    return venture


def test_what_is_found_is_filled_in_with_evidence_and_day_when_it_is_handed_in(submitted: Venture) -> None:
    rows = list(submitted.rule_answers.all())
    assert [(r.rule.kind, r.found, r.met, r.by_id) for r in rows] == [
        ("account", True, True, None), ("years", False, False, None), ("inspection", None, None, None),
    ]  # fmt: skip
    assert "2023-11-01" in rows[1].evidence and rows[1].found_on == submitted.submissions.get().at.date()


def test_what_is_not_met_needs_a_word_before_it_is_accepted(people: SimpleNamespace, submitted: Venture) -> None:
    __, years, inspection = [row.rule_id for row in submitted.rule_answers.all()]
    with pytest.raises(
        NotReady, match="Registered for at least 50 years, Annual inspection passed within the last 1 year"
    ):
        actions.accept(submitted, by=people.clerk)
    assert list(open_checklists([submitted])) == [submitted.pk]
    for met, word in ((True, ""), (True, " \u200b")):
        with pytest.raises(Invalid, match="Founded on 2023-11-01.*Say why you decide so") as refused:
            actions.answer_check(
                submitted, by=people.clerk, answers={}, rules={years: (met, word), inspection: (True, "已补")}
            )
        assert list(refused.value.fields) == [f"word_{years}"]
    assert not submitted.rule_answers.exclude(by_id=None).exists()
    rules = {years: (True, "前身成立于1970年"), inspection: (True, "已核对年检通知书")}
    actions.answer_check(submitted, by=people.clerk, answers={}, rules=rules)
    row = submitted.rule_answers.get(rule=years)
    assert (row.found, row.met, row.word, row.by_name) == (False, True, "前身成立于1970年", people.clerk.name)
    assert actions.accept(submitted, by=people.clerk).state == State.ELIGIBLE


def test_what_is_met_may_be_refused_with_a_word_and_confirmed_without(
    people: SimpleNamespace, submitted: Venture
) -> None:
    account, years, inspection = [row.rule_id for row in submitted.rule_answers.all()]
    with pytest.raises(Invalid, match=r"\*\*\*\* 7890.*Say why"):
        actions.answer_check(submitted, by=people.clerk, answers={}, rules={account: (False, "")})
    rules = {account: (True, ""), years: (False, ""), inspection: (False, "")}
    actions.answer_check(submitted, by=people.clerk, answers={}, rules=rules)
    assert {r.by_name for r in submitted.rule_answers.all()} == {people.clerk.name}
    first = submitted.rule_answers.get(rule=account)
    actions.answer_check(submitted, by=people.manager, answers={}, rules={account: (True, "")})
    assert submitted.rule_answers.get(rule=account).at == first.at  # says what it said: keeps its name and day


def test_a_line_of_another_round_is_refused(people: SimpleNamespace, submitted: Venture) -> None:
    strange = EligibilityRule.objects.create(round=a_venture().round, ordinal=1, kind="account")
    with pytest.raises(Invalid, match="not on the checklist"):
        actions.answer_check(submitted, by=people.clerk, answers={}, rules={strange.pk: (True, "")})


def test_the_database_keeps_no_decision_against_the_finding_without_a_word(submitted: Venture) -> None:
    row = submitted.rule_answers.get(rule__kind="years")
    with pytest.raises(IntegrityError, match="decided_otherwise_with_a_word"), transaction.atomic():
        RuleAnswer.objects.filter(pk=row.pk).update(met=True)


def test_a_correction_is_looked_at_anew_and_a_word_on_the_same_finding_stays(
    people: SimpleNamespace, submitted: Venture
) -> None:
    __, years, inspection = [row.rule_id for row in submitted.rule_answers.all()]
    rules = {years: (True, "前身成立于1970年"), inspection: (False, "")}
    actions.answer_check(submitted, by=people.clerk, answers={}, rules=rules)
    actions.return_for_correction(submitted, by=people.clerk, fields={"plan": "补年检"})
    people.organization.annualinspections.create(year=people.round.opens_at.year - 1, conclusion="passed")
    actions.save_draft(submitted, by=people.applicant, values={"plan": "补了"})
    actions.resubmit(submitted, by=people.applicant)
    assert submitted.rule_answers.get(rule=years).word == "前身成立于1970年"
    anew = submitted.rule_answers.get(rule=inspection)
    assert (anew.found, anew.met, anew.by_id) == (True, True, None)
