"""What this room hangs on pages below: the accounts of the demonstration on the page where one logs in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from common.site.slots import slot
from simulation.guests import guests, password


@slot("login.parts", order=10, template="simulation/_login.html")
def demo_accounts(request: HttpRequest) -> dict[str, Any] | None:
    """Role, user name and password of one account of each role; None where somebody works with the database."""
    users = guests()
    if not users:
        return None
    wanted = request.POST.get("next") or request.GET.get("next", "")
    rows = []
    for user in users:
        query = {"user": user.username} | ({"next": wanted} if wanted else {})
        rows.append((user, f"{reverse('login')}?{urlencode(query)}"))
    return {"rows": rows, "password": password()}
