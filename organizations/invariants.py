"""Laws of the register."""

from django.core.exceptions import ValidationError
from django.db.models import F, Q, Window
from django.db.models.functions import Lag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.invariants import Violations, invariant
from organizations.codes import validate_credit_code
from organizations.models import Incubation, Organization


@invariant(gettext_lazy("Every credit code has its check digit"))
def every_credit_code_has_its_check_digit() -> Violations:
    """51330482MJA000016T is one. With U at the end it is none: for its first 17 characters the last is T."""
    for organization in Organization.objects.exclude(credit_code="").only("name", "credit_code").iterator():
        try:
            validate_credit_code(organization.credit_code)
        except ValidationError as e:
            yield organization, e.messages[0]


@invariant(gettext_lazy("A group acts through a registered host, and is verified when the host has agreed"))
def a_group_acts_through_a_registered_host() -> Violations:
    """林埭镇邻里互助队 has no code and acts through 平湖市社会工作协会, which has one. It is verified once that host has
    agreed. Through another group it can not act."""
    groups = Organization.objects.exclude(host=None).select_related("host")
    agreed = ~Q(verification=Organization.Verification.VERIFIED) | Q(hosting=Organization.Hosting.AGREED)
    for group in groups.filter(Q(host__credit_code="") | ~agreed).iterator():
        if group.host is not None and not group.host.credit_code:
            yield group, _("its host %(host)s has no code of its own.") % {"host": group.host}
        else:
            yield group, _("it is verified, but its host %(host)s has not agreed.") % {"host": group.host}


@invariant(gettext_lazy("A stay on a platform ends before the next one on it begins"))
def stays_on_a_platform_follow_each_other() -> Violations:
    """入孵 2018-03-01, 出孵 2019-06-30, 入孵 again 2020-01-15. Had it entered again on 2019-05-01, it would be counted
    twice for two months."""
    last = Window(Lag("graduated_on"), partition_by=["platform", "organization"], order_by=["entered_on", "pk"])
    earlier = Window(Lag("pk"), partition_by=["platform", "organization"], order_by=["entered_on", "pk"])
    stays = Incubation.objects.annotate(left_on=last, earlier=earlier).select_related("platform", "organization")
    overlap = Q(earlier__isnull=False) & (Q(left_on=None) | Q(left_on__gt=F("entered_on")))
    for stay in stays.filter(overlap).iterator():
        yield stay, _("it entered on %(on)s, before the stay before had ended.") % {"on": stay.entered_on}
