"""A round as a bureau has it：ten ventures in different states，scored，paid，shown. All of it is 演示数据。"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import Role, User
from delivery.models import Report
from funding.models import Award, Expense, LedgerEntry, Tranche
from organizations.models import Incubation, Organization, Place, Platform
from reviews.models import Panel, PanelMember, Recusal, Result, Review, Score
from reviews.statistics import summarize
from rounds.models import Category, Round, RubricItem, Series, TrancheRule
from rounds.states import RoundState
from showcases.models import Event, Exhibit
from ventures.models import Venture
from ventures.states import State

D = Decimal
AS_OF = date(2020, 12, 31)

TITLES = [
    "乡音相伴——林埭镇新居民服务项目",
    "“爱在身边”农村老党员关心关爱服务项目",
    "“传承红色基因 汲取初心力量”独山港镇红色路线推广项目",
    "“红色楼宇·同心筑梦”当湖街道商务楼宇党建联盟服务项目",
    "“银龄守护”钟埭街道独居老人居家安全与精神慰藉服务项目",
    "“童心向党”外来务工人员子女暑期成长陪伴与红色教育项目",
    "“邻里议事厅”曹桥街道社区治理微协商能力提升项目",
    "“助残圆梦”乍浦镇残疾人居家就业技能培训与产品义卖项目",
    "“平安守望”新埭镇网格志愿者应急互助队伍培育项目",
    "广陈镇浙沪毗邻党建共同体红色研学志愿讲解服务项目",
]
TOWNS = ["当湖街道", "钟埭街道", "曹桥街道", "乍浦镇", "新埭镇", "新仓镇", "广陈镇", "林埭镇", "独山港镇"]
TOWN_CODES = ["001", "002", "003", "101", "102", "103", "106", "107", "108"]
CRITERIA = [("需求分析", 15), ("目标与成效", 10), ("方案可行性", 20), ("团队能力", 15)]
CRITERIA += [("预算合理性", 15), ("创新性", 10), ("可持续性", 5), ("党建引领", 10)]
STATES = [State.CLOSED] * 6 + [State.SHOWN, State.IN_DELIVERY, State.TERMINATED, State.RESERVE]


@dataclass
class World:
    round: Round
    city: Platform
    towns: dict[str, Platform]
    village: Platform
    experts: list[User] = field(default_factory=list)
    ventures: list[Venture] = field(default_factory=list)


def user(username: str, role: Role, name: str = "") -> User:
    return User.objects.create(username=username, name=name or username, role=role)


def at(year: int, month: int, day: int, hour: int = 6) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def empty_world(**fields: Any) -> World:
    """A round with its rules and platforms, and nobody in it."""
    place = Place.objects.create(code="330482", name="平湖市", tier="city")
    city = Platform.objects.create(
        name="平湖市社会组织孵化中心", tier="city", place=place, operator="平湖市社会组织促进会", is_demo=True
    )
    towns = {}
    for code, town in zip(TOWN_CODES, TOWNS, strict=True):
        below = Place.objects.create(code=f"330482{code}", name=town, tier="town", parent=place)
        towns[town] = Platform.objects.create(
            name=f"{town}社会组织服务中心",
            tier="town",
            place=below,
            parent=city,
            operator=f"{town}社工站",
            is_demo=True,
        )
    hamlet = Place.objects.create(code="330482107001", name="徐埭社区", tier="village", parent=towns["林埭镇"].place)
    village = Platform.objects.create(
        name="徐埭社区社会组织微孵化点", tier="village", place=hamlet, parent=towns["林埭镇"], is_demo=True
    )
    round_ = Round.objects.create(
        series=Series.objects.create(code="HC", name="红色创投"),
        edition=1,
        year=2020,
        city="平湖市",
        platform=city,
        host="中共平湖市社会组织综合委员会、平湖市民政局",
        opens_at=at(2020, 3, 1),
        budget=D(500000),
        cap=D(60000),
        quota=9,
        is_demo=True,
        **{"state": RoundState.IN_DELIVERY, "closes_at": at(2020, 3, 31), **fields},
    )
    Category.objects.create(round=round_, name="新居民融入")
    for ordinal, (label, weight) in enumerate(CRITERIA, start=1):
        RubricItem.objects.create(round=round_, ordinal=ordinal, label=label, weight=weight)
    rules = [("首期款", 50, "agreement"), ("二期款", 30, "mid_term"), ("尾款", 20, "final")]
    for ordinal, (label, percent, trigger) in enumerate(rules, start=1):
        TrancheRule.objects.create(round=round_, ordinal=ordinal, label=label, percent=D(percent), trigger=trigger)
    return World(round_, city, towns, village)


def organization(n: int, town: Platform, **more: Any) -> Organization:
    defaults: dict[str, Any] = {
        "name": f"平湖市{town.place.name}同心社会工作服务中心{n}",
        "credit_code": f"52330482MJA{n:06d}X",
        "management": "territorial",
        "service": ["public_benefit", "social_work", "other"][n % 3],
        "place": town.place,
        "party_form": ["own", "joint", "none"][n % 3],
        "party_members": n,
        "bank_name": "浙江平湖农村商业银行林埭支行",
        "bank_account": f"20100012345678{n:04d}",
        "is_demo": True,
    }
    return Organization.objects.create(**{**defaults, **more})


def venture(world: World, n: int, state: str, *, title: str = "", town: str = "", **more: Any) -> Venture:
    platform = world.towns[town or TOWNS[(n + 6) % len(TOWNS)]]
    defaults: dict[str, Any] = {
        "round": world.round,
        "organization": organization(n, platform),
        "platform": platform,
        "number": f"HC2020-{n:03d}",
        "title": title or TITLES[(n - 1) % len(TITLES)],
        "category": world.round.categories.get(),
        "place": platform.place,
        "leader": "项目负责人",
        "phone": f"1380573{n:04d}",
        "starts_on": date(2020, 5, 1),
        "ends_on": date(2020, 11, 30),
        "total_budget": D(58000) + n,
        "requested": D(50000),
        "self_raised": D(8000) + n,
        "state": state,
        "submitted_at": at(2020, 3, 20),
        "is_demo": True,
    }
    made = Venture.objects.create(**{**defaults, **more})
    world.ventures.append(made)
    return made


def panel(world: World, size: int = 7) -> None:
    seats = Panel.objects.create(round=world.round)
    for n in range(1, size + 1):
        expert = user(f"expert{n}", Role.EXPERT, f"评审专家{n}号真名")
        PanelMember.objects.create(panel=seats, expert=expert, ordinal=n)
        world.experts.append(expert)


def score(world: World, venture: Venture, *, recused: int = 0, of: int = 7) -> None:
    """Marks of the whole panel (the last `recused` experts stay out) and what they come to."""
    totals = []
    items = list(world.round.rubric.all())
    for n, expert in enumerate(world.experts[:of], start=1):
        if n > of - recused:
            Recusal.objects.create(venture=venture, expert=expert, reason="same_unit")
            Review.objects.create(venture=venture, expert=expert, state=Review.State.RECUSED)
            continue
        points = [D(item.weight) - D((venture.pk + n * item.ordinal) % 7) / 2 for item in items]
        review = Review.objects.create(venture=venture, expert=expert)
        Score.objects.bulk_create(Score(review=review, item=i, points=p) for i, p in zip(items, points, strict=True))
        Review.objects.filter(pk=review.pk).update(
            state=Review.State.SUBMITTED, total=sum(points), submitted_at=at(2020, 4, 10)
        )
        totals.append(sum(points))
    mean = summarize(totals, min_scores=world.round.min_scores, trim_from=world.round.trim_from).mean
    Result.objects.create(venture=venture, valid=len(totals), recused=recused, mean=mean)
    Venture.objects.filter(pk=venture.pk).update(score=mean)


def pay(venture: Venture, amount: D, tranches: int) -> Award:
    """Agreement over `amount` with its first `tranches` paid."""
    award = Award.objects.create(
        venture=venture, amount=amount, agreement_number=f"平民社协{venture.number}", signed_on=date(2020, 4, 28)
    )
    first, second = (amount * D("0.5")).quantize(D("0.01")), (amount * D("0.3")).quantize(D("0.01"))
    days = [date(2020, 5, 6), date(2020, 8, 20), date(2020, 12, 18)]
    for n, (part, day) in enumerate(zip([first, second, amount - first - second], days, strict=True), start=1):
        rule = venture.round.tranche_rules.get(ordinal=n)
        tranche = Tranche.objects.create(
            award=award, ordinal=n, label=rule.label, percent=rule.percent, amount=part, trigger=rule.trigger
        )
        if n <= tranches:
            enter(award, "payment", part, day, tranche)
    return award


def enter(award: Award, kind: str, amount: D, on: date, tranche: Tranche | None = None) -> None:
    """The running total first: the database refuses an entry beyond it."""
    award = Award.objects.get(pk=award.pk)
    column = {"payment": "paid", "recovery": "recovered", "return": "returned"}[kind]
    setattr(award, column, getattr(award, column) + amount)
    if kind == "recovery":
        award.claimed = award.recovered
    award.save()
    n = LedgerEntry.objects.count() + 1
    LedgerEntry.objects.create(
        award=award,
        kind=kind,
        tranche=tranche,
        amount=amount,
        on=on,
        voucher_number=f"记-{on:%m}-{n:04d}",
        by_name="财务",
    )


def spend(award: Award, amount: D) -> None:
    award = Award.objects.get(pk=award.pk)
    award.spent += amount
    award.save()
    Expense.objects.create(
        award=award, spent_on=date(2020, 10, 9), head="活动费用", summary="活动", amount=amount, voucher_number="1"
    )


def full_world() -> World:
    """Ten ventures: six closed, one in closure, one in delivery, one terminated, one in reserve."""
    world = empty_world()
    panel(world)
    event = Event.objects.create(
        name="首届红色创投成果展暨第四届公益创投发布会",
        starts_at=at(2020, 12, 7),
        ends_at=at(2020, 12, 7, 9),
        venue="市社会组织党群服务中心",
        held_at=at(2020, 12, 7, 9),
        is_demo=True,
    )
    event.shows.add(world.round)
    for n, state in enumerate(STATES, start=1):
        amount = None if state == State.RESERVE else D("45000.05") + n * 100
        made = venture(world, n, state, rank=n, awarded=amount)
        score(world, made, recused=1 if n in {2, 5} else 0)
        if state == State.RESERVE:
            continue
        over = state in {State.CLOSED, State.SHOWN}
        award = pay(made, amount, {State.CLOSED: 3, State.SHOWN: 2, State.TERMINATED: 1}.get(state, 2))
        if over:
            finish(made, n, closed=state == State.CLOSED)
            Exhibit.objects.create(
                event=event,
                venture=made,
                ordinal=n,
                form=["talk", "board", "film", "stall"][n % 4],
                material_received=True,
            )
            spend(award, Award.objects.get(pk=award.pk).paid - n * 10)
            if state == State.CLOSED:
                enter(award, "return", D(n * 10), date(2020, 12, 20))
        if state == State.TERMINATED:
            enter(award, "recovery", D("12345.67"), date(2020, 9, 30))
    for n, made in enumerate(world.ventures, start=1):
        Incubation.objects.create(
            platform=made.platform,
            organization=made.organization,
            entered_on=date(2018 + n % 3, 2, n),
            graduated_on=date(2020, 6, 30) if n % 4 == 0 else None,
        )
        if n <= 2:
            Incubation.objects.create(platform=world.city, organization=made.organization, entered_on=date(2017, 1, 1))
    return world


def finish(made: Venture, n: int, *, closed: bool) -> None:
    Report.objects.create(
        venture=made,
        kind="final",
        progress="全部完成",
        verdict="passed",
        handed_in_at=at(2020, 11, 28),
        score=D(92 - n),
    )
    Venture.objects.filter(pk=made.pk).update(
        final_score=D(92 - n), grade="优秀" if n < 6 else "良好", closed_on=date(2020, 12, 28) if closed else None
    )


def sums(scope: Any) -> dict[tuple[str, ...], D]:
    """(sheet, headings…) → what the total must be, straight from the database by aggregates."""
    from django.db.models import Sum

    from ventures.states import AWARDED_STATES

    ventures = scope.ventures()
    granted = ventures.filter(state__in=AWARDED_STATES)
    entries = LedgerEntry.objects.filter(award__venture__in=granted)

    def of(rows: Any, column: str) -> D:
        return rows.aggregate(s=Sum(column))["s"] or D(0)

    found = {
        ("项目汇总表", "总预算"): of(ventures, "total_budget"),
        ("项目汇总表", "申请金额"): of(ventures, "requested"),
        ("项目汇总表", "自筹金额"): of(ventures, "self_raised"),
        ("项目汇总表", "核定资助金额"): of(granted, "awarded"),
        ("评分汇总表", "拟资助金额"): of(ventures, "awarded"),
        ("资金拨付表", "核定金额"): of(granted, "award_record__amount"),
        ("资金拨付表", "累计拨付"): of(granted, "award_record__paid"),
        ("资金拨付表", "未拨付"): of(granted, "award_record__amount") - of(granted, "award_record__paid"),
        ("资金拨付表", "追回金额"): of(granted, "award_record__recovered"),
        ("结项情况表", "核定"): of(granted, "award_record__amount"),
        ("结项情况表", "实支"): of(granted, "award_record__spent"),
        ("结项情况表", "结余"): of(granted, "award_record__paid")
        - of(granted, "award_record__recovered")
        - of(granted, "award_record__spent"),
        ("结项情况表", "退回"): of(granted, "award_record__returned"),
        ("结项情况表", "尾款"): of(entries.filter(kind="payment", tranche__ordinal=3), "amount"),
        ("孵化情况统计表", "资助金额"): of(granted, "awarded"),
        ("孵化情况统计表", "承接项目数"): D(granted.count()),
    }
    for n, label in enumerate(("首期款", "二期款", "尾款"), start=1):
        found["资金拨付表", label, "金额"] = of(entries.filter(kind="payment", tranche__ordinal=n), "amount")
    stays = Incubation.objects.filter(platform__in=scope.platform_ids)
    found["孵化情况统计表", "累计培育孵化"] = D(stays.values("platform", "organization").distinct().count())
    found["孵化情况统计表", "本期入孵"] = D(stays.filter(entered_on__year=2020).count())
    found["孵化情况统计表", "本期出孵"] = D(stays.filter(graduated_on__year=2020).count())
    found["孵化情况统计表", "在孵社会组织"] = D(stays.filter(graduated_on=None).count())
    found["孵化情况统计表", "培养党员数"] = of(stays, "organization__party_members")
    return found
