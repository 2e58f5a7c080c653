"""The address of everything: each app keeps its own."""

from importlib.util import find_spec

from django.urls import include, path

from config.health import health

# While the apps are being built, one that has no pages yet is left out.
APPS = {"injections.urls": "", "billing.urls": "billing/"}

urlpatterns = [
    *(path(prefix, include(module)) for module, prefix in APPS.items() if find_spec(module)),
    path("accounts/", include("allauth.account.urls")),
    path("health", health, name="health"),
]
