"""Print the code that the demo's phone shows now: for trying the sign-in without a phone."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa import app_settings
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from billing.demo import access


class Command(BaseCommand):
    help = "Print the current sign-in code of the demo people. Only where DEBUG is on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("there is no demo where DEBUG is off")
        left = app_settings.TOTP_PERIOD - int(time.time()) % app_settings.TOTP_PERIOD
        self.stderr.write(f"for {left} seconds, and a little longer; each person may use it once:")
        self.stdout.write(access.code())
