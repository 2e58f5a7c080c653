"""Every address of the chart, grouped by who goes there."""

from django.urls import URLPattern, path

from injections.views.home import home

app_name = "injections"

#: Today, charting, signing, presence
charting: list[URLPattern] = [
    path("", home, name="home"),
]

#: registration, orders, co-signing, staff, stock
practice: list[URLPattern] = []

urlpatterns = charting + practice
