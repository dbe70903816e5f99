"""Small workbooks of a register, and an import played to its preview or its end."""

import io
from typing import Any

from django.core.files.base import ContentFile
from openpyxl import Workbook

from common.work import jobs
from organizations import actions
from organizations.models import RegisterImport
from tests.factories import applicant_kinds

HEADINGS = ("组织名称", "统一社会信用代码", "三元管理", "所属镇街道")


def a_workbook(*rows: Any, headings: Any = HEADINGS, title: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    if title:
        sheet.append([title])
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def checked(content: bytes, by: Any, name: str = "社会组织名录.xlsx") -> RegisterImport:
    """Handed in and checked by the worker."""
    applicant_kinds()
    import_ = actions.take_in(ContentFile(content, name=name), by=by)
    jobs.run_pending()
    return RegisterImport.objects.get(pk=import_.pk)


def stored(import_: RegisterImport, by: Any, **more: Any) -> RegisterImport:
    """Confirmed and stored by the worker, if it may."""
    actions.store_import(import_, by=by, sha256=import_.file.sha256, **more)
    jobs.run_pending()
    return RegisterImport.objects.get(pk=import_.pk)


def errors(import_: RegisterImport) -> list[tuple[int, str]]:
    return [(row, column) for row, column, *__ in import_.findings["errors"]]
