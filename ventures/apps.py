from django.apps import AppConfig


class VenturesConfig(AppConfig):
    name = "ventures"

    def ready(self) -> None:
        from ventures import gates, readers, slots_applicant, slots_staff, tabs, told  # noqa: F401  (they hang themselves up)
