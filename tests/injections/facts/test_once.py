"""What a fact keeps: worked out once, never for a changed copy, and never without bound."""

from __future__ import annotations

from dataclasses import dataclass, replace

from injections.facts.once import KEPT, Remembering, once, once_for


@dataclass(frozen=True, slots=True)
class Number(Remembering):
    value: int


asked: list[int] = []


@once
def doubled(number: Number) -> int:
    asked.append(number.value)
    return number.value * 2


@once_for
def plus(number: Number, more: int) -> int:
    asked.append(more)
    return number.value + more


def test_a_question_is_worked_out_once_for_a_fact_and_anew_for_a_changed_copy() -> None:
    asked.clear()
    two = Number(2)
    assert [doubled(two), doubled(two), doubled(replace(two, value=3)), doubled(Number(2))] == [4, 4, 6, 4]
    assert asked == [2, 3, 2]


def test_a_question_with_more_to_it_is_worked_out_once_for_each() -> None:
    asked.clear()
    two = Number(2)
    assert [plus(two, 1), plus(two, 2), plus(two, 1)] == [3, 4, 3]
    assert asked == [1, 2]


def test_no_fact_keeps_more_than_so_many() -> None:
    zero = Number(0)
    assert all(plus(zero, more) == more for more in range(KEPT * 2 + 5))
    assert len(zero._answers) <= KEPT
    assert plus(zero, 1) == 1


def test_what_is_kept_is_no_part_of_the_fact() -> None:
    two, other = Number(2), Number(2)
    doubled(two)
    assert (two, repr(two), hash(two)) == (other, repr(other), hash(other))
