from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from reviews import gates, readers, slots, told, verbs  # noqa: F401  (they hang themselves up)
