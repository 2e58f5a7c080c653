"""What an action of the bill may answer instead of doing it. Messages are for the person at the screen."""

from __future__ import annotations


class Refused(Exception):
    """It was not done, and this is why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Superseded(Refused):
    """The chart has changed since this answer: there is a newer one to look at."""

    def __init__(self) -> None:
        super().__init__("The chart has changed, so the charges were worked out again. Look at the new answer first.")
