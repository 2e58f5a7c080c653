"""The chart."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InjectionsConfig(AppConfig):
    name = "injections"
    verbose_name = "The chart"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from injections import entering  # noqa: F401 - connects what happens when somebody signs in or out
        from injections.actions import emergencies  # noqa: F401 - says how its alerts are sent
        from injections.audit import attaching, signing_in

        # Sent once all migrations of all apps have run.
        post_migrate.connect(attaching.attach, sender=self)
        signing_in.listen()
