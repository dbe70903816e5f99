"""Every workbook of the reports as it is handed out: full-width marks beside Chinese, and the words of a bureau."""

from tests.house.reading import cells, odd_in_chinese
from tests.reports.conftest import Files

MADE = ("full", "empty", "town")  # all of reports.sheets.SHEETS each


def test_every_cell_of_every_sheet_reads_well(files: Files) -> None:
    read = {name: list(cells(files.written(name, values=False))) for name in MADE}
    wrong = {f"{name}: {what}" for name, texts in read.items() for what in odd_in_chinese(texts)}
    assert not wrong, "\n".join(sorted(wrong))
    assert min(map(len, read.values())) > 100
