"""What is told about a draft that cannot be understood."""

from __future__ import annotations


class DraftError(ValueError):
    """A draft that cannot be understood, named with its place in the file: ``coding[0].since``."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}" if place else problem)
        self.place = place
        self.problem = problem
