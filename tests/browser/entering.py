"""What a person of the demo reads on the phone."""

import time

from allauth.mfa.models import Authenticator

from billing.demo import access


def unused_code(username):
    """What the phone shows; the next one where this was used a moment ago."""
    row = Authenticator.objects.get(user__username=username, type=Authenticator.Type.TOTP)
    now = int(time.time()) // 30
    return access.code(later=max(0, row.data.get("last_step", 0) + 1 - now))
