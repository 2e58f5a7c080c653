"""What is said of data that is no fact: the place, and what is wrong there."""

from __future__ import annotations


class CodecError(ValueError):
    """The data is not a value of that type. ``path`` names the place: ``administrations[1].dose``."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.path = path
        self.problem = problem

    def within(self, name: str) -> CodecError:
        """The same problem, told of the place ``name`` that holds its place."""
        return CodecError(joined(name, self.path), self.problem)


def joined(path: str, name: str) -> str:
    """The place ``name`` in ``path``: a field stands after a point, a number in its own brackets."""
    return f"{path}.{name}" if path and name and not name.startswith("[") else path + name
