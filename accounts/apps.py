from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import letters, notifications, verbs  # noqa: F401  (they hang themselves up)
