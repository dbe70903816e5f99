"""What the backup hangs on Today."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.backup.nightly import last
from common.site.slots import slot


@slot("desk.today", order=90, label=_("Backup"), template="common/backup/today.html")
def age_of_the_last_backup(request: HttpRequest) -> dict[str, Any] | None:
    return {"backup": last()} if request.user.has_perm("accounts.read_backups") else None
