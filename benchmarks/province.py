"""A province planted straight into the tables: rounds of 50 ventures, most of them long over, the newest under way.

Words are spread as in real lists: 社区 stands in three titles of ten, 独山港 in one of nine, 海塘 in one of a thousand;
nothing is about 鲸鱼.
"""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection

from common.clock import now, today

PER_ROUND = 50
PLATFORMS = 123
TOWNS = ("当湖街道", "钟埭街道", "曹桥街道", "乍浦镇", "新埭镇", "新仓镇", "广陈镇", "林埭镇", "独山港镇")
FIRST = ("乡音相伴", "爱在身边", "微光", "同心圆", "邻里守望", "传承红色基因", "银龄乐学", "童心护航", "半边天", "暖巢")
WHOM = ("新居民", "老年人", "困境儿童", "残疾人", "青少年", "老党员", "家政女工", "外来务工者", "独居老人", "志愿者")
WHAT = ("关爱服务", "融入服务", "能力提升", "文化传承", "心理支持", "楼宇党建", "红色路线推广", "矛盾调解", "应急互助")
NAMES = "晨曦同心和美春晖阳光爱仁德启明星辰汇众创新希望乐善友邻安康怡和润泽馨园博雅致远鸿鹄青禾"
KINDS = ("社会工作服务中心", "志愿服务队", "公益发展中心", "社会组织促进会", "为老服务社")
# Of the ventures of a round, by how new the round is: the newest rounds, their share of all, what is in them.
AGES = (
    (0.02, (("draft", 30), ("submitted", 60), ("returned", 10))),
    (0.03, (("eligible", 50), ("in_review", 45), ("not_accepted", 5))),
    (0.02, (("on_notice", 40), ("proposed", 10), ("not_selected", 50))),
    (0.08, (("in_delivery", 35), ("mid_term", 10), ("awarded", 4), ("rectifying", 1), ("not_selected", 50))),
    (0.03, (("in_evaluation", 15), ("evaluated", 20), ("shown", 15), ("not_selected", 50))),
    (1.00, (("closed", 45), ("not_selected", 44), ("not_accepted", 8), ("lapsed", 2), ("terminated", 1))),
)
SCATTERED = "objected"  # one in two hundred, anywhere


