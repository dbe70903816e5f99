"""From the outbox to people: a message in the site and a mail, once each."""

from typing import Any

from django.core.mail import send_mail

from accounts.models import Notification, User
from common.work.outbox import handles, put


def notify(users: Any, key: str, text: str, url: str = "") -> None:
    """Tell `users` after the transaction: one message in the site, one mail. Call it inside the transaction."""
    for user in users:
        put("notify", f"notify:{user.pk}:{key}", {"user": user.pk, "text": text, "url": url})


@handles("notify")
def deliver(key: str, payload: dict[str, Any]) -> None:
    """Store the message; the mail goes out after that, so that a slow mail server keeps nobody from writing."""
    user = User.objects.filter(pk=payload["user"], is_active=True).first()
    if user is None:
        return
    __, new = Notification.objects.get_or_create(
        user=user, key=key, defaults={"text": payload["text"], "url": payload["url"]}
    )
    if new and user.email:
        put("mail", f"mail:{key.removeprefix('notify:')}", {"to": user.email, "text": payload["text"]})


@handles("mail", outside=True)
def mail(key: str, payload: dict[str, Any]) -> None:
    # What people write has line breaks, which a subject must not have: the mail would never go out.
    subject = " ".join(payload["text"].split())[:60]
    send_mail(subject, payload["text"], None, [payload["to"]])
