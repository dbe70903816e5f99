"""Who may apply: each rule of a round, answered with number, date and evidence; what blocks, blocks."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.timezone import localdate

from common import clock
from common.errors import NotReady
from organizations.models import (
    AnnualInspection,
    Ban,
    CreditListing,
    EarlierGrant,
    Organization,
    PartyMark,
    Penalty,
    Rating,
)
from rounds.eligibility_kinds import KINDS
from rounds.models import AttachmentRule, EligibilityRule
from rounds.states import RoundState
from tests.factories import a_place, a_round, a_user, a_venture, an_organization, moment
from tests.house.access.world import a_file
from ventures import actions
from ventures.eligibility.duplicates import matches
from ventures.eligibility.evaluating import evaluate, evaluate_before, sentence, stopping
from ventures.models import Application, Attachment, Venture
from ventures.screening.queries import automatic_checks
from ventures.states import State

pytestmark = pytest.mark.engines

ON = date(2020, 6, 1)
NARRATIVE = {
    "summary": "面向外来务工家庭设立乡音驿站,由同乡志愿者开展方言互助、政策讲解和子女作业辅导,帮助熟悉办事流程,化解邻里矛盾,融入本地生活。",
    "goals": "培训同乡联络员,开展驿站活动,形成新居民办事指南一册。",
}


def a_rule(kind: str, number: int | None = None, **fields: Any) -> EligibilityRule:
    given = {"ordinal": 1, "effect": EligibilityRule.Effect.BLOCK, **fields}
    round_ = given.pop("round", None) or a_round(RoundState.OPEN)
    return EligibilityRule.objects.create(round=round_, kind=kind, number=number, **given)


def verified(**fields: Any) -> Organization:
    return an_organization(
        verification="verified", verified_at=moment("2020-03-01 09:00"), verified_by="初审员", **fields
    )


def inspected(year: int, conclusion: str = "passed", **fields: Any) -> Organization:
    organization = an_organization(**fields)
    AnnualInspection.objects.create(organization=organization, year=year, conclusion=conclusion)
    return organization


def rated(grade: int, until: date) -> Organization:
    organization = an_organization()
    Rating.objects.create(organization=organization, grade=grade, awarded_on=date(2016, 1, 1), valid_until=until)
    return organization


def listed(removed_on: date | None) -> Organization:
    organization = an_organization()
    CreditListing.objects.create(
        organization=organization, kind="abnormal", listed_on=date(2019, 1, 1), removed_on=removed_on, ground="未年报"
    )
    return organization


def banned(until: date) -> Organization:
    organization = an_organization()
    Ban.objects.create(organization=organization, from_on=date(2018, 1, 1), until_on=until, reason="挪用资金")
    return organization


def terminated(on: date | None) -> Organization:
    organization = an_organization()
    state = State.TERMINATED if on else State.TERMINATING
    a_venture(state, organization=organization, title="中断的项目", closed_on=on)
    return organization


def inspected_often(**years: str) -> Organization:
    organization = an_organization()
    for year, conclusion in years.items():
        AnnualInspection.objects.create(organization=organization, year=int(year[1:]), conclusion=conclusion)
    return organization


def penalized(on: date) -> Organization:
    organization = an_organization()
    Penalty.objects.create(
        organization=organization,
        authority="平湖市民政局",
        ground="超范围活动",
        decided_on=on,
        document="平民罚〔1〕号",
    )
    return organization


def granted(level: str, year: int) -> Organization:
    organization = an_organization()
    EarlierGrant.objects.create(organization=organization, level=level, year=year, programme="福彩公益金项目")
    return organization


def marked(*kinds: str) -> Organization:
    organization = an_organization()
    for kind in kinds:
        PartyMark.objects.create(organization=organization, kind=kind, done_on=date(2019, 5, 1))
    return organization


CASES: list[tuple[str, Any, Callable[[], Organization], bool | None, str]] = [
    ("verified", None, verified, True, "2020-03-01"),
    ("verified", None, an_organization, False, "Not verified"),
    ("years", 2, lambda: an_organization(founded_on=date(2018, 6, 1)), True, "2018-06-01"),
    ("years", 2, lambda: an_organization(founded_on=date(2018, 6, 2)), False, "Required: 2."),
    ("years", 2, an_organization, None, "not on record"),
    ("inspection", 1, lambda: inspected(2019), True, "2019"),
    ("inspection", 1, lambda: inspected(2018), False, "of 2019 or later"),
    ("inspection", 1, lambda: inspected(2019, "failed"), False, "2019"),
    ("inspection", 1, an_organization, None, "No annual inspection is on record"),
    ("rating", 3, lambda: rated(3, ON), True, "3A"),
    ("rating", 3, lambda: rated(5, date(2020, 5, 31)), False, "expired"),
    ("rating", 4, lambda: rated(3, ON), False, "Required: 4A"),
    ("not_listed", None, lambda: listed(None), False, "未年报"),
    ("not_listed", None, lambda: listed(ON), True, "On no credit list"),
    ("not_barred", None, lambda: banned(ON), False, "挪用资金"),
    ("not_barred", None, lambda: banned(date(2020, 5, 31)), True, "No ban is in force"),
    ("not_penalized", 2, lambda: penalized(date(2018, 6, 2)), False, "平民罚〔1〕号"),
    ("not_penalized", 2, lambda: penalized(date(2018, 6, 1)), True, "since 2018-06-01"),
    ("inspected_each_year", 2, lambda: inspected_often(y2018="basically", y2019="passed"), True, "2018, 2019"),
    ("inspected_each_year", 2, lambda: inspected_often(y2018="failed", y2019="passed"), False, "2018: Failed"),
    ("inspected_each_year", 2, lambda: inspected_often(y2019="passed"), None, "2018: nothing is on record"),
    ("not_runner", None, lambda: an_organization(name="平湖市 民政局"), False, "Host"),
    ("not_runner", None, an_organization, True, "none of the bodies"),
    ("seat", None, an_organization, True, "330482107"),
    ("seat", None, lambda: an_organization(place=a_place(code="330402001", name="建设街道")), False, "330402001"),
    ("not_terminated", 1, lambda: terminated(date(2019, 6, 2)), False, "中断的项目"),
    ("not_terminated", 1, lambda: terminated(date(2019, 6, 1)), True, "since 2019-06-01"),
    ("not_terminated", 1, lambda: terminated(None), False, "not settled yet"),
    ("account", None, an_organization, True, "**** 7890"),
    ("account", None, lambda: an_organization(bank_account=""), False, "No account"),
    ("party_marks", None, lambda: marked(*PartyMark.Kind.values), True, "2019-05-01"),
    ("party_marks", None, lambda: marked("rating"), False, "not done"),
]


@pytest.mark.parametrize(("kind", "number", "make", "holds", "said"), CASES)
@pytest.mark.usefixtures("db")
def test_a_rule_is_answered_with_its_evidence(
    kind: str, number: int | None, make: Callable[[], Organization], holds: bool | None, said: str
) -> None:
    with clock.at(moment("2020-05-01 09:00")):
        round_, organization = a_rule(kind, number).round, make()
        [finding] = evaluate_before(round_, organization, on=ON)
    assert (finding.holds, finding.stops) == (holds, holds is not True), finding.evidence
    assert said in finding.evidence


OPTIONS: list[tuple[dict[str, Any], Callable[[], Organization], bool | None, str]] = [
    ({"kind": "inspection", "number": 1, "options": ["passed"]}, lambda: inspected(2019, "basically"), False, "Basically"),
    ({"kind": "inspection", "number": 1, "options": ["failed"]}, lambda: inspected(2019, "failed"), True, "Failed"),
    ({"kind": "inspected_in_years", "words": "2017、2019"}, lambda: inspected_often(y2017="passed", y2018="failed", y2019="passed"), True, "2017, 2019"),
    ({"kind": "inspected_in_years", "words": "2018"}, lambda: inspected_often(y2018="none"), False, "2018: Not inspected"),
    ({"kind": "no_earlier_grant", "options": ["ministry", "province"]}, lambda: granted("province", 1999), False, "1999, Province: 福彩"),
    ({"kind": "no_earlier_grant", "options": ["ministry", "province"]}, lambda: granted("city", 2019), True, "No earlier grant"),
    ({"kind": "no_earlier_grant", "options": ["province"], "number": 3}, lambda: granted("province", 2017), False, "2017"),
    ({"kind": "no_earlier_grant", "options": ["province"], "number": 3}, lambda: granted("province", 2016), True, "since 2017"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "make", "holds", "said"), OPTIONS)
@pytest.mark.usefixtures("db")
def test_a_rule_with_options_is_answered_by_them(
    rule: dict[str, Any], make: Callable[[], Organization], holds: bool | None, said: str
) -> None:
    with clock.at(moment("2020-05-01 09:00")):
        [finding] = evaluate_before(a_rule(**rule).round, make(), on=ON)
    assert finding.holds is holds and said in finding.evidence, finding.evidence


@pytest.mark.usefixtures("db")
def test_who_operates_the_platform_applies_for_no_unit_of_theirs() -> None:
    operator, round_ = a_user("operator"), a_rule("not_runner").round
    round_.platform.operators.add(operator)
    unit, other = an_organization(members=[operator]), an_organization(members=[a_user()])
    findings = [evaluate_before(round_, o, on=ON)[0] for o in (unit, other)]
    assert [f.holds for f in findings] == [False, True] and unit.name in findings[0].evidence


@pytest.mark.usefixtures("db")
def test_a_recommendation_is_the_paper_of_that_name_with_its_day() -> None:
    round_ = a_rule("recommended", words="推荐函").round
    paper, other = (
        AttachmentRule.objects.create(round=round_, ordinal=n, label=x) for n, x in ((1, "推荐函"), (2, "年检"))
    )
    venture = a_venture(round=round_)
    assert evaluate_before(round_, venture.organization) == []
    Attachment.objects.create(venture=venture, rule=other, file=a_file("年检.pdf"))
    [finding] = evaluate(venture)
    assert finding.holds is False and "“推荐函” is not attached" in finding.evidence
    file = a_file("小榄推荐.pdf")
    Attachment.objects.create(venture=venture, rule=paper, file=file)
    [finding] = evaluate(venture)
    assert finding.holds and "小榄推荐.pdf" in finding.evidence and str(localdate(file.created_at)) in finding.evidence


# --- All of, any of ---------------------------------------------------------------------------------------------------


def a_group(*kinds: tuple[str, int | None], effect: str = "block", round: Any = None) -> Any:
    """Rules of which one is enough."""
    round = round or a_round(RoundState.OPEN)
    first = round.eligibility_rules.count() + 1
    for n, (kind, number) in enumerate(kinds):
        joined = "or" if n else "also"
        a_rule(kind, number, round=round, ordinal=first + n, joined=joined, effect=effect if not n else "show")
    return round


THREE_A_OR_OLD = (("rating", 3), ("years", 5))


@pytest.mark.parametrize(
    ("make", "holds"),
    [
        (lambda: rated(3, ON), True),  # how old it is, is not known
        (lambda: an_organization(founded_on=date(2015, 6, 1)), True),
        (lambda: an_organization(founded_on=date(2015, 6, 2)), False),
        (an_organization, None),
    ],
)
@pytest.mark.usefixtures("db")
def test_of_a_group_one_rule_is_enough(make: Callable[[], Organization], holds: bool | None) -> None:
    [finding] = evaluate_before(a_group(*THREE_A_OR_OLD), make(), on=ON)
    assert (finding.holds, finding.stops) == (holds, holds is not True)
    assert [f.rule for f in finding.alternatives] == ["rating", "years"]


@pytest.mark.usefixtures("db")
def test_every_group_has_to_be_met() -> None:
    round_ = a_group(*THREE_A_OR_OLD, round=a_group(("account", None)))
    findings = evaluate_before(round_, an_organization(founded_on=date(2000, 1, 1), bank_account=""), on=ON)
    assert [(f.holds, f.stops) for f in findings] == [(False, True), (True, False)]


def test_who_meets_none_of_a_group_is_told_each_with_evidence_and_day(people: SimpleNamespace) -> None:
    a_group(*THREE_A_OR_OLD, round=people.round)
    Organization.objects.filter(pk=people.organization.pk).update(founded_on=date(2019, 1, 1))
    draft = a_venture(round=people.round, organization=people.organization)
    with clock.at(moment("2020-06-01 09:00")):
        [told] = [sentence(f) for f in stopping(draft)]
    assert told == (
        "“One of these is enough: Rated at least 3 A, and valid; Registered for at least 5 years”: “Rated at least 3 A, and "
        "valid”: No rating is on record. · Required: 3A, valid on 2020-06-01.; “Registered for at least 5 years”: Founded on "
        "2019-01-01; on 2020-06-01 whole years: 1. · Required: 5. (asked on 2020-06-01)"
    )
    Organization.objects.filter(pk=people.organization.pk).update(founded_on=None)
    with pytest.raises(NotReady, match="One of these is enough"):
        actions.submit(draft, by=people.applicant)


@pytest.mark.usefixtures("db")
def test_kinds_of_organizations_are_those_of_the_round() -> None:
    organization = an_organization()  # 51
    for options, holds in ((["51"], True), (["52", "53"], False)):
        [finding] = evaluate_before(a_rule("kinds", options=options).round, organization)
        assert finding.holds is holds and organization.credit_code in finding.evidence


@pytest.mark.usefixtures("db")
def test_a_group_is_judged_with_its_host() -> None:
    host = inspected(2019, founded_on=date(2010, 1, 1))
    group = an_organization(
        credit_code="", host=host, hosting="agreed", founded_on=date(2020, 1, 1), bank_account="", bank_name=""
    )
    for kind, number in (("years", 3), ("inspection", 1), ("account", None)):
        [finding] = evaluate_before(a_rule(kind, number).round, group, on=ON)
        assert finding.holds and host.name in finding.evidence
    CreditListing.objects.create(organization=host, kind="abnormal", listed_on=date(2019, 1, 1), ground="失联")
    [finding] = evaluate_before(a_rule("not_listed").round, group, on=ON)
    assert finding.holds is False and "失联" in finding.evidence


@pytest.mark.usefixtures("db")
def test_the_place_lies_inside_the_city_and_among_the_towns_of_the_round() -> None:
    round_ = a_rule("place").round
    town, elsewhere = a_place(), a_place(code="330402001", name="建设街道")
    venture = a_venture(round=round_, place=town)
    assert evaluate(venture)[0].holds
    venture.place = elsewhere
    assert evaluate(venture)[0].holds is False
    venture.place = None
    assert evaluate(venture)[0].holds is None
    round_.places.add(a_place(code="330482102", name="新埭镇"))
    venture.place = town
    assert evaluate(venture)[0].holds is False
    village = a_place(code="330482102201", name="某村", tier="village", parent=a_place(code="330482102"))
    venture.place = village
    assert evaluate(venture)[0].holds
    assert evaluate_before(round_, venture.organization) == []


def test_a_rule_that_blocks_stops_the_submission_with_rule_and_evidence(people: SimpleNamespace) -> None:
    a_rule("rating", 3, round=people.round)
    draft = a_venture(round=people.round, organization=people.organization)
    with pytest.raises(NotReady, match="Rated at least 3 A, and valid.*No rating is on record.*Required: 3A"):
        actions.submit(draft, by=people.applicant)
    people.round.eligibility_rules.update(effect=EligibilityRule.Effect.SHOW)
    assert actions.submit(draft, by=people.applicant).state == State.SUBMITTED
    [finding] = evaluate(draft)
    assert finding.holds is False and not finding.stops


# --- Double funding ---------------------------------------------------------------------------------------------------


def say(venture: Venture, **changes: str) -> Venture:
    Application.objects.filter(venture=venture).update(**{**NARRATIVE, **changes})
    return venture


@pytest.mark.usefixtures("db")
def test_the_same_content_of_the_same_hands_is_found_across_rounds() -> None:
    organization = an_organization(bank_account="99998888777766665555")
    sister = an_organization(bank_account="99998888777766665555")
    earlier = say(a_venture(State.CLOSED, organization=organization, title="乡音相伴"))
    of_sister = say(a_venture(State.SUBMITTED, organization=sister, title="他乡暖阳"))
    say(a_venture(State.NOT_SELECTED, organization=organization, title="乡音"))  # may be applied for again
    a_venture(State.CLOSED, organization=organization, title="楼宇党建")
    venture = say(a_venture(State.SUBMITTED, organization=organization, title="新居民融入计划"))
    found = matches(venture)
    assert {m.venture.pk for m in found} == {earlier.pk, of_sister.pk}
    assert all(m.percent >= 90 and m.same_hands for m in found)


@pytest.mark.usefixtures("db")
def test_the_same_title_of_the_same_hands_is_told_whatever_the_text_and_decides_nothing() -> None:
    organization = an_organization()
    title = "乡音相伴——林埭镇新居民服务项目"
    earlier = say(a_venture(State.CLOSED, organization=organization, title=title))
    venture = a_venture(State.SUBMITTED, organization=organization, title="乡音相伴-林埭镇新居民服务项目")
    say(venture, summary="改写", goals="改写")
    say(a_venture(State.CLOSED, organization=an_organization(bank_account=""), title=title))
    [found] = matches(venture)
    assert found.venture == earlier and found.same_title and not found.is_alike
    with translation.override("zh-hans"):
        *__, finding = [f for f in automatic_checks(venture, a_user("clerk")) if f.rule == "not_twice"]
    assert finding.holds is None and "项目名称相同" in finding.evidence


@pytest.mark.usefixtures("db")
def test_the_same_content_of_strangers_is_found_by_a_near_title() -> None:
    other, __, venture = [
        say(a_venture(State.SUBMITTED, title=title, organization=an_organization(bank_account="")), summary=summary)
        for title, summary in (
            ("乡音相伴——新居民服务项目", NARRATIVE["summary"][10:]),
            ("完全不同的题目", "在商务楼宇设立共享客厅,组织午间微党课、青年交友和法律咨询。"),
            ("乡音相伴——林埭镇新居民服务项目", NARRATIVE["summary"]),
        )
    ]
    assert [m.venture.pk for m in matches(venture)] == [other.pk]


@pytest.mark.usefixtures("db")
def test_the_same_content_of_strangers_is_found_under_quite_another_title() -> None:
    earlier = say(a_venture(State.CLOSED, title="乡音相伴", organization=an_organization(bank_account="")))
    a_venture(State.CLOSED, title="楼宇党建", organization=an_organization(bank_account=""))
    changed = NARRATIVE["summary"].replace("乡音驿站", "老乡之家").replace("生活。", "平湖。")
    venture = a_venture(State.SUBMITTED, title="他乡暖阳", organization=an_organization(bank_account=""))
    assert [m.venture.pk for m in matches(say(venture, summary=changed))] == [earlier.pk]


@pytest.mark.usefixtures("db")
def test_an_applicant_reads_that_others_say_the_same_but_not_who() -> None:
    round_ = a_rule("not_twice").round
    say(a_venture(State.SUBMITTED, title="乡音相伴——新居民服务项目", organization=an_organization(bank_account="")))
    venture = say(a_venture(round=round_, title="乡音相伴——新居民服务项目"))
    [finding] = stopping(venture)
    assert "another organization" in finding.evidence and "乡音" not in finding.evidence


@pytest.mark.usefixtures("db")
def test_all_rules_take_the_same_number_of_queries_whatever_is_on_record() -> None:
    round_ = a_round()
    for n, kind in enumerate(KINDS, 1):
        a_rule(kind, 1, round=round_, ordinal=n, options=["51"])

    def measure(venture: Venture) -> int:
        fresh = Venture.objects.select_related("round__platform__place", "organization", "place").get(pk=venture.pk)
        with CaptureQueriesContext(connection) as queries:
            evaluate(fresh, on=ON)
        return len(queries)

    def plant(organization: Organization, year: int) -> None:
        AnnualInspection.objects.create(organization=organization, year=year, conclusion="passed")
        say(a_venture(State.CLOSED, organization=organization))
        a_venture(State.TERMINATED, organization=organization, closed_on=ON)

    for years in ([2019], [2017, 2018, 2019]):
        organization = rated(3, ON)
        for year in years:
            plant(organization, year)
        assert measure(say(a_venture(round=round_, organization=organization))) == 21
