"""What the screening hangs on other pages: its work, the thread, an organization's duplicates."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_verbs
from common.site.slots import slot
from ventures.eligibility.duplicates import matches_among
from ventures.models import Venture
from ventures.screening.forms import RemarkForm
from ventures.screening.queries import pinnable
from ventures.states import Group, State, waiting
from ventures.work import further_page, work_page

name_verbs(remark=_("Message written"))
work_page(State.SUBMITTED, "desk_screening_venture", _("To screening"), task=_("To screen"), listed="desk_screening")
further_page([State.RETURNED], "desk_screening_venture", _("To screening"), may="ventures.screen", kind="primary")


@slot("venture.tabs", order=32, label=_("Questions and answers"), template="ventures/screening/_thread.html")
def thread(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """The thread with the other side: for the applicant and the desk; the desk answers on the page of the screening."""
    to_desk, writes = request.user.has_perm("accounts.use_desk"), request.user.has_perm("ventures.apply", venture)
    if not to_desk and not writes:
        return None
    remarks = list(venture.remarks.all())
    may_write = not to_desk and venture.state in waiting(Group.SCREENING)
    if not remarks and not may_write:
        return None
    form = getattr(request, "refused_remark", None)
    if may_write and form is None:
        form = RemarkForm(fields=pinnable(venture.round))
    return {
        "remarks": remarks,
        "may_write": may_write,
        "remark_form": form,
        "remark_url": f"{reverse('apply_remark', args=[venture.pk])}?tab=thread",
    }


@slot("organization.parts", order=20, label=_("The same content"), template="ventures/screening/_duplicates.html")
def duplicates(request: HttpRequest, organization: Any) -> dict[str, Any] | None:
    """Pairs of ventures from the same hands (organization, host and group, bank account) that say the same."""
    pairs = matches_among(organization)
    if not pairs:
        return None
    pks = {v.pk for one, m in pairs for v in (one, m.venture)}
    seen = set(Venture.objects.visible_to(request.user).filter(pk__in=pks).values_list("pk", flat=True))
    shown = [(one, m) for one, m in pairs if one.pk in seen and m.venture.pk in seen]
    return {"pairs": shown} if shown else None


@slot("venture.tabs", order=30, label=_("Screening"), template="ventures/screening/_checks.html")
def checks(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """The answers on the eligibility checklist; the desk also sees evidence and names."""
    to_desk = request.user.has_perm("accounts.use_desk")
    if not to_desk and (
        venture.state in {State.DRAFT, State.SUBMITTED} or not request.user.has_perm("ventures.apply", venture)
    ):
        return None
    answers = list(venture.check_answers.select_related("item").order_by("item__ordinal"))
    rules = list(venture.rule_answers.all())
    return {"answers": answers, "rules": rules, "to_desk": to_desk} if answers or rules else None
