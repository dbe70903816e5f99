"""Synthetic unified social credit codes (GB 32100-2015) for simulated organizations, both check digits right."""

from stdnum.cn import uscc

LOCAL = "330482"  # 平湖市
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714


def credit_code(kind: str, serial: int) -> str:
    """`kind` is 51, 52 or 53; `serial` below 100,000. Bodies begin with MJX, which the demonstration does not use."""
    body = f"MJX{serial:05d}"
    check = 11 - sum(DIGITS.index(c) * w for c, w in zip(body, WEIGHTS, strict=True)) % 11
    head = f"{kind}{LOCAL}{body}{ {10: 'X', 11: '0'}.get(check, check) }"
    return head + str(uscc.calc_check_digit(head))
