"""Files that are made to keep a processor busy; too large for the corpus."""

from collections.abc import Callable
from functools import cache

from tests.corpus.hostile_office import field
from tests.corpus.parts import excel, packed, pdf, pdf_stream, sheet, word

MEGABYTE = 1024 * 1024


@cache
def a_slow_pdf(megabytes: int = 18) -> bytes:
    """Some 250,000 objects, each of which says that it is a packed list: once, each was searched to the end of the file."""
    body, places = bytearray(b"%PDF-1.7\n"), []
    for text in ("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>"):
        places.append(len(body))
        body += f"{len(places)} 0 obj\n{text}\nendobj\n".encode()
    while len(body) < (megabytes - 5) * MEGABYTE:
        places.append(len(body))
        body += f"{len(places)} 0 obj\n<</Type/ObjStm/S/Named/N 1>>\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return bytes(body) + (
        f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n".encode()
    )


@cache
def a_pdf_of_digits() -> bytes:
    """Numbers without an end: what looks for references by a pattern begins anew at each digit."""
    return pdf(objects=b"9 0 obj\n[" + b"1" * 18 * MEGABYTE + b"]\nendobj\n")


@cache
def a_pdf_of_names() -> bytes:
    """A dictionary of a million names that act when they are values, which they are not."""
    entries = b"".join(b"/K%d/URI" % n for n in range(1_000_000))
    return pdf(objects=b"9 0 obj\n<<" + entries + b">>\nendobj\n")


@cache
def a_pdf_of_lists() -> bytes:
    """4,000 packed lists that no table names, three kilobytes of blanks each."""
    return pdf(objects=b"".join(pdf_stream("/Type/ObjStm/First 0", b" " * 3000, n) for n in range(9, 4009)))


@cache
def a_workbook_of_formulas() -> bytes:
    """As many formulas as are read, each of which deserves a look."""
    cells = "".join(f'<row r="{n}"><c r="A{n}"><f>IF(A1/2,"a|b",(1))</f></c></row>' for n in range(1, 400_000))
    return packed(excel(sheet1=sheet(cells)))


@cache
def a_document_of_fields() -> bytes:
    return packed(word(field(" PAGE ") * 100_000))


@cache
def a_document_of_parts() -> bytes:
    """Parts that have to be opened one by one."""
    return packed(word(**{f"word/a{n}.xml": b"<a>" + b" " * 10_000 + b"</a>" for n in range(1_900)}))


SLOW: dict[str, Callable[[], bytes]] = {
    "objects.pdf": a_slow_pdf,
    "digits.pdf": a_pdf_of_digits,
    "names.pdf": a_pdf_of_names,
    "lists.pdf": a_pdf_of_lists,
    "formulas.xlsx": a_workbook_of_formulas,
    "fields.docx": a_document_of_fields,
    "parts.docx": a_document_of_parts,
}
