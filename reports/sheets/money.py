"""资金拨付表."""

from decimal import Decimal
from typing import Any

from reports.queries import Scope, payments
from reports.sheets.form import form, funded_by, money, titled, venture_columns
from reports.writer import Column, Formula, Kind, Row, Sheet, Total
from reports.writer.spec import rounded

NAME = "资金拨付表"


def build(scope: Scope) -> list[Sheet]:
    tranches = [(r.ordinal, r.label) for r in scope.round.tranche_rules.all()]
    rows = [
        {**r, "title": titled(r["title"]), "remark": "项目终止" if r["is_terminated"] else ""} for r in payments(scope)
    ]
    return [form(scope, NAME, _columns(tranches), rows, unit="元", notes=funded_by(scope.round))]


def _columns(tranches: list[tuple[int, str]]) -> list[Column]:
    amounts = [f"tranche{n}_amount" for n, _ in tranches]
    return [
        *venture_columns(16),
        Column("payee", "收款单位", Kind.TEXT, 14),
        Column("bank", "开户行", Kind.TEXT, 10),
        Column("account", "账号", Kind.WORD, 9),
        money("awarded", "核定金额"),
        *(c for n, label in tranches for c in _tranche(n, label)),
        money("paid", "累计拨付", formula=_paid(amounts)),
        money("unpaid", "未拨付", formula=Formula("{awarded}-{paid}", lambda r: _amount(r, "awarded") - r["paid"])),
        money("recovered", "追回金额"),
        Column("rate", "拨付率", Kind.PERCENT, 6, total=Total.SAME, formula=RATE),
        Column("remark", "备注", Kind.TEXT, 4),
    ]


def _tranche(n: int, label: str) -> list[Column]:
    key = f"tranche{n}"
    return [
        Column(f"{key}_percent", "比例", Kind.PERCENT, 5, group=label),
        money(f"{key}_amount", "金额", group=label),
        Column(f"{key}_on", "日期", Kind.DATE, 11, group=label),
        Column(f"{key}_voucher", "凭证号", Kind.WORD, 8, group=label),
    ]


def _amount(row: Row, key: str) -> Any:
    return row.get(key) or Decimal("0.00")


def _paid(amounts: list[str]) -> Formula:
    cells = ",".join(f"{{{a}}}" for a in amounts) or "0"
    return Formula(f"SUM({cells})", lambda row: sum((_amount(row, a) for a in amounts), Decimal("0.00")))


def _rate(row: Row) -> Any:
    awarded = _amount(row, "awarded")
    return rounded(row["paid"] / awarded, "0.0001") if awarded else 0


RATE = Formula("IF({awarded}=0,0,ROUND({paid}/{awarded},4))", _rate)
