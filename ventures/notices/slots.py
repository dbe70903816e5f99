"""What the public notice hangs on the venture's page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.site.slots import slot
from ventures.models import Venture
from ventures.states import Group, waiting
from ventures.work import further_page

further_page(
    waiting(Group.NOTICE), "desk_notice", _("To the notice"), may="ventures.read_desk", kind="primary",
    key=lambda venture: venture.last_notice and venture.last_notice.pk,
)  # fmt: skip


@slot("venture.tabs", order=35, label=_("Notice and objections"), template="ventures/notices/_tab.html")
def notice(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """The notices a venture was on, and the objections: what they say is for the bureau's desk only."""
    lines = list(venture.notice_lines.select_related("notice").order_by("-pk"))
    if not lines:
        return None
    to_desk = request.user.has_perm("accounts.read_journal")
    objections = [o.known_to(request.user) for o in venture.objections.select_related("venture")]
    return {
        "lines": lines,
        "to_desk": to_desk,
        "objections": objections if to_desk else [o for o in objections if not o.is_open],
        "n_open": sum(o.is_open for o in objections),
    }
