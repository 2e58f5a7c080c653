"""Plain data to single values: text, numbers, days, words of a closed list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import partial
from typing import Any, NoReturn, TypeAlias

from injections.codec.refusal import CodecError
from injections.quantity import Quantity, QuantityError

Read: TypeAlias = Callable[[object], object]


def single(kind: Any) -> Read:
    """What reads a value of that type; of a type that no fact has, what refuses it."""
    known: dict[Any, Read] = {
        str: text,
        bool: _truth,
        int: _whole,
        Decimal: _decimal,
        Quantity: _quantity,
        date: partial(_moment, date),
        datetime: partial(_moment, datetime),
    }
    if kind in known:
        return known[kind]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return partial(_choice, kind)
    return partial(_no_fact, kind)


def _no_fact(kind: object, data: object) -> NoReturn:
    raise CodecError("", f"{kind!r} is not a type that facts hold")


def text(data: object) -> str:
    """Text as it is. Raises :class:`CodecError` for anything else."""
    if not isinstance(data, str):
        raise CodecError("", "text is needed")
    return str(data)


def _truth(data: object) -> bool:
    if type(data) is not bool:
        raise CodecError("", "true or false is needed")
    return data


def _whole(data: object) -> int:
    if type(data) is not int:
        raise CodecError("", "a whole number is needed")
    return data


def _quantity(data: object) -> Quantity:
    try:
        return Quantity.parse(text(data))
    except QuantityError as problem:
        raise CodecError("", str(problem)) from problem


def _decimal(data: object) -> Decimal:
    said = text(data)
    try:
        number = Decimal(said)
    except InvalidOperation as problem:
        raise CodecError("", f'"{said}" is not a number') from problem
    if not number.is_finite():
        raise CodecError("", f'"{said}" is not a number')
    return number


def _moment(kind: type[date] | type[datetime], data: object) -> date:
    said = text(data)
    try:
        return kind.fromisoformat(said)
    except ValueError as problem:
        wanted = "a date with a time" if kind is datetime else "a date"
        raise CodecError("", f'"{said}" is not {wanted}') from problem


def _choice(kind: type[StrEnum], data: object) -> StrEnum:
    said = text(data)
    try:
        return kind(said)
    except ValueError as problem:
        known = ", ".join(member.value for member in kind)
        raise CodecError("", f'"{said}" is not one of {known}') from problem
