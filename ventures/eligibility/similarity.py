"""How much two applications say the same: pure, without Django.

Overlapping pieces of three characters, without figures and punctuation (a copied project has other dates, amounts and a
new title) and without the phrases that every application has. Of the shorter text, how much stands in the longer one.
"""

import re
import unicodedata
from collections.abc import Iterable

PIECE = 3
LEAST = 12  # pieces: below, a text says too little to compare
ENOUGH = 40  # below, a few words in common would already look like a copy
ALIKE = 50  # percent from which a clerk should look

# What stands in applications because forms, policies and habits ask for it.
STOCK = tuple(
    sorted(
        (
            "党建引领", "党的二十大精神", "社会主义核心价值观", "以人民为中心", "志愿服务", "志愿者", "服务对象",
            "社会组织", "公益创投", "红色创投", "基层治理", "社区治理", "共建共治共享", "获得感", "幸福感", "安全感",
            "满意度", "可持续", "可复制", "可推广", "项目实施", "项目结束后", "本项目", "项目以", "通过开展",
            "开展活动", "专业社工", "社会工作", "社区居民", "提升", "增强", "营造", "良好氛围", "志愿服务队伍",
            "形成长效机制", "切实解决", "实际困难", "丰富精神文化生活", "弘扬", "中华民族传统美德", "建立健全", "制度",
            "需求调研", "问卷调查", "宣传推广", "经费预算", "专款专用", "人次", "受益", "不少于", "覆盖",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_NOT_SAID = re.compile(r"[\W\d_〇零一二三四五六七八九十百千万两]+")


def pieces(text: str, stock: Iterable[str] = STOCK) -> set[str]:
    """The overlapping pieces of a text. A stock phrase is a gap: no piece reaches across it."""
    plain = _NOT_SAID.sub("", unicodedata.normalize("NFKC", text).lower())
    for phrase in stock:
        plain = plain.replace(phrase, "|")
    return {run[n : n + PIECE] for run in plain.split("|") for n in range(len(run) - PIECE + 1)}


def percent(a: set[str], b: set[str]) -> int:
    """Of the shorter one, how many percent are in the longer one; of both together when the shorter one is very short."""
    shorter = min(len(a), len(b))
    if shorter < LEAST:
        return 0
    return len(a & b) * 100 // (shorter if shorter >= ENOUGH else len(a | b))


def alike(a: str, b: str) -> int:
    """The same for two texts, in percent."""
    return percent(pieces(a), pieces(b))
