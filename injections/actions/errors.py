"""What an action may answer instead of doing it. Messages are for the person at the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from injections.findings import Finding

if TYPE_CHECKING:
    from injections.models import AdministrationDraft, Staff


class Refused(Exception):
    """It was not done. ``findings`` say what stands in the way, ``errors`` what could not be read, by field."""

    def __init__(self, message: str, findings: Iterable[Finding] = (), errors: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.findings = tuple(findings)
        self.errors = dict(errors or {})


class SentBefore(Refused):
    """What this form makes is there since it was sent the first time, under the same key."""

    def __init__(self) -> None:
        super().__init__("This page was sent before. Open it again to record something else")


class NotAllowed(Refused):
    """This person may not do that, or the row belongs to another practice."""


class StaleDraft(Refused):
    """Somebody saved the draft since this page was loaded. ``newer`` is what stands there now."""

    def __init__(self, newer: AdministrationDraft) -> None:
        super().__init__("This chart was changed in another window or by a colleague")
        self.newer = newer


class NotYours(Refused):
    """The draft waits under a colleague, ``author``, until it is taken over."""

    def __init__(self, author: Staff) -> None:
        super().__init__(f"{author.short_name} is charting this dose: take it over first")
        self.author = author
