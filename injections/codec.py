"""Facts to JSON-able data and back, driven by their types: one codec for signed text, drafts, the door and scenarios.

Amounts and decimals are text, dates are ISO 8601, words of a closed list are their value, sets are sorted lists. What
was charted as unobtainable is ``{"unobtainable": reason}``, what was taken for granted ``{"assumed": true}``.
``decode(kind, encode(value)) == value`` for every frozen dataclass made of these.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from injections.facts import ASSUMED, Assumed, Unobtainable
from injections.quantity import Quantity, QuantityError

Data: TypeAlias = "bool | int | str | list[Data] | dict[str, Data] | None"
T = TypeVar("T")


class CodecError(ValueError):
    """The data is not a value of that type. ``path`` names the place: ``administrations[1].dose``."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.path = path
        self.problem = problem


# --- out -------------------------------------------------------------------------------------------------------------


def encode(value: object, path: str = "") -> Data:
    """Plain data for a fact. Raises :class:`CodecError` for a value that no fact holds, such as a float."""
    if isinstance(value, Assumed):
        return {"assumed": True}
    if isinstance(value, Unobtainable):
        return {"unobtainable": value.reason}
    if is_dataclass(value) and not isinstance(value, type | Quantity):
        names = [field.name for field in fields(value)]
        return {name: encode(getattr(value, name), _join(path, name)) for name in names}
    if isinstance(value, Mapping):
        return {_key(key, path): encode(item, _join(path, str(key))) for key, item in value.items()}
    if isinstance(value, frozenset):
        return cast("list[Data]", sorted(_key(item, path) for item in value))
    if isinstance(value, tuple | list):
        return [encode(item, f"{path}[{place}]") for place, item in enumerate(value)]
    return _plain_value(value, path)


def _plain_value(value: object, path: str) -> Data:
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Quantity):
        return str(value)
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    raise CodecError(path, f"{type(value).__name__} is not a value that facts hold")


def _key(key: object, path: str) -> str:
    if not isinstance(key, str):
        raise CodecError(path, f"{type(key).__name__} is not a word")
    return key.value if isinstance(key, StrEnum) else key


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


# --- in --------------------------------------------------------------------------------------------------------------


def decode(kind: type[T], data: object, path: str = "") -> T:
    """A value of that type from plain data. Raises :class:`CodecError` that names the place and what is wrong there."""
    return cast("T", _decode(kind, data, path))


def _decode(kind: Any, data: object, path: str) -> object:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _decode_union(arguments, data, path)
    if origin is tuple:
        return _decode_tuple(arguments, data, path)
    if origin is frozenset:
        return frozenset(_decode(arguments[0], item, at) for at, item in _items(data, path))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _decode_mapping(arguments, data, path)
    if kind is Quantity:
        return _quantity(data, path)
    if is_dataclass(kind):
        return _decode_dataclass(kind, data, path)
    return _scalar(kind, data, path)


def _decode_union(arguments: tuple[Any, ...], data: object, path: str) -> object:
    """``None``, a reason why there is no value, an assumption, or the one type that is left."""
    if data is None and type(None) in arguments:
        return None
    if isinstance(data, Mapping) and len(data) == 1:
        if Unobtainable in arguments and "unobtainable" in data:
            return Unobtainable(_text(data["unobtainable"], _join(path, "unobtainable")))
        if Assumed in arguments and data.get("assumed") is True:
            return ASSUMED
    kinds = [kind for kind in arguments if kind not in (type(None), Unobtainable, Assumed)]
    if len(kinds) != 1:
        raise CodecError(path, f"{len(kinds)} types are possible")
    return _decode(kinds[0], data, path)


def _decode_tuple(arguments: tuple[Any, ...], data: object, path: str) -> tuple[object, ...]:
    items = _items(data, path)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_decode(arguments[0], item, at) for at, item in items)
    if len(items) != len(arguments):
        raise CodecError(path, f"{len(arguments)} items are needed, not {len(items)}")
    return tuple(_decode(kind, item, at) for kind, (at, item) in zip(arguments, items, strict=True))


def _items(data: object, path: str) -> list[tuple[str, object]]:
    if not isinstance(data, Sequence) or isinstance(data, str | bytes):
        raise CodecError(path, "a list is needed")
    return [(f"{path}[{place}]", item) for place, item in enumerate(data)]


def _decode_mapping(arguments: tuple[Any, ...], data: object, path: str) -> dict[object, object]:
    if not isinstance(data, Mapping):
        raise CodecError(path, "an object is needed")
    keys, values = arguments
    return {_decode(keys, key, path): _decode_item(values, item, _join(path, str(key))) for key, item in data.items()}


def _decode_item(kind: Any, data: object, path: str) -> object:
    """A value of a mapping; an assumption is text too."""
    return ASSUMED if kind is str and data == {"assumed": True} else _decode(kind, data, path)


@cache
def _shape(kind: Any) -> tuple[tuple[Field[object], object], ...]:
    """The fields of a dataclass with their types, worked out once."""
    hints = get_type_hints(kind)
    return tuple((field, hints[field.name]) for field in fields(kind))


def _decode_dataclass(kind: Any, data: object, path: str) -> object:
    if not isinstance(data, Mapping):
        raise CodecError(path, "an object is needed")
    shape = _shape(kind)
    unknown = sorted(str(key) for key in data.keys() - {field.name for field, _ in shape})
    if unknown:
        raise CodecError(_join(path, unknown[0]), "is not a field here")
    values: dict[str, object] = {}
    for field, hint in shape:
        if field.name in data:
            values[field.name] = _decode(hint, data[field.name], _join(path, field.name))
        elif field.default is MISSING and field.default_factory is MISSING:
            raise CodecError(_join(path, field.name), "is missing")
    try:
        return cast("object", kind(**values))
    except ValueError as problem:
        raise CodecError(path, str(problem)) from problem


# --- single values ---------------------------------------------------------------------------------------------------


def _scalar(kind: Any, data: object, path: str) -> object:
    if kind is str:
        return _text(data, path)
    if kind is bool or kind is int:
        if type(data) is not kind:
            raise CodecError(path, "true or false is needed" if kind is bool else "a whole number is needed")
        return data
    if kind is Decimal:
        return _decimal(data, path)
    if kind is date or kind is datetime:
        return _moment(kind, data, path)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _choice(kind, data, path)
    raise CodecError(path, f"{kind!r} is not a type that facts hold")


def _text(data: object, path: str) -> str:
    if not isinstance(data, str):
        raise CodecError(path, "text is needed")
    return str(data)


def _quantity(data: object, path: str) -> Quantity:
    try:
        return Quantity.parse(_text(data, path))
    except QuantityError as problem:
        raise CodecError(path, str(problem)) from problem


def _decimal(data: object, path: str) -> Decimal:
    text = _text(data, path)
    try:
        number = Decimal(text)
    except InvalidOperation as problem:
        raise CodecError(path, f'"{text}" is not a number') from problem
    if not number.is_finite():
        raise CodecError(path, f'"{text}" is not a number')
    return number


def _moment(kind: type[date] | type[datetime], data: object, path: str) -> date:
    text = _text(data, path)
    try:
        return kind.fromisoformat(text)
    except ValueError as problem:
        wanted = "a date with a time" if kind is datetime else "a date"
        raise CodecError(path, f'"{text}" is not {wanted}') from problem


def _choice(kind: type[StrEnum], data: object, path: str) -> StrEnum:
    text = _text(data, path)
    try:
        return kind(text)
    except ValueError as problem:
        known = ", ".join(member.value for member in kind)
        raise CodecError(path, f'"{text}" is not one of {known}') from problem
