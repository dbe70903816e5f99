"""The template that clerks fill in, and a workbook of the same columns with given rows."""

from typing import Any

from django.utils.translation import gettext as _

from common import spreadsheets
from common.spreadsheets import Kind, write_template
from organizations.models import ApplicantKind
from organizations.register_file.columns import FIELD, GRADES, REQUIRED, SERVICE, Column, columns

KINDS = {
    "founded_on": Kind.DATE, "awarded_on": Kind.DATE, "valid_until": Kind.DATE,
    "full_time_staff": Kind.WHOLE, "volunteers": Kind.WHOLE, "party_members": Kind.WHOLE,
}  # fmt: skip
NAME = "社会组织名录.xlsx"


def template() -> bytes:
    """An .xlsx with the headings, the lists to pick from and what the rules are; no row."""
    return write_template(
        [_column(c) for c in columns()],
        title="社会组织名录",
        notes=[
            _("One row for each organization; the order of the columns is free, columns that are not known are left out."),
            _("Known organizations (by their code) are changed only where something stands in a cell; empty cells change nothing."),
            _("Codes and account numbers must be text. All or nothing is stored, after a preview."),
        ],
    )  # fmt: skip


def _column(column: Column) -> spreadsheets.Column:
    return spreadsheets.Column(
        key=column.name,
        heading=column.heading,
        kind=KINDS.get(column.name, Kind.TEXT),
        required=column.name in REQUIRED,
        width=24 if column.name in {"name", "credit_code", "bank_account", "address"} else 14,
        hint=_("For example: %(example)s") % {"example": column.example} if column.example else "",
        choices=_kinds() if column.name == "kind" else CHOICES.get(column.name, ()),
    )


def _kinds() -> tuple[str, ...]:
    """Those that a row can be of: by a code or through a host."""
    return tuple(kind.name for kind in ApplicantKind.objects.all() if kind.prefixes or kind.identified_by == "host")


CHOICES: dict[str, Any] = {
    "management": ("属地", "行业", "兜底"),
    "party_form": ("单建", "联建", "无"),
    "service": tuple(SERVICE),
    "field": tuple(FIELD),
    "inspection": ("合格", "基本合格", "不合格", "未年检"),
    "grade": tuple(word for word in GRADES if len(word) == 2 and word[1] == "A"),
}
