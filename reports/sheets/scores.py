"""评分汇总表 and, behind it, 评分明细 by criterion."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reports.queries import Marks, Scope, marks
from reports.sheets.form import form, money, titled, venture_columns
from reports.sheets.labels import SELECTED
from reports.writer import Column, Formula, Kind, Row, Sheet, Total
from reviews.statistics import Summary, summarize
from rounds.models import Round

NAME = "评分汇总表"
DETAIL = "评分明细"
SMALLEST_TRIMMED = 3  # Of fewer scores nothing would be left (reviews.statistics.trims).


def build(scope: Scope) -> list[Sheet]:
    found = marks(scope)
    hands = ["专家签字：", *(f"专家{n}：" for n in found.experts)]
    return [
        form(
            scope,
            NAME,
            _columns(found, scope.round),
            _rows(found),
            unit="分、元",
            notes=[_rule(scope.round)],
            signatures=hands,
        ),
        form(
            scope,
            DETAIL,
            _detail_columns(found),
            [{**r, "title": titled(r["title"]), "expert": f"专家{r['expert']}"} for r in found.lines],
            unit="分",
            total_label="平均",
            label_columns=4,
            signatures=hands,
        ),
    ]


def _rows(found: Marks) -> list[dict[str, Any]]:
    return [
        {
            **r,
            "title": titled(r["title"]),
            "selected": SELECTED.get(r["state"], "是"),
            "remark": "" if r["is_complete"] else "评分未齐",
        }
        for r in found.ventures
    ]


def _rule(round_: Round) -> str:
    return (
        f"有效评分满 {round_.trim_from} 个时，去掉一个最高分和一个最低分后取平均；不足 {round_.trim_from} 个时取平均；"
        f"不足 {round_.min_scores} 个时无评审结果。平均得分保留两位小数，四舍五入。"
    )


def _columns(found: Marks, round_: Round) -> list[Column]:
    experts = [f"expert{n}" for n in found.experts]
    return [
        *venture_columns(30, "申报单位", 24, number=12),
        *(Column(key, f"专家{n}", Kind.SCORE, 6) for n, key in zip(found.experts, experts, strict=True)),
        Column("recused", "回避", Kind.INT, 4),
        *_statistics(experts, round_),
        Column("rank", "排名", Kind.WORD, 4),
        Column("selected", "是否\n入选", Kind.WORD, 4),
        money("proposed", "拟资助金额"),
        Column("remark", "备注", Kind.TEXT, 8),
    ]


def _statistics(experts: Sequence[str], round_: Round) -> list[Column]:
    """The trimmed mean as formulas over the expert columns; its value is the stored result of the review."""
    headings = (("有效\n评分数", 6), ("去掉\n最高分", 6), ("去掉\n最低分", 6), ("平均\n得分", 6))
    keys = ("valid", "highest", "lowest", "mean")
    kinds = (Kind.INT, Kind.SCORE, Kind.SCORE, Kind.SCORE)
    formulas = _formulas(experts, round_) if experts else [None] * len(keys)
    return [
        Column(key, heading, kind, width, formula=formula)
        for key, (heading, width), kind, formula in zip(keys, headings, kinds, formulas, strict=True)
    ]


def _formulas(experts: Sequence[str], round_: Round) -> list[Formula]:
    over = f"{{{experts[0]}}}:{{{experts[-1]}}}"
    least = max(round_.min_scores, 1)
    trim = max(round_.trim_from, SMALLEST_TRIMMED, least)

    def summary(row: Row) -> Summary:
        scores = [v for key in experts if isinstance(v := row.get(key), Decimal)]
        return summarize(scores, min_scores=round_.min_scores, trim_from=round_.trim_from)

    return [
        Formula(f"COUNT({over})", lambda row: summary(row).valid),
        Formula(f'IF({{valid}}>={trim},MAX({over}),"")', lambda row: summary(row).dropped_high),
        Formula(f'IF({{valid}}>={trim},MIN({over}),"")', lambda row: summary(row).dropped_low),
        Formula(
            f"IF({{valid}}>={trim},ROUND((SUM({over})-MAX({over})-MIN({over}))/({{valid}}-2),2),"
            f'IF({{valid}}>={least},ROUND(AVERAGE({over}),2),""))',
            lambda row: row["mean"],
        ),
    ]


def _detail_columns(found: Marks) -> list[Column]:
    items = [f"item{item.pk}" for item in found.rubric]
    criteria = [
        Column(key, f"{item.label}\n({item.weight})", Kind.SCORE, 10, group="评分指标（满分）", total=Total.MEAN)
        for key, item in zip(items, found.rubric, strict=True)
    ]
    columns = [*venture_columns(62, number=12), Column("expert", "评审专家", Kind.WORD, 8), *criteria]
    if items:
        over = f"{{{items[0]}}}:{{{items[-1]}}}"
        total = Formula(f'IF(COUNT({over})=0,"",SUM({over}))', lambda row: _sum_of(row, items))
        columns.append(Column("sum", "合计", Kind.SCORE, 8, total=Total.MEAN, formula=total))
    return [*columns, Column("remark", "备注", Kind.TEXT, 8)]


def _sum_of(row: Row, keys: Sequence[str]) -> Any:
    points = [row[key] for key in keys if row.get(key) is not None]
    return sum(points) if points else None
