"""Every address of the chart, grouped by who goes there."""

from django.urls import URLPattern

app_name = "injections"

#: Today, charting, signing, presence
charting: list[URLPattern] = []

#: registration, orders, co-signing, staff, stock
practice: list[URLPattern] = []

urlpatterns = charting + practice
