"""The site by audience. Each room lists its pages in `<room>/urls/<audience>.py`; here they are mounted."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, include, path

ROOMS = (
    "common",
    "accounts",
    "organizations",
    "rounds",
    "ventures",
    "delivery",
    "reviews",
    "funding",
    "showcases",
    "reports",
)
AUDIENCES = {"public": "", "applicant": "apply/", "reviewer": "review/", "staff": "desk/"}


def pages(audience: str) -> list[URLPattern]:
    """Every page that the rooms have for one audience."""
    found: list[URLPattern] = []
    for room in ROOMS:
        if find_spec(f"{room}.urls") and find_spec(name := f"{room}.urls.{audience}"):
            found += import_module(name).urlpatterns
    return found


urlpatterns = [path(prefix, include(pages(audience))) for audience, prefix in AUDIENCES.items()]

handler400 = "common.site.web.bad_request"
handler403 = "common.site.web.forbidden"
handler404 = "common.site.web.not_found"
handler500 = "common.site.web.server_error"
