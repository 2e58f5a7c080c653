"""Every address of the bill."""

from django.urls import URLPattern

app_name = "billing"

urlpatterns: list[URLPattern] = []
