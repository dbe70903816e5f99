from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        from common import checks, triggers  # noqa: F401  (checks register themselves)

        post_migrate.connect(triggers.install_all, dispatch_uid="common.triggers")
