"""Settings: one file, read from the environment. `.env.example` names every variable.

Nothing here differs between a laptop and production except through the environment, and a production start
(DEBUG unset) refuses whatever would be unsafe instead of warning about it.
"""

import logging
import os

from environs import validate

from config import process
from config.beat import CELERY_BEAT_SCHEDULE  # noqa: F401 - read by celery
from config.browser import CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY  # noqa: F401 - read by their apps
from config.environment import BASE_DIR, env
from config.logs import logging_config
from config.mail import *  # noqa: F403 - where alerts go
from config.refusals import refuse_unsafe
from config.sign_in import *  # noqa: F403 - reviewed as one, and too long for this file

# --- What this process is -----------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1"] if DEBUG else [])
refuse_unsafe(globals(), os.environ)

INSTALLED_APPS = [
    "injections",
    "billing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
]

MIDDLEWARE = [
    "config.health.AnswerHealth",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.sizes.RefuseLarge",
    "config.nul.RefuseNul",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Outside the transaction: what was shown or refused is kept whatever becomes of the rest.
    "injections.audit.capture.RecordReads",
    "injections.middleware.WaitedTooLong",
    "config.not_there.NoSuchRow",
    "config.transactions.RequestTransaction",
    "config.logs.NameActor",
    "config.browser.ForgetAtSignOut",
    "config.devices.RememberDevice",
    # Inside the transaction: what these ask the database is part of the request.
    "allauth.account.middleware.AccountMiddleware",
    "config.declared.RefuseUndeclared",
    "injections.middleware.AtTheScreen",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "injections.middleware.PracticePages",
    "config.not_there.NoSuchAddress",
]

ROOT_URLCONF = "config.urls"

# --- Database: the application's role, except for what changes tables (manage.py) ---------------------------
DATABASE_ROLE = env.str("DATABASE_ROLE", "app", validate=validate.OneOf(["app", "owner"]))
DATABASES = {
    "default": env.dj_db_url("DATABASE_OWNER_URL" if DATABASE_ROLE == "owner" else "DATABASE_URL")
    | {"CONN_MAX_AGE": 0}  # the pool keeps connections, where there is one
}
DATABASES["default"].setdefault("OPTIONS", {}).update(
    # A request that waits for a lock answers the nurse instead; a forgotten transaction lets go of its rows.
    options=f"-c lock_timeout=5s -c idle_in_transaction_session_timeout=60s -c app.via={process.name()}",
    connect_timeout=10,
)
if env.bool("DATABASE_POOL", False):  # set by wsgi.py
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", 10)}

# --- Redis: cache, rate limits and the Celery broker; everything in it may be lost --------------------------
REDIS_URL = CELERY_BROKER_URL = env.str("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

# --- Celery: a task may run twice or be lost; the outbox makes up for both ----------------------------------
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}  # longer than the longest task
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True  # results are rows
CELERY_TASK_TIME_LIMIT = 1800
CELERY_ACCEPT_CONTENT = ["json"]  # never pickle: whoever writes to Redis would run code
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Audit: where the heads of the chains go, beside the log ------------------------------------------------
AUDIT_ANCHOR_FILE = env.str("AUDIT_ANCHOR_FILE", "")  # on storage that the database server cannot change
AUDIT_ANCHOR_SYSLOG = env.str("AUDIT_ANCHOR_SYSLOG", "")  # host:port
DOWNTIME_FOLDER = env.str("DOWNTIME_FOLDER", "")  # encrypted, and readable while Deltoid is down

# --- Pages --------------------------------------------------------------------------------------------------
PROCESSORS = ("django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
              "django.contrib.messages.context_processors.messages")  # fmt: skip
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": PROCESSORS},
    }
]
CRISPY_TEMPLATE_PACK = CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
HASHED, PLAIN = "whitenoise.storage.CompressedManifest", "django.contrib.staticfiles.storage."
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": f"{PLAIN if DEBUG else HASHED}StaticFilesStorage"},
}

USE_I18N = False
TIME_ZONE = "UTC"  # each practice's own zone is activated per request

# --- Who may enter: config/sign_in.py -----------------------------------------------------------------------
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_TLS_PROXY", False) else 0  # whose word on the address counts

# --- What the browser is told -------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
if env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_EXPIRE_AT_BROWSER_CLOSE = SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "session" if DEBUG else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if DEBUG else "__Host-csrf"

# --- How much one request may carry -------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- Logs: to standard error, for whoever runs the process to keep ------------------------------------------
LOGGING = logging_config(level=env.str("LOG_LEVEL", "INFO"), debug=DEBUG)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_USER_ID_FIELD = ""  # named once the transaction knows the actor: config.logs.NameActor
# Otherwise each look into the outbox would be two lines.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = DJANGO_STRUCTLOG_CELERY_TASK_SUCCESS_LOG_LEVEL = logging.DEBUG
