"""Files that are made to keep a processor busy; too large for the corpus."""

from functools import cache

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
