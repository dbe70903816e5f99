"""One way of writing for what people write in many: normalize, then validate; compare as it is stored.

What two people would call the same becomes the same text here. Forms, imports, commands and searches all come through
these functions; what is unique in the database is unique in this form. None of them refuses anything: what can not be
read comes back as it was typed, and the validator of its field says so.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from common.text import clean

_BLANKS = re.compile(r"\s+")
# Hyphens, dashes, the minus and what Chinese keyboards give instead: ‐ ‑ ‒ – — ― − － ﹣ ー ~ are all one stroke.
_STROKES = re.compile("[\u00ad\u02d7\u2010-\u2015\u2212\u2500\u30fc\ufe58\ufe63\uff0d-]+")
_BRACKETS = re.compile(r"[()\[\]{}<>\u3008-\u3011\u3014-\u301b]")
_LANDLINE = re.compile(r"^\(?(0(?:10|2\d|[3-9]\d{2}))\)?-?(\d{7,8})(?:(?:-|转|ext\.?|x)(\d{1,6}))?$", re.IGNORECASE)
_CREDIT_CODE = re.compile(r"[0-9A-Z]{2}\d{6}[0-9A-Z]{10}")  # who registers, of which kind; where; who
_CURRENCY = re.compile(r"^(?:rmb|cny|人民币|[¥￥])|(?:元整?|圆整?|rmb|cny)$", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_TEN_THOUSAND = "万"
_DAY = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})(?:日|号)?")
_DAY_OF_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


def narrow(text: str) -> str:
    """Half width, without any blank; capitals stay."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", clean(text)))


def _with_one_stroke(text: str) -> str:
    return _STROKES.sub("-", text)


def code(text: str) -> str:
    """统一社会信用代码 and the like, an account at a bank: `９１33 0482-ma2…` is 91330482MA2…."""
    return _with_one_stroke(narrow(text)).replace("-", "").upper()


def paper_number(text: str) -> str:
    """The number of a voucher, of an agreement: `pz－2020 — 9` is PZ-2020-9, `平民[2020]9号` is 平民〔2020〕9号."""
    found = _with_one_stroke(narrow(text)).upper().strip("-")
    return re.sub(r"[(\[【〔](\d{4})[)\]】〕]", r"〔\1〕", found)


def phone(text: str) -> str:
    """`+86 138-0000-0001` is 13800000001; `(0573) 85000001 转 8` is 0573-85000001-8."""
    typed = _with_one_stroke(narrow(text))
    bare = typed.replace("(", "").replace(")", "-" if typed.startswith("(") else "")
    digits = re.sub(r"(?<=\d)-(?=\d)", "", bare)
    mobile = re.sub(r"^(?:\+|00)?86-?(?=1[3-9]\d{9}$)", "", digits)
    if re.fullmatch(r"1[3-9]\d{9}", mobile):
        return mobile
    landline = re.sub(r"^(?:\+|00)86-?(?:0|\(0\))?", "0", bare)
    if found := _LANDLINE.match(landline.replace("--", "-")):
        return "-".join(filter(None, found.groups()))
    return digits if digits.isdigit() else typed


def sought(text: str) -> str:
    """What somebody types to find something: a phone, a credit code and the number of a paper as they are stored, anything
    else as it is."""
    if _CREDIT_CODE.fullmatch(whole := code(text)):
        return whole
    typed = phone(text)
    if re.fullmatch(r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}(?:-\d{1,6})?", typed):
        return typed
    number = paper_number(text)
    return number if re.fullmatch(r"[A-Z]+\d*(?:-\d+)+", number) else text


def user_name(text: str) -> str:
    """The name to log in with: capitals and widths do not count."""
    return narrow(text).lower()


def email(text: str) -> str:
    return narrow(text).lower()


def unit_name(text: str) -> str:
    """What names of units are compared by: 平湖市阳光社工（林埭镇） and 平湖市阳光社工 (林埭镇) are one."""
    return _BRACKETS.sub("", _with_one_stroke(narrow(text))).replace("-", "").replace("·", "").lower()


def plain_number(text: str) -> str:
    """`１，０００．５０ 元`, `RMB 1000.50` and `0.10005万` are 1000.50. What is no number comes back half width."""
    bare = _with_one_stroke(narrow(text))
    number = _CURRENCY.sub("", _CURRENCY.sub("", bare))
    times = 1
    if number.endswith(_TEN_THOUSAND):
        number, times = number.removesuffix(_TEN_THOUSAND), 10_000
    if _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    if not _NUMBER.fullmatch(number):
        return bare
    if times == 1:
        return number
    try:
        return f"{(Decimal(number) * times).normalize():f}"
    except InvalidOperation:
        return bare


def day(text: str) -> date | None:
    """2020-12-07, also typed as 2020年12月7日, 2020/12/7, 2020.12.7, 20201207, in any width and with blanks. None: no day is
    written there. ValueError: the calendar has no such day."""
    bare = _with_one_stroke(narrow(text)).replace("。", ".")
    found = _DAY.fullmatch(bare) or _DAY_OF_DIGITS.fullmatch(bare)
    return date(*map(int, found.groups())) if found else None


def moment(text: str) -> str:
    """`2020年12月7日 14：30` and `2020/12/7T14:30` are 2020-12-07 14:30; what is no moment comes back half width."""
    typed = unicodedata.normalize("NFKC", clean(text)).strip()
    split = re.fullmatch(
        r"(.*?[\d日号])(?:\s+|[Tt]|(?<=[日号]))\s*(\d{1,2})\s*[:时点]\s*(\d{1,2})?\s*分?(:\d{2})?", typed
    )
    try:
        on = day(split[1]) if split else day(typed)
    except ValueError:
        return typed
    if on is None:
        return typed
    return f"{on} {int(split[2]):02d}:{int(split[3] or 0):02d}{split[4] or ''}" if split else f"{on}"
