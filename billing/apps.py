"""The bill."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"
    verbose_name = "The bill"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Opening the modules adds what people may do here, and connects the bill to what the chart says.
        from billing import policy, receivers  # noqa: F401 - imported so that they are registered
