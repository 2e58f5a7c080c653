"""Who is signed in, with their practice, in one query: each page needs both."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from injections.models import Staff


class StaffBackend(AuthenticationBackend):
    """Checks names and passwords as allauth does."""

    def get_user(self, user_id: Any) -> Staff | None:
        found = Staff.objects.select_related("practice").filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None
