from django.apps import AppConfig


class VenturesConfig(AppConfig):
    name = "ventures"

    def ready(self) -> None:
        from ventures import gates, readers, told  # noqa: F401  (they hang themselves up)
