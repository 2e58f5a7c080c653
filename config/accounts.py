"""How sign-in differs from what allauth would do on its own."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffOnly(DefaultAccountAdapter):
    """Accounts are made by the practice for its staff; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
