"""What a page says, as somebody reads it: its text by blocks, and what its attributes say aloud or on hovering."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from typing import Any

import lxml.html
import pypdf
import yaml
from openpyxl import Workbook

from common.chinese import TERMS, half_width_marks
from rounds.round_format.library import published
from tests.house.code import ROOT

INLINE = {"a", "abbr", "b", "em", "i", "kbd", "label", "mark", "small", "span", "strong", "sub", "sup", "time", "u"}
UNREAD = {"script", "style", "template", "svg", "code", "pre", "kbd"}
SAID_BY_ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "data-ask", "data-label")
# Words that anybody may use for something else in a text of their own are wrong in our sentences only.
ORDINARY = ("负责人", "名册", "卡片")

TYPED = "演示文字。"  # by tests/factories.py
FULL_WIDTH = re.compile("[，。；：？！（）、]")
ONE_OF_MANY = re.compile(r"(?<![\d.,:/-])1 (?!is\b|has\b|was\b|does\b|this\b|less\b|plus\b|pass\b)[a-z]{2,}s\b")


def read(html: str) -> Iterator[str]:
    tree = lxml.html.fromstring(html)
    yield from _blocks(tree)
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield from (element.get(name) for name in SAID_BY_ATTRIBUTES if element.get(name))


def _blocks(tree: Any) -> Iterator[str]:
    words: list[str] = []
    _gather(tree, words)
    yield from filter(None, (re.sub(r"[ \t\n]+", " ", block).strip() for block in "".join(words).split("\x1e")))


def _gather(element: Any, words: list[str]) -> None:
    if isinstance(element.tag, str) and element.tag not in UNREAD:
        edge = "" if element.tag in INLINE else "\x1e"
        words.append(edge + (element.text or ""))
        for child in element:
            _gather(child, words)
        words.append(edge)
    words.append(element.tail or "")


def cells(book: Workbook) -> Iterator[str]:
    """All that somebody reads in a workbook: cells, comments, names of sheets, heads and feet of the pages, what a rule
    of a cell says and offers."""
    for sheet in book.worksheets:
        yield sheet.title
        for part in (sheet.oddHeader, sheet.oddFooter):
            yield from (text for side in (part.left, part.center, part.right) if (text := side.text))
        for rule in sheet.data_validations.dataValidation:
            offered = (rule.formula1 or "").strip('"').split(",") if rule.type == "list" else []
            yield from filter(None, (rule.errorTitle, rule.error, rule.promptTitle, rule.prompt, *offered))
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "s":
                    yield from cell.value.split("\n")
                if cell.comment:
                    yield cell.comment.text


def lines(pdf: bytes) -> Iterator[str]:
    """The lines of a paper as they are printed. Poppler reads them in a hundredth of the time, where it is."""
    if poppler := shutil.which("pdftotext"):
        said = subprocess.run([poppler, "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
        yield from said.stdout.decode().split("\n")
        return
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        yield from page.extract_text().split("\n")


def odd_in_chinese(texts: Iterator[str] | list[str]) -> set[str]:
    """Half-width marks beside Chinese, and the words that a bureau does not use."""
    found: set[str] = set()
    for text in texts:
        found |= {f"half-width: {where}" for where in half_width_marks(text)}
        for term in TERMS:
            if not term.meaning and not any(word in term.wrong for word in ORDINARY):
                found |= {f"{m.group()} → {term.right}: {text[:60]}" for m in re.finditer(term.wrong, text)}
    return found


@cache
def _data() -> tuple[str, ...]:
    """What is Chinese whatever a page speaks: what the test world has typed, kinds of applicants, templates of rounds."""
    kinds = [row["name"] for row in yaml.safe_load((ROOT / "fixtures" / "applicant_kinds.yaml").read_text("utf-8"))]
    templates = [said for t in published() for said in (t.name, t.source)]
    # The longest first: a name may stand in a sentence.
    return tuple(sorted((TYPED, *kinds, *templates), key=len, reverse=True))


def _without_data(text: str) -> str:
    for said in _data():
        text = text.replace(said, "")
    return text


def odd_in_english(texts: Iterator[str] | list[str]) -> set[str]:
    """(s), “1 years”, and Chinese marks; what is data is left out."""
    found: set[str] = set()
    for text in map(_without_data, texts):
        if "(s)" in text or ONE_OF_MANY.search(text) or FULL_WIDTH.search(text):
            found.add(text[:120])
    return found
