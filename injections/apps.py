"""The chart."""

from django.apps import AppConfig


class InjectionsConfig(AppConfig):
    name = "injections"
    verbose_name = "The chart"
    default_auto_field = "django.db.models.BigAutoField"