def plant(ventures: int) -> None:
    """Organizations, rounds, ventures, a line of the journal each, notices; then the index and the planner's figures."""
    rng = Random(1)
    platforms, places = _platforms()
    organizations = _organizations(max(ventures // 3, 20), places, rng)
    rounds = _rounds(ventures // PER_ROUND, platforms[0])
    _ventures(rounds, organizations, platforms, places, rng)
    _notices(rounds)
    call_command("reindex", verbosity=0)
    if connection.vendor == "postgresql":  # what its autovacuum does some minutes later
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _platforms() -> tuple[list[Any], list[Any]]:
    from organizations.models import Place, Platform, Tier
    from tests.factories import a_place, a_platform

    city, whole = a_platform(), a_place(code="330482", name="平湖市", tier=Tier.CITY)
    places = [
        Place.objects.create(code=f"3304821{n:02d}", name=name, tier=Tier.TOWN, parent=whole)
        for n, name in enumerate(TOWNS)
    ]
    made = Platform.objects.bulk_create(
        Platform(name=f"{places[n % 9]}社会组织孵化平台{n}", tier=Tier.TOWN, place=places[n % 9], parent=city)
        for n in range(PLATFORMS - 1)
    )
    return [city, *made], places


def _organizations(n: int, places: list[Any], rng: Random) -> list[Any]:
    from organizations.models import Organization
    from tests.factories import a_credit_code

    seen: set[str] = set()
    while len(seen) < n:
        seen.add(f"{rng.choice(TOWNS)}{rng.choice(NAMES)}{rng.choice(NAMES)}{rng.choice(NAMES)}{rng.choice(KINDS)}")
    return Organization.objects.bulk_create(
        (
            Organization(
                name=name,
                credit_code=a_credit_code(500_000 + i),
                management=("territorial", "territorial", "sector", "fallback")[i % 4],
                party_form=("own", "joint", "none", "none")[i % 4],
                place=places[TOWNS.index(next(t for t in TOWNS if name.startswith(t)))],
            )
            for i, name in enumerate(sorted(seen, key=lambda name: hash_of(name)))
        ),
        batch_size=500,
    )


def hash_of(name: str) -> int:
    """An order that is not that of the names and the same on every run."""
    return Random(name).randrange(1 << 30)


def _rounds(n: int, platform: Any) -> list[Any]:
    from rounds.models import Round, Series

    series = Series.objects.create(code="HC", name="红色创投")
    start = now() - timedelta(days=n + 20)

    def state(i: int) -> str:
        age, states = (n - 1 - i) / n, ("open", "in_review", "on_notice", "in_delivery", "in_delivery", "closed")
        return states[_nth_age(age)]

    return Round.objects.bulk_create(
        (
            Round(
                series=series, edition=i + 1, year=2020, city="平湖市", platform=platform, host="平湖市民政局",
                opens_at=start + timedelta(days=i), closes_at=start + timedelta(days=i + 40), state=state(i),
                budget=Decimal(30000) * PER_ROUND, cap=Decimal(50000), quota=PER_ROUND,
            )
            for i in range(n)
        ),
        batch_size=500,
    )  # fmt: skip


def _nth_age(age: float) -> int:
    upto = 0.0
    for nth, (share, _) in enumerate(AGES):
        upto += share
        if age < upto:
            return nth
    return len(AGES) - 1


def _ventures(
    rounds: list[Any], organizations: list[Any], platforms: list[Any], places: list[Any], rng: Random
) -> None:
    from common.models import JournalEntry
    from ventures.models import Venture

    dealt = [[state for state, weight in states for _ in range(weight)] for _, states in AGES]
    made, entries, moment = [], [], now()
    for r, round_ in enumerate(rounds):
        states = dealt[_nth_age((len(rounds) - 1 - r) / len(rounds))]
        for i in range(PER_ROUND):
            n = r * PER_ROUND + i + 1
            state = SCATTERED if n % 200 == 100 else rng.choice(states)
            unborn = state in {"draft", "lapsed"}
            since = moment - timedelta(minutes=len(rounds) * PER_ROUND - n)
            chosen = state in {"awarded", "in_delivery", "mid_term", "closed", "on_notice", "shown", "evaluated"}
            made.append(
                Venture(
                    round=round_, organization=rng.choice(organizations), platform=rng.choice(platforms),
                    place=rng.choice(places), number="" if unborn else f"HC2020-{n:05d}", title=_title(rng, n),
                    state=state, requested=Decimal(50000), total_budget=Decimal(50000),
                    awarded=Decimal(30000) if chosen else None, submitted_at=None if unborn else since,
                    correction_due_on=today() - timedelta(days=2) if state == "returned" else None, created_at=since,
                )
            )  # fmt: skip
    stored = Venture.objects.bulk_create(made, batch_size=500)
    for v in stored:
        entries.append(
            JournalEntry(
                subject_kind="ventures.venture", subject_id=v.pk, verb="move", to_state=v.state, at=v.created_at,
                by_name="初审员",
            )
        )  # fmt: skip
    JournalEntry.objects.bulk_create(entries, batch_size=500)


def _title(rng: Random, n: int) -> str:
    where = f"{rng.choice(TOWNS)}社区" if rng.random() < 0.3 else rng.choice(TOWNS)
    sea = "海塘" if n % 1000 == 7 else ""
    return f"{rng.choice(FIRST)}——{where}{sea}{rng.choice(WHOM)}{rng.choice(WHAT)}项目"


def _notices(rounds: list[Any]) -> None:
    from ventures.models import Notice, NoticeLine, Venture

    day = today()
    noticed = [r for r in rounds if r.state in {"on_notice", "in_delivery", "closed"}]
    notices = Notice.objects.bulk_create(
        (
            Notice(
                round=r, title=f"平湖市第{r.edition}届红色创投拟立项项目公示", days=5,
                opens_on=day - timedelta(days=20 if r.state == "on_notice" else 300),
                closes_on=day - timedelta(days=2 if r.state == "on_notice" else 280),
            )
            for r in noticed
        ),
        batch_size=500,
    )  # fmt: skip
    of_round = {n.round_id: n for n in notices}
    on = Venture.objects.filter(state__in=["on_notice", "closed", "in_delivery", "shown"]).order_by("pk")
    NoticeLine.objects.bulk_create(
        (
            NoticeLine(notice=of_round[round_id], venture_id=pk, ordinal=pk, amount=Decimal(30000))
            for pk, round_id in on.values_list("pk", "round")
            if round_id in of_round
        ),
        batch_size=500,
    )
