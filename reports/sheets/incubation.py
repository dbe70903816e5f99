"""孵化情况统计表: platforms by tier, with a subtotal each."""

from reports.queries import Scope, incubations
from reports.sheets.form import NUMBER, form, money
from reports.sheets.labels import TIER
from reports.writer import Column, Kind, Section, Sheet, Total

NAME = "孵化情况统计表"


def _count(key: str, heading: str, group: str = "", width: float = 6) -> Column:
    return Column(key, heading, Kind.INT, width, group=group, total=Total.SUM)


COLUMNS = [
    NUMBER,
    Column("name", "平台名称", Kind.TEXT, 26),
    Column("tier", "层级", Kind.WORD, 6),
    Column("town", "所属\n镇街道", Kind.WORD, 8),
    Column("operator", "运营单位", Kind.TEXT, 24),
    _count("present", "在孵\n社会组织", width=8),
    _count("entered", "本期\n入孵"),
    _count("graduated", "本期\n出孵"),
    _count("ever", "累计\n培育孵化", width=8),
    _count("public_benefit", "公益\n服务类", "其中"),
    _count("social_work", "专业\n社工类", "其中"),
    _count("party_own", "单建", "孵化党组织数"),
    _count("party_joint", "联建", "孵化党组织数"),
    _count("party_members", "培养\n党员数"),
    _count("ventures", "承接\n项目数"),
    money("granted", "资助金额"),
    Column("remark", "备注", Kind.TEXT, 8),
]


def build(scope: Scope) -> list[Sheet]:
    rows = incubations(scope)
    sections = [
        Section(f"{word}小计", [{**r, "tier": word} for r in rows if r["tier"] == tier])
        for tier, word in TIER.items()
        if any(r["tier"] == tier for r in rows)
    ]
    counted = sum(r["ever"] for r in rows)
    distinct = len(frozenset().union(*(r["organizations"] for r in rows)))
    notes = [f"统计期为{scope.round.year}年1月1日至统计截止日期。社会组织按平台统计，党员只统计人数。"]
    if distinct != counted:
        notes.append(f"累计培育孵化合计 {counted} 家次，跨平台去重后 {distinct} 家。")
    return [form(scope, NAME, COLUMNS, rows, unit="家、个、名、元", sections=sections, notes=notes, label_columns=2)]
