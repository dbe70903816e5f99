from django.apps import AppConfig


class VenturesConfig(AppConfig):
    name = "ventures"

    def ready(self) -> None:
        from ventures import (  # noqa: F401  (they hang themselves up)
            gates,
            gates_corrections,
            readers,
            search_index,
            slots_applicant,
            slots_papers,
            slots_screening,
            slots_staff,
            tabs,
            tasks,
            told,
        )
