"""What is said of tables that are larger than what is read of them."""

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from common.files.zip_safety import Refused

WIDEST = 16_384  # columns of Excel


def too_deep(row: int, most: int) -> Refused:
    return Refused(
        _("Row %(row)s is not empty; at most %(most)s rows are read. Delete what stands below the table.")
        % {"row": f"{row:,}", "most": f"{most:,}"}
    )


def too_wide(row: int, column: int, most: int) -> Refused:
    return Refused(
        _("Cell %(cell)s is not empty; at most %(most)s columns are read. Delete what stands beside the table.")
        % {"cell": f"{get_column_letter(min(column, WIDEST))}{row}", "most": f"{most:,}"}
    )
