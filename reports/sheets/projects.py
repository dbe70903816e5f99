"""项目汇总表."""

from reports.queries import Scope, projects
from reports.sheets.form import form, funded_by, money, titled, venture_columns
from reports.sheets.labels import STATE
from reports.writer import Column, Kind, Sheet

NAME = "项目汇总表"

COLUMNS = [
    *venture_columns(20, "申报单位", 16),
    Column("credit_code", "统一社会信用代码", Kind.WORD, 10.5),
    Column("category", "项目类别", Kind.WORD, 8),
    Column("place", "实施地点", Kind.WORD, 8),
    Column("leader", "项目\n负责人", Kind.WORD, 6),
    Column("phone", "联系电话", Kind.WORD, 12.5),
    Column("starts_on", "起", Kind.DATE, 11, group="实施期限"),
    Column("ends_on", "止", Kind.DATE, 11, group="实施期限"),
    money("total_budget", "总预算"),
    money("requested", "申请金额"),
    money("self_raised", "自筹金额"),
    money("awarded", "核定资助\n金额"),
    Column("score", "评审\n得分", Kind.SCORE, 5),
    Column("state", "状态", Kind.WORD, 8),
    Column("platform", "孵化平台", Kind.TEXT, 12),
    Column("remark", "备注", Kind.TEXT, 4),
]


def build(scope: Scope) -> list[Sheet]:
    rows = [
        {
            **r,
            "title": titled(r["title"]),
            "state": STATE[r["state"]],
            "remark": "代录" if r["entered_by_staff"] else "",
        }
        for r in projects(scope)
    ]
    return [form(scope, NAME, COLUMNS, rows, unit="元", notes=funded_by(scope.round))]
