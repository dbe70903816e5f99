from django.apps import AppConfig


class SimulationConfig(AppConfig):
    name = "simulation"

    def ready(self) -> None:
        from simulation import slots  # noqa: F401  (they hang themselves up)
