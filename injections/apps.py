"""The chart."""

from django.apps import AppConfig


class InjectionsConfig(AppConfig):
    name = "injections"
    verbose_name = "The chart"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from injections import entering  # noqa: F401 - connects what happens when somebody signs in or out
