"""What typst, LibreOffice and Chromium really write is taken; what by hand is written like it is in tests/corpus/ordinary.py."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from common.files import DOCUMENTS, receive
from common.pdf import render
from tests.corpus.make import SAMPLES
from tests.reports.conftest import a_profile, convert

FONTS = '#set text(font: ("Noto Serif CJK SC", "Libertinus Serif"), fallback: false, lang: "zh")\n'
TYPST = {
    "text": "= 申报书\n正文 $x^2$",
    "contents": "#outline()\n= 一\n#pagebreak()\n= 二",
    "links": '#link("https://example.org/")[网站] #link("mailto:a@example.org")[邮件]',
    "table": "#table(columns: 3, ..range(300).map(str))",
    "pages": '#set page(numbering: "1")\n#for n in range(40) { [第 #n 页 #pagebreak()] }',
    "drawing": "#rect(fill: red)#circle()#line(length: 3cm)",
}
PAGES = {
    "text": "<h1>证书</h1><p>正文",
    "links": "<a href='https://example.org/'>网站</a><a href='#b'>下面</a><p id=b>b",
    "form": "<form><input value=名称><select><option>一</select><textarea>二</textarea></form>",
    "picture": "<svg width=40 height=40><circle r=20 cx=20 cy=20 /></svg><img src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'>",
    "script": "<p id=p><script>p.textContent = 'JavaScript /JS /Launch'</script>",
}
WORKBOOKS = ("plain", "formulas", "chart", "choices", "linked", "picture", "protected", "printer", "buttons")


def taken(name: str, content: bytes) -> None:
    """Raises Invalid if it is not."""
    receive(ContentFile(content, name), allowed=DOCUMENTS)


@pytest.mark.parametrize("name", TYPST)
def test_what_typst_writes_is_taken(name: str, tmp_path: Path) -> None:
    template = tmp_path / "t.typ"
    template.write_text(FONTS + TYPST[name], encoding="utf-8")
    taken("a.pdf", render(template, {}))


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_what_a_browser_prints_is_taken(name: str, chromium: Any) -> None:
    page = chromium.new_page()
    page.set_content(f"<title>证书</title>{PAGES[name]}")
    for options in ({}, {"tagged": True, "outline": True}):
        taken("a.pdf", page.pdf(**options))
    page.close()


@pytest.fixture(scope="module")
def office(soffice: str, tmp_path_factory: Any) -> Path:
    """Workbooks after LibreOffice has opened, saved and printed them."""
    folder, profile = tmp_path_factory.mktemp("office"), a_profile(tmp_path_factory.mktemp("profile"))
    made = {sample.name: sample.make for sample in SAMPLES}
    for name in WORKBOOKS:
        (folder / f"{name}.xlsx").write_bytes(made[f"ordinary-{name}.xlsx"]())
    books = sorted(folder.glob("*.xlsx"))
    convert(soffice, profile, books, to="xlsx", into=folder / "again")
    convert(soffice, profile, books, to="pdf", into=folder)
    return folder


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", WORKBOOKS)
def test_what_libreoffice_saves_and_prints_is_taken(name: str, office: Path) -> None:
    taken("a.xlsx", (office / "again" / f"{name}.xlsx").read_bytes())
    taken("a.pdf", (office / f"{name}.pdf").read_bytes())
