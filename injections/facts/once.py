"""Answers that a fact keeps: what nearly every rule asks of one dose or one visit is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

F = TypeVar("F", bound="Remembering")
T = TypeVar("T")
More = TypeVarTuple("More")

#: answers that one fact keeps; a table that is asked about more begins anew
KEPT = 2_000


class Remembering:
    """A frozen fact that keeps what was worked out from it.

    The answers are no part of the fact: they are not compared, shown, encoded or copied, and a changed copy
    (``dataclasses.replace``) begins without any. They follow from the fact alone, so that they are kept never shows.
    """

    __slots__ = ("_answers",)
    if TYPE_CHECKING:  # no field of the fact
        _answers: dict[object, Any]


def once(question: Callable[[F], T]) -> Callable[[F], T]:
    """A question about a fact that is worked out the first time it is asked."""

    @wraps(question)
    def asking(fact: F) -> T:
        try:
            return fact._answers[question]
        except (AttributeError, KeyError):
            answer = question(fact)
            _answers_of(fact)[question] = answer
            return answer

    return asking


def once_for(question: Callable[[F, *More], T]) -> Callable[[F, *More], T]:
    """The same for a question with more to it, such as a day: once for each."""

    @wraps(question)
    def asking(fact: F, *more: *More) -> T:
        key = (question, *more)
        try:
            return fact._answers[key]
        except (AttributeError, KeyError):
            answer, kept = question(fact, *more), _answers_of(fact)
            if len(kept) >= KEPT:
                kept.clear()
            kept[key] = answer
            return answer

    return asking


def _answers_of(fact: Remembering) -> dict[object, Any]:
    try:
        return fact._answers
    except AttributeError:
        object.__setattr__(fact, "_answers", {})  # frozen, and still the same fact
        return fact._answers
