from django.apps import AppConfig


class ShowcasesConfig(AppConfig):
    name = "showcases"

    def ready(self) -> None:
        from showcases import gates, slots, verbs  # noqa: F401  (they hang themselves up)
