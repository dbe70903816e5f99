"""Tables of text (CSV)."""

from typing import Any

from tests.corpus.sample import TAKEN, add

TEXT = "名称,金额\r\n平湖市,12.50\r\n"
TABLE = [["名称", "金额"], ["平湖市", "12.50"]]


def plain(name: str, what: str, content: bytes, said: str | list[list[Any]], stored: str = TAKEN) -> None:
    add(name, what, lambda: content, stored, said)


plain("gbk.csv", "as Excel in China saves", TEXT.encode("gbk"), TABLE)
plain("gb18030.csv", "a rare character in GB18030", "名称\n𠮷".encode("gb18030"), [["名称"], ["𠮷"]])
plain("utf8-mark.csv", "UTF-8 with its mark", TEXT.encode("utf-8-sig"), TABLE)
plain("utf16.csv", "“Unicode text” of Excel", TEXT.replace(",", "\t").encode("utf-16"), TABLE)
plain("utf16-big.csv", "UTF-16, big end first", b"\xfe\xff" + TEXT.encode("utf-16-be"), TABLE)
plain("utf16-bare.csv", "UTF-16 without its mark", TEXT.encode("utf-16-le"), TABLE)
plain("utf16-odd.csv", "UTF-16 cut in a character", TEXT.encode("utf-16")[:-1], "no table of text", "no table of text")
plain("semicolon.csv", "semicolons", TEXT.replace(",", ";").encode(), TABLE)
plain("tab.csv", "tabs", TEXT.replace(",", "\t").encode(), TABLE)
plain("macintosh.csv", "ends of lines as in 1990", TEXT.replace("\r\n", "\r").encode(), TABLE)
plain("binary.csv", "random bytes", bytes(range(256)) * 8, "no table of text", "no table of text")
plain("nul.csv", "a character NUL", b"a,b\n1,\0", "no table of text", "no table of text")
plain("open-quote.csv", "a quotation that does not end", b'a,b\n1,"2\n3,4\n', "quotation marks do not close")
plain("after-quote.csv", "text behind a quotation", b'a,b\n"1"x,2\n', "quotation marks do not close")
plain("long-cell.csv", "a cell of 200,000 characters", b"a,b\n" + b"x" * 200_000, "quotation marks do not close")
plain(
    "formulas.csv",
    "what a spreadsheet would compute",
    "=1+1,+1,-1,@a,\t=1,＝1".encode(),
    [["=1+1", "+1", "-1", "@a", "=1", "＝1"]],
)
plain("numbers.csv", "numbers too large", b"1e999999,12345678901234567.89", [["1e999999", "12345678901234567.89"]])
plain("lines.csv", "a cell of several lines", b'a,"b\r\nc"\n1,2', [["a", "b\nc"], ["1", "2"]])
plain("wide.csv", "20,000 columns", b"," * 20_000 + b"x", "columns are read")
plain("deep.csv", "a cell below 100,000 empty lines", b"a\n" + b"\n" * 100_000 + b"b", "Row 100,002 is not empty")
plain("blank.csv", "lines of nothing", b",,\n , \n", [])
plain("one-line.csv", "5 MB without an end of line", b"x," * 2_500_000, "columns are read")
