from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"

    def ready(self) -> None:
        from funding import gates, slots, verbs  # noqa: F401  (they hang themselves up)
