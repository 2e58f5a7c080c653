"""What the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Only threads of a web process share connections: a pool does not survive the forks of a Celery worker.
os.environ.setdefault("DATABASE_POOL", "true")

application = get_wsgi_application()
