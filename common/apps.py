from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        from common import invariants  # noqa: F401  (its laws; other rooms register theirs when they start)
        from common.backup import slots  # noqa: F401  (with the backup of each night)
        from common.limits import of_the_site  # noqa: F401
        from common.machine import triggers
        from common.search.indexing import fill_if_empty
        from common.site import checks, own_help  # noqa: F401  (checks register themselves, as does the help of its pages)
        from common.work import tasks  # noqa: F401
        from common.work_calendar import journal_labels  # noqa: F401

        post_migrate.connect(triggers.install_all, dispatch_uid="common.machine.triggers")
        post_migrate.connect(fill_if_empty, dispatch_uid="common.search")
