"""Cached values of formulas. openpyxl writes none, and previewers, phones and mail show an empty cell or 0.

The saved package is copied entry by entry; each sheet streams through a SAX filter that fills `<v>` behind `<f>`.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import XMLFilterBase, XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from defusedxml.sax import make_parser

Values = Mapping[str, Any]


class _Filler(XMLFilterBase):
    """Passes a sheet through; values by coordinate go into formula cells."""

    def __init__(self, values: Values, text_range: str, parent: Any) -> None:
        super().__init__(parent)
        self.values = values
        self.text_range = text_range
        self.cell = ""

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 (SAX)
        if name == "c":
            self.cell = attrs["r"]
            if self.cell in self.values and not isinstance(self.values[self.cell], (int, Decimal)):
                attrs = {**attrs, "t": "str"}
        super().startElement(name, attrs)
        if name == "v" and self.cell in self.values:
            value = self.values[self.cell]
            super().characters("" if value is None else str(value))

    def endElement(self, name: str) -> None:  # noqa: N802 (SAX)
        super().endElement(name)
        if name == "headerFooter":
            # Codes and accounts are text on purpose: no green corners in Excel.
            super().startElement("ignoredErrors", AttributesImpl({}))
            super().startElement("ignoredError", AttributesImpl({"sqref": self.text_range, "numberStoredAsText": "1"}))
            super().endElement("ignoredError")
            super().endElement("ignoredErrors")


def fill(source: Path, target: Any, values: Sequence[Values], ranges: Sequence[str]) -> None:
    """Copy the workbook at `source` into the file object `target`, sheets in order with their cached values."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            number = _sheet_number(entry.filename)
            with old.open(entry) as stream, new.open(entry.filename, "w") as out:
                if number is None:
                    out.write(stream.read())
                    continue
                text = io.TextIOWrapper(out, encoding="utf-8", write_through=False)
                filler = _Filler(values[number - 1], ranges[number - 1], make_parser())
                filler.setContentHandler(XMLGenerator(text, encoding="utf-8", short_empty_elements=True))
                filler.parse(stream)
                text.flush()
                text.detach()


def _sheet_number(name: str) -> int | None:
    folder = "xl/worksheets/sheet"
    return int(name[len(folder) : -len(".xml")]) if name.startswith(folder) and name.endswith(".xml") else None
