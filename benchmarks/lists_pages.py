"""The pages that `lists` asks for: name, who, address."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode


def pages_to_ask() -> dict[str, tuple[Any, str]]:
    """Name → (who, address)."""
    from django.test import Client
    from django.urls import reverse

    from accounts.models import Role
    from organizations.models import Membership, Organization
    from rounds.models import Round
    from tests.factories import a_user
    from ventures.models import Venture

    def client(user: Any) -> Client:
        made = Client()
        made.force_login(user)
        return made

    clerk, applicant, operator = a_user(Role.CLERK), a_user(Role.APPLICANT), a_user(Role.OPERATOR)
    Membership.objects.create(user=applicant, organization=Organization.objects.order_by("pk").first())
    some = Venture.objects.order_by("pk")[Venture.objects.count() // 2]
    some.platform.operators.add(operator)
    old = Round.objects.order_by("pk").first().pk  # its ventures have the lowest keys of all
    desk, own, visitor = client(clerk), client(operator), Client()
    ventures, organizations = reverse("desk_ventures"), reverse("desk_organizations")

    def asked(url: str, **query: Any) -> str:
        return f"{url}?{urlencode(query)}"

    lists: Mapping[str, Any] = {
        "all": {},
        "deep": {"before": some.pk},
        "a state": {"state": "closed"},
        "a rare state": {"state": "objected"},
        "a round": {"round": old},
        "a platform": {"platform": some.platform_id},
        "a round and state": {"round": old, "state": "closed"},
        "a platform and state": {"platform": some.platform_id, "state": "closed"},
        "a platform and rare state": {"platform": some.platform_id, "state": "objected"},
        "two characters, three of ten": {"q": "社区"},
        "the same, deep": {"q": "社区", "before": some.pk},
        "the same in a rare state": {"q": "社区", "state": "objected"},
        "the same in a state with none of it": {"q": "社区", "state": "cancelled"},
        "the same on a platform": {"q": "社区", "platform": some.platform_id},
        "the same in the oldest round": {"q": "社区", "round": old},
        "two characters, one of a thousand": {"q": "海塘"},
        "two characters, none": {"q": "鲸鱼"},
        "two characters that only never meet": {"q": "区港"},
        "one character": {"q": "区"},
        "two words": {"q": "社区 老年人"},
        "two words that never meet": {"q": "为老服务社 志愿服务队"},
        "a long word": {"q": "社区新居民融入服务"},
        "a long word, none": {"q": "社区新居民融入鲸鱼"},
        "by award": {"sort": "-awarded"},
        "by request, deep": {"sort": "-requested", "before": f"{some.pk}:{some.requested}"},
        "by award in a round": {"sort": "-awarded", "round": old},
        "by award in a state": {"sort": "-awarded", "state": "closed"},
        "two characters, by award": {"q": "社区", "sort": "-awarded"},
        "a number": {"q": some.number or "HC2020-00500"},
        "a credit code": {"q": some.organization.credit_code},
        "the beginning of all codes": {"q": "51330482"},
    }
    pages = {f"ventures, {name}": (desk, asked(ventures, **query)) for name, query in lists.items()}
    pages |= {
        "ventures of an operator": (own, ventures),
        "ventures of an operator, by award": (own, asked(ventures, sort="-awarded")),
        "ventures of an operator, two characters": (own, asked(ventures, q="社区")),
        "screening": (desk, asked(reverse("desk_screening"))),
        "screening, two characters": (desk, asked(reverse("desk_screening"), q="社区")),
        "screening, none": (desk, asked(reverse("desk_screening"), q="鲸鱼")),
        "delivery": (desk, reverse("desk_delivery")),
        "delivery, deep": (desk, asked(reverse("desk_delivery"), before=some.pk)),
        "delivery, a state": (desk, asked(reverse("desk_delivery"), state="in_delivery")),
        "delivery, two characters": (desk, asked(reverse("desk_delivery"), q="社区")),
        "closures": (desk, reverse("desk_closures")),
        "organizations": (desk, organizations),
        "organizations, by name": (desk, asked(organizations, sort="organization")),
        "organizations, by name in a town": (
            desk,
            asked(organizations, sort="organization", place=some.organization.place_id),
        ),
        "organizations, a town": (desk, asked(organizations, place=some.organization.place_id)),
        "organizations, a model": (desk, asked(organizations, management="sector")),
        "organizations, two characters": (desk, asked(organizations, q="服务")),
        "organizations, two characters in a town": (
            desk,
            asked(organizations, q="服务", place=some.organization.place_id),
        ),
        "organizations, none": (desk, asked(organizations, q="鲸鱼")),
        "today": (desk, reverse("desk_home")),
        "today of an operator": (own, reverse("desk_home")),
        "board of rounds": (desk, reverse("desk_rounds")),
        "public rounds": (visitor, reverse("rounds")),
        "public notices": (visitor, reverse("notices")),
        "public notices, by end": (visitor, asked(reverse("notices"), sort="-runs")),
        "public notices, two characters": (visitor, asked(reverse("notices"), q="社区")),
        "public notices, none": (visitor, asked(reverse("notices"), q="鲸鱼")),
        "home": (visitor, reverse("home")),
        "applicant's desk": (client(applicant), reverse("apply_home")),
    }
    return pages
