from typing import Any

from reports.queries.scope import Scope


def projects(scope: Scope) -> list[dict[str, Any]]:
    """项目汇总表: every venture handed in, by number. 1 query."""
    ventures = scope.ventures().select_related("organization__host", "category", "place", "platform")
    return [
        {
            "number": v.number,
            "title": v.title,
            "organization": v.organization.name,
            "credit_code": v.organization.acting_code,
            "category": v.category.name if v.category else "",
            "place": v.place.name if v.place else "",
            "leader": v.leader,
            "phone": v.phone,
            "starts_on": v.starts_on,
            "ends_on": v.ends_on,
            "total_budget": v.total_budget,
            "requested": v.requested,
            "self_raised": v.self_raised,
            "awarded": v.grant,
            "score": v.score,
            "state": v.state,
            "platform": v.platform.name,
            "entered_by_staff": v.entered_by_staff,
            "is_demo": v.is_demo,
        }
        for v in scope.known(ventures.order_by("number", "pk"))
    ]
