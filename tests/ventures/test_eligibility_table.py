"""Twelve organizations at the boundaries, held against the rules of rounds as they are really run. Each expectation was
typed by hand: nobody of it was written by the product."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from common import clock
from organizations.models import (
    AnnualInspection,
    Ban,
    CreditListing,
    EarlierGrant,
    Organization,
    Penalty,
    Rating,
)
from rounds.models import EligibilityRule, Round
from rounds.states import RoundState
from tests.factories import a_place, a_round, a_venture, an_organization, applicant_kinds, moment
from ventures.eligibility.case import Finding
from ventures.eligibility.evaluating import evaluate_before, sentence
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

ON = date(2025, 6, 1)
A_RULE = dict[str, Any]


# --- Twelve organizations ---------------------------------------------------------------------------------------------


def _good(code: str, **fields: Any) -> Organization:
    """Founded five years ago to the day, inspected in 2023 and 2024, 3A until today."""
    row = an_organization(credit_code=code, founded_on=date(2020, 6, 1), **fields)
    for year in (2023, 2024):
        AnnualInspection.objects.create(organization=row, year=year, conclusion="passed")
    Rating.objects.create(organization=row, grade=3, awarded_on=date(2020, 6, 2), valid_until=ON)
    return row


def good() -> Organization:
    return _good("51330482MJA000016T")


def young() -> Organization:
    """A day short of five years, otherwise good."""
    row = _good("52330482MJA000016P")
    Organization.objects.filter(pk=row.pk).update(founded_on=date(2020, 6, 2))
    return row


def expired() -> Organization:
    """Its 3A ended yesterday."""
    row = _good("53330482MJA000016L")
    Rating.objects.filter(organization=row).update(valid_until=date(2025, 5, 31))
    return row


def barely_inspected() -> Organization:
    """2023 basically passed, 2024 not inspected."""
    row = _good("51330482MJA000017X")
    AnnualInspection.objects.filter(organization=row, year=2023).update(conclusion="basically")
    AnnualInspection.objects.filter(organization=row, year=2024).update(conclusion="none")
    return row


def penalized() -> Organization:
    """Two years ago and a day later."""
    row = _good("52330482MJD000046D")
    Penalty.objects.create(
        organization=row,
        authority="恩施市民政局",
        ground="超范围活动",
        decided_on=date(2023, 6, 2),
        document="恩民罚〔2023〕1号",
    )
    return row


def funded_by_the_province() -> Organization:
    row = _good("51330482MJA000021C")
    EarlierGrant.objects.create(organization=row, level="province", year=2016, programme="江苏省公益创投")
    return row


def terminated() -> Organization:
    """A venture of it was broken off a year ago and a day later."""
    row = _good("51330482MJA000022F")
    a_venture(State.TERMINATED, organization=row, title="中断的项目", closed_on=date(2024, 6, 2))
    return row


def listed_and_banned() -> Organization:
    row = _good("51330482MJA000023J")
    CreditListing.objects.create(organization=row, kind="abnormal", listed_on=date(2025, 1, 6), ground="未报年报")
    Ban.objects.create(organization=row, from_on=date(2024, 1, 1), until_on=ON, reason="挪用资金")
    return row


def host() -> Organization:
    """The round's own host, in a town of another county."""
    return _good("51330482MJA000024M", name="平湖市民政局", place=a_place(code="330402001", name="建设街道"))


def group() -> Organization:
    """On record, through a host that is good."""
    return an_organization(
        credit_code="",
        record_number="平民社备〔2020〕12号",
        host=good(),
        hosting="agreed",
        bank_account="",
        bank_name="",
    )


def company() -> Organization:
    return an_organization(credit_code="91110108551385082Q", founded_on=date(2024, 6, 1))


def party() -> Organization:
    return an_organization(
        credit_code="", applicant_kind=applicant_kinds()["party"], record_number="林委〔2019〕12号", management=""
    )


TWELVE: Mapping[str, Callable[[], Organization]] = {
    f.__name__: f
    for f in (
        good, young, expired, barely_inspected, penalized, funded_by_the_province, terminated, listed_and_banned, host, group,
        company, party,
    )
}  # fmt: skip


# --- Rules of real rounds ---------------------------------------------------------------------------------------------

SOCIAL = {"kind": "kinds", "options": ["51", "52", "53"]}
OR: A_RULE = {"joined": "or"}

ROUNDS: Mapping[str, list[A_RULE]] = {
    "恩施 2025": [{"kind": "inspected_in_years", "words": "2023、2024"}, {"kind": "not_penalized", "number": 2}],
    "武进 2016": [{"kind": "no_earlier_grant", "options": ["ministry", "province"]}],
    "海南 琼民规〔2024〕9号": [{"kind": "not_runner"}],
    "小榄 2021": [{"kind": "kinds", "options": ["51", "52", "53", "company", "party", "village"]}],
    "顺德 2020": [{"kind": "kinds", "options": ["51", "52", "53", "party"]}],
    "义乌稠城 备案组": [{"kind": "kinds", "options": ["group"]}],
    "太仓 2018": [{"kind": "rating", "number": 2}, {"kind": "not_terminated", "number": 1}],
    "海曙 2023": [
        {"kind": "rating", "number": 3},
        {**OR, "kind": "inspected_each_year", "number": 2, "options": ["passed"]},
    ],
    "义乌 2023": [SOCIAL, {"kind": "years", "number": 1}, {"kind": "inspection", "number": 1, "options": ["passed"]}],
    "深圳龙华 2020": [{"kind": "not_listed"}, {"kind": "not_barred"}],
    "两条路": [{"kind": "years", "number": 5}, {**OR, "kind": "rating", "number": 3}, {"kind": "seat"}],
    "平湖": [{"kind": "party_marks"}, {**OR, "kind": "kinds", "options": ["party"]}, {"kind": "account"}],
}

