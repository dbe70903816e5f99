"""How a round is called: by edition, by year, or with a title of its own."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from common.clock import today
from common.errors import Invalid
from reports.sheets import file_name
from rounds import actions as setup
from rounds.models import Round
from rounds.models.naming import CountedBy
from rounds.states import RoundState
from tests.factories import a_round, moment
from tests.web.desk_world import signed_in

MAY, JUNE = moment("2025-05-12 09:00"), moment("2025-06-13 00:00")

pytestmark = pytest.mark.usefixtures("db", "in_march", "in_english")


def named(**facts: Any) -> Round:
    return a_round(RoundState.PREPARING, rules=False, **facts)


@pytest.mark.parametrize(
    ("facts", "name", "title"),
    [
        ({"edition": 1}, "首届红色创投", "平湖市首届红色创投"),
        ({"edition": 4}, "第四届红色创投", "平湖市第四届红色创投"),
        ({"edition": 4, "year": 2016, "counted_by": "year"}, "2016年红色创投", "平湖市2016年红色创投"),
        ({"edition": 4, "own_title": "第四届“义集”大赛"}, "第四届“义集”大赛", "第四届“义集”大赛"),
    ],
)
def test_a_round_is_named_by_edition_by_year_or_by_a_title_of_its_own(facts: Any, name: str, title: str) -> None:
    round_ = named(**facts)
    assert (round_.name, round_.title, str(round_)) == (name, title, name)


def test_a_title_of_its_own_names_the_files_of_the_round() -> None:
    scope: Any = SimpleNamespace(round=named(own_title="第四届“义集”大赛 A/B"), is_city=True, as_of=today())
    assert file_name(scope, ["projects"]).startswith("第四届“义集”大赛 AB_")


@pytest.mark.parametrize(
    ("there", "facts", "field"),
    [
        ({"year": 2026, "counted_by": "year"}, {"year": 2026, "counted_by": "year"}, "year"),
        ({"own_title": "2026年“义集”"}, {"own_title": "2026年“义集”"}, "own_title"),
        ({"edition": 700}, {"own_title": "平湖市第七百届红色创投"}, "own_title"),
        ({"own_title": "平湖市第七百届红色创投"}, {"edition": 700}, "edition"),
    ],
)
def test_a_title_that_another_round_has_is_refused_at_the_field_that_gives_it(
    people: SimpleNamespace, preparing: Round, there: Any, facts: Any, field: str
) -> None:
    other = named(**there)
    with pytest.raises(Invalid, match="with the title") as refused:
        setup.save_card(preparing, "basics", by=people.clerk, facts=facts)
    assert list(refused.value.fields) == [field]
    assert other.title in str(refused.value.fields[field])
    setup.save_card(other, "basics", by=people.clerk, facts=there)  # its own title is no other's


def test_a_new_round_takes_no_title_that_is_there(people: SimpleNamespace, preparing: Round) -> None:
    named(own_title="平湖市第七百届红色创投")
    with pytest.raises(Invalid, match="平湖市第七百届红色创投") as refused:
        setup.create_round(
            by=people.clerk,
            series=preparing.series,
            city="平湖市",
            platform=preparing.platform,
            host="民政局",
            edition=700,
        )
    assert list(refused.value.fields) == ["edition"]


@pytest.mark.parametrize("facts", [{"year": 2026, "counted_by": "year"}, {"own_title": "义集"}])
def test_the_database_takes_no_second_round_of_one_name(facts: Any) -> None:
    named(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        named(**facts)


def test_two_rounds_of_one_year_stand_beside_each_other_when_one_has_a_title_of_its_own() -> None:
    named(year=2026, counted_by="year")
    named(year=2026, counted_by="year", own_title="2026年第二批公益创投")


@pytest.mark.parametrize(
    ("own", "proposed"),
    [
        ("平湖市第九百零三届“义集”", "平湖市第九百零四届“义集”"),
        ("2025年“义集”第903届", "2026年“义集”第904届"),
        ("“义集”公益大赛", ""),
        ("", ""),
    ],
)
def test_a_copy_proposes_the_title_of_the_next_round(people: SimpleNamespace, own: str, proposed: str) -> None:
    source = named(edition=903, year=2025, own_title=own, opens_at=MAY, closes_at=JUNE)
    new = setup.copy_round(source, by=people.clerk, edition=904)
    assert (new.own_title, new.counted_by) == (proposed, CountedBy.EDITION)


def test_a_second_copy_in_one_year_needs_a_title_of_its_own(people: SimpleNamespace) -> None:
    source = named(year=2025, counted_by="year", opens_at=MAY, closes_at=JUNE)
    assert setup.copy_round(source, by=people.clerk).name == "2026年红色创投"
    page = reverse("desk_round_copy", args=[source.pk])
    clerk = signed_in(people.clerk)
    refused = clerk.post(page, {"edition": "801", "own_title": ""})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["own_title"]
    assert clerk.post(page, {"edition": "801", "own_title": " 2026年第二批 "}).status_code == 302
    assert Round.objects.get(edition=801).title == "2026年第二批"
