from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"

    def ready(self) -> None:
        from organizations import letters, search_index, tasks, verbs  # noqa: F401  (they hang themselves up)
