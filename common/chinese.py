"""How Chinese is written here: full-width marks (GB/T 15834) and the words of a bureau.

Asked of the translations (`manage.py messages --check`) and, in the tests, of what is put together at run time: pages,
PDF, Excel and mail.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff]")

_HAN = HAN.pattern[:-1] + "\u300a\u300b\u201c\u201d\u3014\u3015\u300c\u300d]"  # and quotation marks
_GAP = r"[ \t\u00a0]*"
_BESIDE = re.compile(
    # A blank between changes nothing, but "3:00 起" and "(1) 项目" are a time and a number of a list.
    rf"{_HAN}{_GAP}[,;:?!()]|[,;?!()]{_GAP}{_HAN}|:{_HAN}"
    # A full stop after Chinese, unless it begins the ending of a file or a name on the web.
    rf"|{_HAN}\.(?![A-Za-z0-9])|{_HAN}\.{{3}}"
)
# In a Chinese sentence a mark is half-width only inside of what is not Chinese: 12:30, 1,000.00, https://….
_INSIDE_LATIN = r"(?<![!-~])[,;:?!()]|[,;:?!()](?![!-~])"
_LOOSE = re.compile(rf"{_INSIDE_LATIN}|{_BESIDE.pattern}")
_PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|\{\w+\}")
_SOMETHING = "某"
_TAG = re.compile(r"</?[a-z][^>]*>")


@dataclass(frozen=True)
class Term:
    """A word that a bureau does not use for the thing, and the one that it does."""

    wrong: str  # a regular expression
    right: str
    # Wrong only where the English means this (a regular expression); "" is wrong wherever it stands.
    meaning: str = ""


TERMS = (
    Term("核定资助", "拟资助金额", meaning=r"\bpropos"),
    Term("(?<![不未]予)(?<!逾期不)受理", "审查通过", meaning=r"\b[Aa]ccept"),
    Term("挂靠", "依托"),
    Term("责令", "通知限期整改"),
    Term("拨付期(?![次间满限])", "拨付期次"),
    Term("入选(合格|分数)?线|入围|入选合格", "立项分数线"),
    Term("合格线", "立项分数线", meaning="[Pp]ass mark of the round"),
    Term("项目主管", "审批负责人"),
    Term("(?<!项目)(?<!单位)(?<!审批)(?<!机构)负责人", "审批负责人"),
    Term("本届预算|届次预算", "资金总额"),
    Term("预算", "资金总额", meaning=r"[Bb]udget of the round|\bround\b.*\bits budget"),
    Term("管理人(?!员)", "单位管理员"),
    Term("设置卡|卡片|[本各逐每该]卡", "设置项"),
    Term("自设版块", "自设栏目"),
    Term("资金线", "末位并列"),
    Term("所需的评分数", "有效评分满几份起去掉最高、最低分"),
    Term("终止结清", "终止清算"),
    Term("(?<!社会组织)(?<!人员)名册", "社会组织名录"),
    Term("出壳", "出孵"),
    Term("申请机构", "申报单位"),
    Term("办理方：社会公众", "nothing: what the public may do is nobody's duty"),
)


def wrong_terms(text: str, english: str | None = None) -> list[str]:
    """“挂靠 → 依托” for each wrong word in a text; of a translation also what is wrong for its English only."""
    return [
        f"{found.group()} → {term.right}"
        for term in TERMS
        if not term.meaning or (english is not None and re.search(term.meaning, english))
        for found in re.finditer(term.wrong, text)
    ]


def faults(english: str, chinese: str) -> Iterator[str]:
    """What is wrong with how a sentence is written, in either language."""
    yield from (f"half-width beside Chinese ({where})" for where in loose_marks(chinese))
    yield from (f"not a bureau's word ({term})" for term in wrong_terms(chinese, english))
    if "(s)" in english:
        yield "“(s)”: English has a singular and a plural (ngettext)"
    if re.search("[，。；：？！（）、]", english):
        yield "a Chinese mark in English"


def half_width_marks(text: str) -> list[str]:
    """Each place in rendered text where a half-width mark stands beside a Chinese character, with what is around it."""
    return list(_around(text, _BESIDE))


def loose_marks(message: str) -> list[str]:
    """The same of a translation, where a placeholder may bring Chinese: in a Chinese sentence it counts as Chinese."""
    if not HAN.search(message):
        return []
    return list(_around(_TAG.sub("", _PLACEHOLDER.sub(_SOMETHING, message.replace("%%", "%"))), _LOOSE))


def _around(text: str, marks: re.Pattern[str]) -> Iterator[str]:
    for found in marks.finditer(text):
        yield text[max(0, found.start() - 12) : found.end() + 12].strip()
