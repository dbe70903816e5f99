"""Named errors of the register."""

from typing import Any

from django.utils.translation import gettext as _

from common.errors import Stale


class ChangedMeanwhile(Stale):
    """Somebody saved the organization after this editor had opened it. `stored` is what is stored now, by field."""

    def __init__(self, who: str, stored: dict[str, Any]) -> None:
        super().__init__(
            _(
                "%(who)s has changed this organization while you had it open. Nothing of yours is lost: compare below, then save again."
            )
            % {"who": who}
        )
        self.stored = stored
