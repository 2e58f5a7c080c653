"""Facts to plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias, cast

from injections.codec.refusal import CodecError, joined
from injections.facts import Assumed, Unobtainable
from injections.quantity import Quantity

Data: TypeAlias = "bool | int | str | list[Data] | dict[str, Data] | None"


def encode(value: object, path: str = "") -> Data:
    """Plain data for a fact. Raises :class:`CodecError` for a value that no fact holds, such as a float."""
    if isinstance(value, Assumed):
        return {"assumed": True}
    if isinstance(value, Unobtainable):
        return {"unobtainable": value.reason}
    if is_dataclass(value) and not isinstance(value, type | Quantity):
        names = [field.name for field in fields(value)]
        return {name: encode(getattr(value, name), joined(path, name)) for name in names}
    if isinstance(value, Mapping):
        return {_key(key, path): encode(item, joined(path, str(key))) for key, item in value.items()}
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