ALL = set(TWELVE)
# Who may apply. Of everybody else the table says below which sentence stops them.
MAY: Mapping[str, set[str]] = {
    "恩施 2025": ALL - {"barely_inspected", "penalized", "company", "party"},
    "武进 2016": ALL - {"funded_by_the_province"},
    "海南 琼民规〔2024〕9号": ALL - {"host"},
    "小榄 2021": ALL - {"group"},
    "顺德 2020": ALL - {"group", "company"},
    "义乌稠城 备案组": {"group"},
    "太仓 2018": ALL - {"expired", "terminated", "company", "party"},
    "海曙 2023": ALL - {"company", "party"},  # expired: but inspected; barely inspected: but rated
    "义乌 2023": ALL - {"barely_inspected", "group", "company", "party"},
    "深圳龙华 2020": ALL - {"listed_and_banned"},
    "两条路": ALL - {"host", "company", "party"},
    "平湖": {"party"},
}

STOPPED: list[tuple[str, str, tuple[str, ...]]] = [
    ("恩施 2025", "barely_inspected", ("2024: Not inspected", "Required: passed, of 2023, 2024.")),
    ("恩施 2025", "penalized", ("No administrative penalty in the last 2 years", "2023-06-02 by 恩施市民政局", "恩民罚〔2023〕1号")),
    ("恩施 2025", "company", ("2023: nothing is on record", "2024: nothing is on record")),
    ("武进 2016", "funded_by_the_province", ("Ministry, Province", "2016, Province: 江苏省公益创投")),
    ("海南 琼民规〔2024〕9号", "host", ("Does not run the round", "Host (主办): 平湖市民政局")),
    ("小榄 2021", "group", ("备案社区社会组织", "平民社备〔2020〕12号; it acts through")),
    ("顺德 2020", "company", ("Kind of applicant is one of", "企业: 91110108551385082Q")),
    ("义乌稠城 备案组", "party", ("党组织: 林委〔2019〕12号",)),
    ("太仓 2018", "expired", ("The rating has expired: 3A, 2020-06-02 to 2025-05-31", "Required: 2A, valid on 2025-06-01.")),
    ("太仓 2018", "terminated", ("《中断的项目》", "terminated 2024-06-02")),
    ("海曙 2023", "company", ("One of these is enough", "No rating is on record", "2023: nothing is on record")),
    ("义乌 2023", "barely_inspected", ("2024: Not inspected", "of 2024 or later")),
    ("深圳龙华 2020", "listed_and_banned", ("since 2025-01-06: 未报年报",)),
    ("深圳龙华 2020", "listed_and_banned", ("2024-01-01 to 2025-06-01: 挪用资金",)),
    ("两条路", "company", ("Founded on 2024-06-01; on 2025-06-01 whole years: 1.", "Required: 5.", "No rating is on record")),
    ("两条路", "host", ("建设街道 (330402001)",)),
    ("平湖", "good", ("The four inclusions", "not done", "社会团体: 51330482MJA000016T")),
]  # fmt: skip


def a_round_of(rules: list[A_RULE]) -> Round:
    round_ = a_round(RoundState.OPEN)
    for n, rule in enumerate(rules, 1):
        EligibilityRule.objects.create(round=round_, ordinal=n, effect="block", **rule)
    return round_


def asked(name: str, of: str) -> list[Finding]:
    with clock.at(moment("2025-06-01 09:00")):
        return evaluate_before(a_round_of(ROUNDS[name]), TWELVE[of](), on=ON)


def test_there_are_twelve_organizations_and_twelve_rounds() -> None:
    assert len(TWELVE) == 12 and len(ROUNDS) == 12 and set(MAY) == set(ROUNDS)
    assert {name for name, __, __ in STOPPED} == set(ROUNDS)


@pytest.mark.parametrize("name", ROUNDS)
def test_who_may_apply_is_as_it_was_typed_by_hand(name: str) -> None:
    round_ = a_round_of(ROUNDS[name])
    may = set()
    with clock.at(moment("2025-06-01 09:00")):
        for organization, make in TWELVE.items():
            stopping = [f for f in evaluate_before(round_, _made(make), on=ON) if f.stops]
            if not stopping:
                may.add(organization)
            for f in stopping:  # each refusal has its rule, its evidence and its day
                assert f.label and f.evidence and sentence(f) == f"“{f.label}”: {f.evidence} (asked on 2025-06-01)"
    assert may == MAY[name]


def _made(make: Callable[[], Organization]) -> Organization:
    """Once in a test: a name and a code belong to one."""
    if make is group and (there := Organization.objects.filter(credit_code="51330482MJA000016T").first()):
        return an_organization(
            credit_code="", record_number="平民社备〔2020〕12号", host=there, hosting="agreed", bank_account=""
        )
    return make()


@pytest.mark.parametrize(("name", "of", "said"), STOPPED)
def test_who_may_not_is_told_the_rule_the_evidence_and_the_day(name: str, of: str, said: tuple[str, ...]) -> None:
    told = [str(sentence(f)) for f in asked(name, of) if f.stops]
    assert any(all(part in one for part in said) and one.endswith("(asked on 2025-06-01)") for one in told), told
