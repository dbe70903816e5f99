from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        from common import checks, triggers  # noqa: F401  (checks register themselves)
        from common.search.filing import fill_if_empty
        from common.work_calendar import verbs  # noqa: F401

        post_migrate.connect(triggers.install_all, dispatch_uid="common.triggers")
        post_migrate.connect(fill_if_empty, dispatch_uid="common.search")
