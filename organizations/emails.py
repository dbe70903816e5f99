"""The mail of an invitation. Its link is made when the mail goes out, so that none lies readable in the outbox."""

from typing import Any

from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from common.work.outbox import handles
from organizations.models import Invitation
from organizations.models.people import INVITATION_DAYS


@handles("organization_invitation", outside=True)
def send_invitation(key: str, payload: dict[str, Any]) -> None:
    invitation = Invitation.objects.open().select_related("organization", "made_by").filter(pk=payload["pk"]).first()
    if invitation is None or not invitation.email:
        return
    text = _(
        "%(by)s invites you to work for %(organization)s on the site of the grant rounds, as: %(part)s.\n\nOpen this page "
        "within %(days)s days to accept:\n%(link)s\n\nIf you do not know what this is about, do nothing."
    ) % {
        "by": invitation.made_by.name,
        "organization": invitation.organization,
        "part": invitation.get_part_display(),
        "days": INVITATION_DAYS,
        "link": payload["site"] + reverse("apply_join", args=[invitation.code]),
    }
    subject = _("Invitation to %(organization)s") % {"organization": invitation.organization}
    send_mail(subject, text, None, [invitation.email])
