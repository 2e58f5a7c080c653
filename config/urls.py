"""The address of everything: each app keeps its own. `/health` and `/ready` are answered before any of it."""

from django.urls import include, path

urlpatterns = [
    path("", include("injections.urls")),
    path("billing/", include("billing.urls")),
    path("accounts/", include("allauth.account.urls")),
]
