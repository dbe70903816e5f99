from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Count

from common.money import total
from organizations.models import Incubation, Organization, Platform, Tier
from reports.queries.scope import Scope

ORDER = {Tier.CITY: 0, Tier.TOWN: 1, Tier.VILLAGE: 2}


def incubations(scope: Scope) -> list[dict[str, Any]]:
    """孵化情况统计表: one row per platform, by tier. The period is the round's year up to `as_of`. 3 queries.

    Counts are organizations of that very platform, each once: on it now (在孵), entered and graduated in the period,
    ever entered (累计), and of these by service and party organization. Ventures and awards are those of the round
    that name the platform. An organization on two platforms counts on both.
    """
    platforms = Platform.objects.filter(pk__in=scope.platform_ids).select_related("place__parent", "parent__place")
    stays: dict[int, list[Incubation]] = defaultdict(list)
    for stay in Incubation.objects.filter(platform__in=scope.platform_ids, entered_on__lte=scope.as_of).select_related(
        "organization"
    ):
        stays[stay.platform_id].append(stay)
    taken = {
        line["platform"]: line
        for line in scope.awarded()
        .order_by()
        .values("platform")
        .annotate(ventures=Count("pk"), granted=total("awarded"))
    }
    rows = [_row(p, stays[p.pk], taken.get(p.pk, {}), scope) for p in platforms]
    return sorted(rows, key=lambda r: (ORDER[r["tier"]], r["code"], r["name"]))


def _row(platform: Any, stays: list[Incubation], taken: dict[str, Any], scope: Scope) -> dict[str, Any]:
    year, until = date(scope.round.year, 1, 1), scope.as_of
    organizations = {s.organization_id: s.organization for s in stays}
    ever = organizations.values()
    party = Organization.PartyForm
    return {
        "name": platform.name,
        "tier": platform.tier,
        "code": platform.place.code,
        "town": _town(platform),
        "operator": platform.operator,
        "present": len({s.organization_id for s in stays if not s.graduated_on or s.graduated_on > until}),
        "entered": len({s.organization_id for s in stays if s.entered_on >= year}),
        "graduated": len({s.organization_id for s in stays if s.graduated_on and year <= s.graduated_on <= until}),
        "ever": len(organizations),
        "public_benefit": sum(o.service == Organization.Service.PUBLIC_BENEFIT for o in ever),
        "social_work": sum(o.service == Organization.Service.SOCIAL_WORK for o in ever),
        "party_own": sum(o.party_form == party.OWN for o in ever),
        "party_joint": sum(o.party_form == party.JOINT for o in ever),
        "party_members": sum(o.party_members for o in ever),
        "ventures": taken.get("ventures", 0),
        "granted": taken.get("granted", 0),
        "organizations": frozenset(organizations),
        "is_demo": platform.is_demo,
    }


def _town(platform: Any) -> str:
    """所属镇街道: the place itself, or of a village the place above it."""
    if platform.tier == Tier.CITY:
        return ""
    if platform.tier == Tier.TOWN:
        return str(platform.place.name)
    above = platform.place.parent or (platform.parent.place if platform.parent else None)
    return str(above.name) if above else ""
