"""What people write in many ways, by the good value of a field: what two people would call the same."""

import re
from collections.abc import Iterator
from typing import Any

WIDE = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})

# Fields whose text is a name or a number of a paper and not just words.
PAPERS = {"voucher_number", "number"}
CODES = {"credit_code", "host_code", "bank_account"}
AMOUNTS = re.compile(
    r"amount|price|from_own|requested|self_raised|^cap$|^budget$|min_grant|claimed|^budget-\d+-(unit_price|from_own)$"
)
# Numbers that are chosen or counted by the page: nobody types them.
NOT_TYPED = re.compile(
    r"version|digest|_FORMS|sequence|^seen|venture|platform|place|category|organization|round|expert|source|series|file"
    r"|sha256|pk$|-id$|-ordinal$|^item-|launches|shows|panel|token|DELETE|grade|code$|wanted|document|contact|year|^user$|objections|ORDER$"
)


def spellings(name: str, good: Any) -> Iterator[str]:
    """Other ways to write what stands in the field `name`; none where there is one way only."""
    text = str(good)
    bare = name.rsplit("-", 1)[-1]
    if bare == "phone" and re.fullmatch(r"1\d{10}", text):
        parts = text[:3], text[3:7], text[7:]
        yield from (
            " ".join(parts),
            "-".join(parts),
            f"+86 {text}",
            f"0086-{text}",
            "－".join(parts),
            text.translate(WIDE),
        )
    elif bare in CODES and len(text) >= 8:
        yield from (text.lower(), text.translate(WIDE), " ".join(re.findall(".{1,4}", text)), f"{text[:8]}-{text[8:]}")
    elif bare in PAPERS and text:
        yield from (text.lower().translate(WIDE), f" {text} ", " ".join(text), text.replace("-", "－"), text.lower())
    elif bare == "username" and text:
        yield from (text.upper(), text.translate(WIDE), f" {text} ")
    elif bare == "email" and text:
        yield from (text.upper(), text.translate(WIDE), f" {text}")
    elif found := re.fullmatch(r"(20\d\d)-(\d\d)-(\d\d)", text):
        year, month, day = found.groups()
        yield from (
            f"{year}年{int(month)}月{int(day)}日", f"{year}/{int(month)}/{int(day)}", f"{year}.{month}.{day}",
            f"{year}{month}{day}", text.translate(WIDE), f"{year} 年 {month} 月 {day} 日", f"{year}－{month}－{day}",
        )  # fmt: skip
    elif found := re.fullmatch(r"(20\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d)", text):
        year, month, day, hour, minute = found.groups()
        yield from (
            f"{year}年{int(month)}月{int(day)}日 {hour}：{minute}", f"{year}/{month}/{day} {hour}:{minute}",
            f"{year}-{month}-{day} {hour}:{minute}", f"{year}年{int(month)}月{int(day)}日{hour}时{minute}分",
        )  # fmt: skip
    elif re.fullmatch(r"\d+(\.\d+)?", text) and not NOT_TYPED.search(name):
        yield from (text.translate(WIDE), f" {text} ")
        if AMOUNTS.search(name):
            yield from (f"{text}元", f"￥{text}", f"{text} 元")
            if "." not in text and len(text) > 3:
                yield from (f"{int(text):,}", f"{int(text):,}".replace(",", "，"))
