"""The columns of the bureau's own lists: their headings, and how their cells are read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.clock import today
from common.spreadsheets import heading_key
from common.text import half_width
from common.wording import listed
from organizations.models import AnnualInspection, ApplicantKind, Organization, Place, Rating, Tier
from organizations.register_file import cells
from organizations.register_file.cells import Reader

MANAGEMENT = {
    word: value
    for value, name in zip(Organization.Management, ("属地", "行业", "兜底"), strict=True)
    for word in (name, f"{name}管理")
}
PARTY_FORM = {
    "单建": Organization.PartyForm.OWN, "单独建": Organization.PartyForm.OWN, "联建": Organization.PartyForm.JOINT,
    "联合建": Organization.PartyForm.JOINT, "无": Organization.PartyForm.NONE, "未建": Organization.PartyForm.NONE,
}  # fmt: skip
SERVICE = {
    "公益服务": Organization.Service.PUBLIC_BENEFIT, "公益服务类": Organization.Service.PUBLIC_BENEFIT,
    "专业社工": Organization.Service.SOCIAL_WORK, "专业社工类": Organization.Service.SOCIAL_WORK,
    "其他": Organization.Service.OTHER,
}  # fmt: skip
FIELD = {
    "民办教育": Organization.Field.EDUCATION, "养老": Organization.Field.ELDERLY,
    "养老服务": Organization.Field.ELDERLY, "社区社会组织": Organization.Field.COMMUNITY,
    "行业协会": Organization.Field.TRADE, "行业协会商会": Organization.Field.TRADE, "其他": Organization.Field.OTHER,
}  # fmt: skip
CONCLUSION = {
    "合格": AnnualInspection.Conclusion.PASSED, "年检合格": AnnualInspection.Conclusion.PASSED,
    "基本合格": AnnualInspection.Conclusion.BASICALLY, "不合格": AnnualInspection.Conclusion.FAILED,
    "未年检": AnnualInspection.Conclusion.NONE, "未参检": AnnualInspection.Conclusion.NONE,
}  # fmt: skip
GRADES = {word: grade for grade in Rating.Grade for word in (f"{grade}A", f"{grade}A级", "A" * grade, f"A{grade}")}
NO_GRADE = {"无", "未评", "未评估", "未参评"}

_YEAR_AND_WORD = re.compile(r"^(?:(\d{4})年?度?)?(.*)$")


@dataclass(frozen=True)
class Column:
    """`name` is what the row's values call it: a field of Organization, or one of KEYS and RECORDS."""

    name: str
    heading: str
    read: Reader
    example: Any = ""
    also: tuple[str, ...] = ()


KEYS = ("former_name", "kind", "host_code")
RECORDS = ("inspection", "grade", "awarded_on", "valid_until")
REQUIRED = ("name", "management", "place_id")  # of a new organization, beside its code or its host's
IGNORED = {"序号", "编号"}


# What offices have called it in their own lists.
HOST_CODE = ("依托单位统一社会信用代码", "挂靠单位代码", "挂靠单位统一社会信用代码")


def columns() -> list[Column]:
    """All columns, in the order of the template. Kinds and places are read once, so ask for the list once per file."""
    kinds = {word: kind for kind in ApplicantKind.objects.all() for word in (kind.name, *kind.also)}
    places = dict(Place.objects.filter(tier=Tier.TOWN).values_list("name", "pk"))
    return [
        Column("name", "组织名称", cells.text(_of("name")), "演示社会组织", ("社会组织名称", "单位名称", "名称")),
        Column("credit_code", "统一社会信用代码", cells.code(_of("credit_code")), "51330482MJA000016T", ("信用代码",)),
        Column("kind", "类型", cells.choice(kinds), "社会团体", ("组织类型",)),
        Column("management", "三元管理", cells.choice(MANAGEMENT), "属地", ("管理类别",)),
        Column("place_id", "所属镇街道", cells.choice(places), next(iter(places), ""), ("镇街道", "所属镇（街道）")),
        Column("field", "领域", cells.choice(FIELD), "社区社会组织"),
        Column("service", "服务类别", cells.choice(SERVICE), "公益服务"),
        Column("founded_on", "成立时间", cells.day(_of("founded_on")), date(2014, 1, 15), ("成立日期", "登记时间")),
        Column("registrar", "登记机关", cells.text(_of("registrar")), "平湖市民政局"),
        Column("supervising_body", "业务主管单位", cells.text(_of("supervising_body")), "", ("主管单位",)),
        Column(
            "legal_representative", "法定代表人", cells.text(_of("legal_representative")), "演示负责人",
            ("负责人", "法人代表"),
        ),
        Column("address", "地址", cells.text(_of("address")), "演示路1号", ("住所",)),
        Column("phone", "电话", cells.phone(_of("phone")), "0573-85000001", ("联系电话",)),
        Column("full_time_staff", "专职人数", cells.count(_of("full_time_staff")), 3),
        Column("volunteers", "志愿者人数", cells.count(_of("volunteers")), 20),
        Column("party_form", "党组织形式", cells.choice(PARTY_FORM), "单建"),
        Column("party_members", "党员数", cells.count(_of("party_members")), 5, ("党员人数",)),
        Column("bank_name", "开户行", cells.text(_of("bank_name")), "演示银行平湖支行", ("开户银行",)),
        Column("bank_account", "账号", cells.code(_of("bank_account")), "6200000000000001", ("银行账号", "账户")),
        Column("inspection", "上年度年检", inspection, "合格", ("年检结论", "上年度年检结论")),
        Column("grade", "评估等级", grade, "3A"),
        Column("awarded_on", "评估时间", cells.day(_of("awarded_on", Rating)), date(2019, 6, 1), ("评估日期",)),
        Column("valid_until", "评估有效期至", cells.day(_of("valid_until", Rating)), date(2024, 5, 31), ("有效期至",)),
        Column("former_name", "曾用名", cells.text(_of("name"))),
        Column("host_code", "依托单位代码", cells.code(_of("credit_code")), "", HOST_CODE),
    ]  # fmt: skip


def _of(name: str, model: Any = Organization) -> Any:
    return model._meta.get_field(name)


def inspection(cell: Any) -> tuple[int, str] | None:
    """“合格” is of the last year, “2018年度合格” of that one."""
    found = _YEAR_AND_WORD.match(half_width(cell if isinstance(cell, str) else str(cell)))
    year, word = found.groups() if found else (None, "")
    if not year and not word:
        return None
    if word not in CONCLUSION:
        raise ValidationError(_("Not one of: %(labels)s.") % {"labels": listed(CONCLUSION)})
    return int(year) if year else today().year - 1, CONCLUSION[word]


def grade(cell: Any) -> int | None:
    word = half_width(cell if isinstance(cell, str) else str(cell))
    if not word or word in NO_GRADE:
        return None
    if word not in GRADES:
        raise ValidationError(_("Not one of: %(labels)s.") % {"labels": listed(("1A", "2A", "3A", "4A", "5A", "未评"))})
    return int(GRADES[word])


def headings(all_columns: list[Column]) -> Mapping[str, Column]:
    """Heading, or one of its other forms, → column."""
    return {heading_key(word): column for column in all_columns for word in (column.heading, *column.also)}
