"""The frame of a bureau's sheet, and how it becomes a file: `Sheet` (what) → `write` (whole or not at all)."""

from reports.writer.file import WrittenFile, sweep, write
from reports.writer.spec import Column, Formula, Kind, Row, Section, Sheet, Total

__all__ = ["Column", "Formula", "Kind", "Row", "Section", "Sheet", "Total", "WrittenFile", "sweep", "write"]
