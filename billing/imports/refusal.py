"""Why a file is not taken, in one plain sentence with the line."""

from __future__ import annotations


class Refused(Exception):
    """The file is wrong and nothing of it is taken. ``line`` is counted as an editor counts; 0 is the whole file."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"line {line:,}: {message}" if line else message)
        self.line = line


def shown(text: str) -> str:
    """What stands in the file, short enough for a sentence."""
    text = " ".join(text.split())
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"
