"""What all five forms share."""

from collections.abc import Sequence
from typing import Any

from common.money import yuan
from reports.audience import Audience
from reports.queries import Scope
from reports.writer import Column, Kind, Section, Sheet, Total
from rounds.models import FundSource, Round
from rounds.models.money_plan import funds_of

NUMBER = Column("no", "序号", Kind.WORD, 4)
KINDS: dict[str, str] = {
    FundSource.Kind.FISCAL: "财政资金",
    FundSource.Kind.LOTTERY: "福彩公益金",
    FundSource.Kind.CHARITY: "慈善资金",
    FundSource.Kind.OTHER: "其他资金",
}
DEMO = "本表含演示数据，不得用于正式报送。"
MADE_FOR: dict[Audience, str] = {
    Audience.PLATFORM: "本表供孵化平台使用，公示前不含评审结果。",
    Audience.OFFICE: "本表供主管部门内部使用，公示前的拟立项情况不得外传。",
    Audience.REVIEW: "本表供评审工作人员使用，含评分，不得外传。",
}


def venture_columns(title: float, organization: str = "", width: float = 0, *, number: float = 8) -> list[Column]:
    """序号, 项目编号, 项目名称 and, if the form has it, the organization under its heading."""
    columns = [NUMBER, Column("number", "项目编号", Kind.WORD, number), Column("title", "项目名称", Kind.TEXT, title)]
    return [*columns, Column("organization", organization, Kind.TEXT, width)] if organization else columns


def money(key: str, heading: str, width: float = 9, **more: Any) -> Column:
    return Column(key, heading, Kind.MONEY, width, total=Total.SUM, **more)


def form(
    scope: Scope,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[dict[str, Any]],
    *,
    unit: str,
    sections: Sequence[Section] = (),
    notes: Sequence[str] = (),
    **more: Any,
) -> Sheet:
    """The frame around rows. Below the table it says for whom it is, and that rows are of sample data."""
    whose = "" if scope.is_city else f"（{scope.platform.name}）"
    return Sheet(
        name=name,
        title=f"{scope.round.title}{name}{whose}",
        filled_by=scope.filled_by,
        as_of=scope.as_of,
        unit=unit,
        columns=columns,
        sections=sections or [Section("", rows)],
        notes=_numbered([*notes, MADE_FOR[scope.audience], *([DEMO] if any(r["is_demo"] for r in rows) else [])]),
        **more,
    )


def _numbered(notes: Sequence[str]) -> list[str]:
    if len(notes) == 1:
        return [f"注：{notes[0]}"]
    return [f"{'注：' if n == 1 else '    '}{n}.{note}" for n, note in enumerate(notes, start=1)]


def funded_by(round_: Round) -> list[str]:
    """The note that tells the sources of a round apart; none where it names none. One query."""
    funds = funds_of(round_)
    if not funds.sources:
        return []
    named = "；".join(f"{KINDS[s.kind]}（{s.name}）{yuan(s.amount)}元" for s in funds.sources)
    running = f"，其中工作经费{yuan(funds.running_costs)}元" if funds.running_costs else ""
    return [f"资金来源：{named}{running}。"]


def titled(title: str) -> str:
    """《乡音相伴——林埭镇新居民服务项目》: titles are kept without the marks and printed with them."""
    return f"《{title}》"
