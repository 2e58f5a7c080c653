"""The project: settings, addresses, the transaction round each request, and the Celery app.

Importing the Celery app here makes `@shared_task` find it in every process.
"""

from config.celery import app as celery_app

__all__ = ["celery_app"]
