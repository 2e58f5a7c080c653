"""The Celery app: work outside the request. What it may lose and why that is harmless stands in settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("deltoid")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
