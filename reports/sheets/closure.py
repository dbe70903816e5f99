"""结项情况表."""

from reports.queries import Scope, closures
from reports.sheets.form import form, money, titled, venture_columns
from reports.sheets.labels import CONCLUSION, SHOWN_AS, STATE
from reports.writer import Column, Kind, Sheet

NAME = "结项情况表"
NOTE = "结余=累计拨付-追回-实支（退回前）；实际结束为末期报告提交日期。"

COLUMNS = [
    *venture_columns(22, "单位", 18),
    Column("ends_on", "计划结束", Kind.DATE, 11),
    Column("ended_on", "实际结束", Kind.DATE, 11),
    Column("final_score", "末期\n得分", Kind.SCORE, 5),
    Column("grade", "等级", Kind.WORD, 4),
    money("awarded", "核定"),
    money("spent", "实支"),
    money("left", "结余"),
    money("returned", "退回"),
    money("tail", "尾款"),
    Column("shown_on", "日期", Kind.DATE, 11, group="成果展"),
    Column("shown_as", "形式", Kind.WORD, 4, group="成果展"),
    Column("closed_on", "结项日期", Kind.DATE, 11),
    Column("conclusion", "结论", Kind.WORD, 8),
]


def build(scope: Scope) -> list[Sheet]:
    rows = [
        {
            **r,
            "title": titled(r["title"]),
            "shown_as": SHOWN_AS[r["shown_as"]],
            "conclusion": CONCLUSION.get(r["state"], STATE[r["state"]]),
        }
        for r in closures(scope)
    ]
    return [form(scope, NAME, COLUMNS, rows, unit="元", notes=[NOTE])]
