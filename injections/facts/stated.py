"""What it means that a fact is stated: the value, why it cannot be known, or nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar, Union

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unobtainable:
    """The fact cannot be had any more, and why: "vial already binned"."""

    reason: str


class Assumed(StrEnum):
    """Stands for a documentation fact that the asker told us to take as present and unremarkable."""

    DOCUMENTED = "assumed documented"


ASSUMED: Final = Assumed.DOCUMENTED
Stated = Union[T, Unobtainable, Assumed, None]  # noqa: UP007 - a generic alias needs Union on Python 3.11


def known(value: Stated[T]) -> T | None:
    """The value itself where there is one, else ``None``."""
    return None if value is None or value is ASSUMED or isinstance(value, Unobtainable) else value


def is_charted(value: object) -> bool:
    """Whether anything was said: a value, an assumption, or why it cannot be known."""
    return value is not None
