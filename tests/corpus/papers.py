"""Files that are not what their names say, PDF and pictures."""

from tests.corpus.parts import excel, jpg, locked_pdf, packed, pdf, pdf_stream, png, word
from tests.corpus.sample import DAMAGED, OTHERWISE, TAKEN, add

# --- Wrong types ------------------------------------------------------------------------------------------------------

EXE = b"MZ\x90\0" + b"\0" * 600
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
add("program.pdf", "a program for Windows", lambda: EXE, OTHERWISE)
add("program.xlsx", "a program for Windows", lambda: EXE, OTHERWISE)
add("program.exe", "a program under its own name", lambda: EXE, "are not taken", "are not taken")
add("invoice.pdf.exe", "a program with two endings", lambda: EXE, "are not taken", "are not taken")
add("program.csv", "a program for Windows", lambda: EXE, OTHERWISE, "no table of text")
add("elf.jpg", "a program for Linux", lambda: b"\x7fELF" + b"\0" * 600, OTHERWISE)
add("page.png", "a page", lambda: HTML, OTHERWISE)
add("page.pdf", "a page", lambda: HTML, OTHERWISE)
add("page.html", "a page under its own name", lambda: HTML, "are not taken")
add(
    "drawing.svg",
    "a drawing that can carry scripts",
    lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "are not taken",
)
add("drawing.png", "the same as a picture", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", OTHERWISE)
add("moving.jpg", "a GIF", lambda: b"GIF89a" + b"\0" * 30, OTHERWISE)
add("photo.png", "a JPEG", jpg, OTHERWISE)
add("text.docx", "text", lambda: "申报书".encode(), OTHERWISE)
add("document.xlsx", "a document under the name of a workbook", lambda: packed(word()), OTHERWISE)
add("workbook.docx", "a workbook under the name of a document", lambda: packed(excel()), OTHERWISE)
add("archive.docx", "an archive", lambda: packed({"a.txt": b"a"}), DAMAGED)
add("archive.pdf", "an archive", lambda: packed({"a.txt": b"a"}), OTHERWISE)
add("archive.zip", "an archive under its own name", lambda: packed({"a.txt": b"a"}), "are not taken")
add("noending", "no ending", pdf, "no ending", "no ending")
add("both.pdf", "a page before a PDF", lambda: HTML + pdf(), OTHERWISE)
add("both.png", "an archive behind a picture", lambda: png() + packed({"a.txt": b"a"}), "is appended")
add("both.jpg", "a script in the comment of a photo", lambda: jpg(comment=b"<?php system($_GET[0]);"), TAKEN)
add("both.xlsx", "a program before a workbook", lambda: EXE + packed(excel()), OTHERWISE)


# --- PDF --------------------------------------------------------------------------------------------------------------

add(
    "script.pdf",
    "a PDF with a script",
    lambda: pdf("/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    "contains a script",
)
add(
    "script-spelled.pdf",
    "the same, spelled with numbers",
    lambda: pdf("/OpenAction<</S/J#61v#61Script/JS(app.alert(1))>>"),
    "contains a script",
)
add(
    "script-packed.pdf",
    "the same, in a packed list of objects",
    lambda: pdf(objects=pdf_stream("/Type/ObjStm/N 1/First 4", b"7 0 <</S/JavaScript/JS(a)>>")),
    "contains a script",
)
add("launch.pdf", "a PDF that starts a program", lambda: pdf("/OpenAction<</S/Launch/F(cmd.exe)>>"), "starts a program")
add(
    "carrier.pdf",
    "a PDF with a file inside",
    lambda: pdf("/Names<</EmbeddedFiles<</Names[(a.exe)4 0 R]>>>>"),
    "carries another file",
)
add("film.pdf", "a PDF with a film", lambda: pdf("/A<</Subtype/RichMedia>>"), "plays sound or film")
add("locked.pdf", "a PDF under a password", lambda: locked_pdf("secret"), "is protected")
add("restricted.pdf", "a PDF that may be read and not be changed", lambda: locked_pdf(""), "is protected")
add("cut.pdf", "a PDF without its end", lambda: pdf(end=b""), DAMAGED)
add(
    "bomb.pdf",
    "a packed list of 20 MB of blanks",
    lambda: pdf(objects=pdf_stream("/Type/ObjStm", b" " * 20 * 1024 * 1024)),
    "more tightly",
)
add(
    "many-lists.pdf",
    "20,000 packed lists",
    lambda: pdf(objects=b"".join(pdf_stream("/Type/ObjStm", b" ", n) for n in range(9, 20_009))),
    "more tightly",
)
add("view.pdf", "a PDF that opens on its second page", lambda: pdf("/OpenAction[3 0 R/Fit]"), TAKEN)


# --- Pictures ---------------------------------------------------------------------------------------------------------

add("huge.png", "100,000 × 100,000 pixels", lambda: png(100_000, 100_000), "100,000 × 100,000 pixels")
add("huge.jpg", "65,500 × 65,500 pixels", lambda: jpg(65_500, 65_500), "65,500 × 65,500 pixels")
add("strip.png", "1 × 30,000 pixels", lambda: png(1, 30_000), "30,000 pixels")
add("nothing.png", "0 × 0 pixels", lambda: png(0, 0), DAMAGED)
add("cut.png", "a picture without its end", lambda: png()[:-20], DAMAGED)
add("cut-early.png", "a picture without its size", lambda: png()[:12], DAMAGED)
add("cut.jpg", "a photo without its end", lambda: jpg(end=b""), DAMAGED)
add(
    "long-part.png", "a part that says it has 2 GB", lambda: png()[:33] + b"\x7f\xff\xff\xffIDAT" + b"\0" * 100, DAMAGED
)
add("many-parts.png", "20,000 parts", lambda: png(2, 2, *[(b"tEXt", b"")] * 20_000), DAMAGED)
add("text.png", "a page in the comment of a picture", lambda: png(2, 2, (b"tEXt", b"Comment\0" + HTML)), TAKEN)
