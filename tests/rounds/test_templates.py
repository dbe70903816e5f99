"""Templates: rules of real rounds make rounds, and a round makes a template."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from common.errors import Invalid
from rounds import actions as setup
from rounds.cards import all_points
from rounds.models import Round, RoundTemplate, Series
from rounds.queries import questions_of, whole
from rounds.round_format.layout import LAYOUT
from rounds.round_format.library import published, template
from rounds.round_format.reading import read
from rounds.round_format.writing import content_of
from rounds.states import RoundState
from tests.factories import a_platform
from tests.rounds.setting_up import full_round
from tests.web.desk_world import body, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]

# What nobody but the office can say: its contacts, and that somebody has looked at the days.
LEFT_TO_THE_OFFICE = {"basics", "calendar"}


@pytest.fixture
def series() -> Series:
    return Series.objects.get_or_create(code="GY", name="公益创投")[0]


def made(people: SimpleNamespace, series: Series, key: str) -> Round:
    chosen = template(key)
    assert chosen is not None
    given: dict[str, Any] = {"series": series, "city": "平湖市", "platform": a_platform(), "host": "平湖市民政局"}
    return setup.create_from_template(chosen, by=people.clerk, **given)


@pytest.mark.parametrize("key", [t.key for t in published()])
def test_a_template_makes_a_round_that_lacks_only_what_the_office_knows(people, series, key) -> None:
    round_ = made(people, series, key)
    (row,) = whole(Round.objects.filter(pk=round_.pk))
    found = {slug: points for slug, points in all_points(row).items() if points}
    assert set(found) == LEFT_TO_THE_OFFICE, found
    # What it says is stored: the same content comes out again.
    chosen = template(key)
    assert chosen is not None
    there, said = read(content_of(row)), read(chosen.content)
    for slug, facts in said.facts.items():
        assert {name: there.facts[slug][name] for name in facts} == facts
        for related, rows in said.tables[slug].items():
            kept = there.tables[slug][related]
            assert [{n: k[n] for n in r} for k, r in zip(kept, rows, strict=True)] == rows
    assert [q["label"] for q in there.questions] == [q["label"] for q in said.questions]


def test_what_a_source_says_of_money_is_what_the_round_has(people, series) -> None:
    """淄博 2020: of 60万 are 10万 for running it; 10 × 5万 in one transfer. 上虞: gifts are barred. 武进 counts by year."""
    zibo = made(people, series, "zibo-2020")
    assert (zibo.budget, zibo.quota, zibo.tiers) == (500_000, 10, [50_000])
    assert [(f.amount, f.running_costs) for f in zibo.fund_sources.all()] == [(600_000, 100_000)]
    assert [(t.percent, t.trigger) for t in zibo.tranche_rules.all()] == [(100, "agreement")]
    shangyu = made(people, series, "shangyu-2020")
    assert [(r.heads, r.max_amount) for r in shangyu.budget_rules.all()] == [(["礼品"], 0)]
    assert made(people, series, "wujin-2020").counted_by == "year"
    assert made(people, series, "guangzhou-2023").min_self_raised == 40


def test_a_round_kept_as_a_template_comes_back_the_same_but_for_its_days_and_office(people, series) -> None:
    source = full_round(people)
    kept = setup.save_as_template(source, by=people.clerk, name="本局模板")
    with pytest.raises(Invalid, match="已存在"):
        setup.save_as_template(source, by=people.clerk, name="本局模板")
    new = made(people, series, f"own-{kept.pk}")
    assert content_of(new) == content_of(source)
    assert (new.contact, new.days_to_check) == ("", True)
    assert [q.asked_if.label for q in questions_of(new) if q.asked_if] == [
        q.asked_if.label for q in questions_of(source) if q.asked_if
    ]


@pytest.mark.parametrize(
    ("content", "at", "said"),
    [
        ({"format": 2, "cards": {}}, "format", "模板格式为 2"),
        ({"format": 1}, "cards", "没有设置项"),
        ({"format": 1, "cards": {"gifts": {}}}, "cards.gifts", "money"),
        ({"format": 1, "cards": {"money": {"kap": "1"}}}, "cards.money.kap", "cap"),
        ({"format": 1, "cards": {"money": {"cap": "许多"}}}, "cards.money.cap", "许多"),
        ({"format": 1, "cards": {"tranches": {"tranche_rules": [{"share": 1}]}}}, "cards.tranches.tranche_rules.1.share", "percent"),
        ({"format": 1, "cards": {"tranches": {"tranche_rules": "50"}}}, "cards.tranches.tranche_rules", ""),
    ],
)  # fmt: skip
def test_a_template_of_another_version_or_with_strange_names_is_refused_with_what_differs(content, at, said) -> None:
    with translation.override("zh-hans"), pytest.raises(Invalid) as refused:
        read(content)
    assert list(refused.value.fields) == [at]
    assert said in refused.value.fields[at][0]


def test_no_day_and_no_office_is_in_a_template() -> None:
    names = {name for layout in LAYOUT.values() for name in layout.facts}
    assert not names & {"opens_at", "closes_at", "contact", "email", "host", "city", "edition", "entering_waiver"}
    assert "planned_on" not in LAYOUT["tranches"].tables["tranche_rules"]


def test_the_pages_show_make_keep_and_remove(desk) -> None:
    clerk = signed_in(desk.clerk)
    Series.objects.get_or_create(code="GY", name="公益创投")
    page = body(clerk.get(reverse("desk_round_templates")))
    for shown in ("淄博市公益创投", "“礼品”不得列支", "演示", "500,000.00"):
        assert shown in page
    assert reverse("desk_round_templates") in body(clerk.get(reverse("desk_round_new")))
    url = reverse("desk_round_template_new", args=["zibo-2020"])
    assert "一次拨付" in page and clerk.get(url).status_code == 200
    data = {
        "series": Series.objects.get(code="GY").pk,
        "city": "平湖市",
        "platform": desk.platform.pk,
        "host": "民政局",
    }
    assert clerk.post(url, data).status_code == 302
    row = Round.objects.get(series__code="GY")
    assert row.quota == 10 and row.state == RoundState.PREPARING
    assert clerk.post(reverse("desk_round_template_save", args=[row.pk]), {"name": "淄博改"}).status_code == 302
    assert "淄博改" in body(clerk.get(reverse("desk_round_templates")))
    kept = RoundTemplate.objects.get()
    assert clerk.post(reverse("desk_round_template_remove", args=[kept.pk])).status_code == 302
    assert not RoundTemplate.objects.exists()
    assert clerk.get(reverse("desk_round_template_new", args=["own-99"])).status_code == 404
    RoundTemplate.objects.create(name="旧版模板", content={"format": 0, "cards": {}})
    assert "模板格式为 0" in body(clerk.get(reverse("desk_round_templates")))
    assert signed_in(desk.expert).get(reverse("desk_round_templates")).status_code == 403
