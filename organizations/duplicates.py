"""Organizations that may be the same one, each with the reason. Hints for a clerk, no refusal.

Names are compared without place and kind: 平湖市阳光社工服务中心 and 阳光社会工作服务中心 are both 阳光. Near are names whose
rest is equal or one or two characters apart. If at most k characters differ, at least one of any k + 1 separate pairs
of characters (bigrams) of a name stands in the other unchanged: only names that hold one of those are fetched.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from common.normal_forms import narrow, unit_name
from organizations.models import Organization

_PLACE = re.compile(r"^(?:[^省市县区]{2,3}省)?(?:[^省市县区]{2,3}市)?(?:[^省市县区社]{2,3}[市县区])?")
_KIND = re.compile(
    r"(?:社会组织|社会工作|服务中心|发展中心|活动中心|服务社|服务站|服务队|志愿者|志愿服务|促进会|联合会|研究会|基金会"
    r"|协会|商会|学会|事务所|俱乐部|中心|社工|公益)$"
)
_IN_BRACKETS = re.compile(r"\([^()]{1,6}(?:镇|街道|[省市县区村])\)$")  # (林埭镇)
_ORDINAL = re.compile(r"[0-9一二三四五六七八九十第]+")
SHORTEST = 2
SHOWN = 20


@dataclass(frozen=True)
class Duplicate:
    """Another organization and why it may be the same. `is_strong`: more than a hint."""

    organization: Organization
    reasons: tuple[str, ...]
    is_strong: bool


def core(name: str) -> str:
    """The name without place and kind, as far as two characters are left."""
    rest = unit_name(_IN_BRACKETS.sub("", narrow(name)))
    shorter = _PLACE.sub("", rest)
    if len(shorter) >= SHORTEST:
        rest = shorter
    while len(shorter := _KIND.sub("", rest)) >= SHORTEST and shorter != rest:
        rest = shorter
    return rest


def allowed_distance(length: int) -> int:
    """How many characters may differ: none in 2 or 3, one in up to 7, two in longer ones."""
    return 0 if length < 4 else 1 if length < 8 else 2


def are_near(a: str, b: str) -> bool:
    """Whether two cores are equal or nearly so. 第一 and 第二 are different things, however near."""
    if a == b:
        return True
    if _ORDINAL.sub("", a) == _ORDINAL.sub("", b):
        return False
    return distance(a, b, most := allowed_distance(min(len(a), len(b)))) <= most


def distance(a: str, b: str, most: int) -> int:
    """Edit distance, or most + 1 as soon as it is more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y)))
        if min(row) > most:
            return most + 1
        before = row
    return before[-1]


def duplicates(organization: Organization) -> list[Duplicate]:
    """Those that may be the same as this one, the surest first. Three queries."""
    o, name = organization, core(organization.name)
    found: dict[int, tuple[Organization, list[str], bool]] = {}

    def add(other: Organization, reason: str, *, is_strong: bool) -> None:
        row, reasons, was = found.get(other.pk, (other, [], False))
        found[other.pk] = (row, [*reasons, reason], was or is_strong)

    same = Q(pk__in=[])
    if o.bank_account:
        same |= Q(bank_account=o.bank_account)
    if o.phone:
        same |= Q(phone=o.phone)
    if o.legal_representative:
        same |= Q(legal_representative=o.legal_representative)
    others = Organization.objects.exclude(pk=o.pk).select_related("place")
    for other in others.filter(same).order_by("pk")[: SHOWN * 5]:
        if o.bank_account and other.bank_account == o.bank_account:
            # A 备案 group is paid through its host: the same account is as it should be.
            if o.host_id != other.pk and other.host_id != o.pk:
                add(other, _("Same account: %(account)s") % {"account": o.masked_account}, is_strong=True)
        if o.phone and other.phone == o.phone:
            add(other, _("Same phone: %(phone)s") % {"phone": o.phone}, is_strong=False)
        if o.legal_representative and other.legal_representative == o.legal_representative:
            reason = _("Same legal representative: %(name)s") % {"name": o.legal_representative}
            add(other, reason, is_strong=False)
    for other in _near(others, name):
        reason = _("Nearly the same name without place and kind: “%(a)s” and “%(b)s”")
        add(other, reason % {"a": name, "b": core(other.name)}, is_strong=True)
    rows = [Duplicate(other, tuple(reasons), is_strong) for other, reasons, is_strong in found.values()]
    return sorted(rows, key=lambda d: (not d.is_strong, -len(d.reasons), d.organization.pk))[:SHOWN]


def _near(others: Any, name: str) -> Iterable[Organization]:
    pairs = [name[i : i + 2] for i in range(0, len(name) - 1, 2)][: allowed_distance(len(name)) + 1]
    holds = Q(pk__in=[])
    for pair in pairs:
        holds |= Q(name_key__contains=pair)
    near = [pk for pk, other in others.filter(holds).values_list("pk", "name") if are_near(name, core(other))]
    return others.in_bulk(near[:SHOWN]).values() if near else ()
