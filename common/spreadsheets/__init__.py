"""Tables in and out: reading what people hand in (.xlsx, .csv), writing templates for them to fill in.

    COLUMNS = [Column("code", _("Code"), required=True, width=22), Column("amount", _("Amount"), Kind.MONEY), …]
    answer = write_template(COLUMNS, rows=[{"code": …}], title=…, notes=[…])       # bytes of an .xlsx
    for number, row in read_table(upload, name=upload.name, columns=COLUMNS, max_rows=300):
        trouble = {key: value.sentence for key, value in row.items() if isinstance(value, Bad)}

`read_rows` gives the bare rows of any sheet.
"""

from common.spreadsheets.cells import Bad, Kind, as_date, as_money, as_number, as_text, as_whole
from common.spreadsheets.columns import Column, heading_key
from common.spreadsheets.hidden import Hidden
from common.spreadsheets.reading import read_cells, read_rows, read_table, told
from common.spreadsheets.writing import neutral, put_text, write_template

__all__ = [
    "Bad",
    "Column",
    "Hidden",
    "Kind",
    "as_date",
    "as_money",
    "as_number",
    "as_text",
    "as_whole",
    "heading_key",
    "neutral",
    "put_text",
    "read_cells",
    "read_rows",
    "read_table",
    "told",
    "write_template",
]
