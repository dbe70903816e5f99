"""Papers and tables that are made while somebody waits for them: each costs the server some tenths of a second."""

import functools
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from common.limits import held, take
from common.limits.of_the_site import EXPORTS, EXPORTS_AT_ONCE
from common.site.web import View


def made_on_demand(view: View) -> View:
    """Declare that a view of somebody who is logged in makes such a paper. Raises TooMany."""

    @functools.wraps(view)
    def budgeted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        whose: dict[str, Any] = {"account": request.user.pk}
        with held(EXPORTS_AT_ONCE, **whose):
            take(EXPORTS, **whose)
            return view(request, *args, **kwargs)

    return budgeted
