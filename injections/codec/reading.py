"""Plain data to facts, by what their types say."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import cache, partial
from typing import Any, NamedTuple, NoReturn, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from injections.codec.refusal import CodecError
from injections.codec.single import Read, single, text
from injections.facts import ASSUMED, Assumed, Unobtainable
from injections.quantity import Quantity

T = TypeVar("T")


def decode(kind: type[T], data: object, path: str = "") -> T:
    """A value of that type from plain data. Raises :class:`CodecError` that names the place and what is wrong there."""
    try:
        return cast("T", _reader(cast("Any", kind))(data))
    except CodecError as problem:
        raise problem.within(path) from problem.__cause__


@cache
def _reader(kind: Any) -> Read:
    """What reads a type, worked out once: a replay reads the same few types a million times."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if origin is frozenset:
        each = _reader(arguments[0])
        return lambda data: frozenset(_several(each, data))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(*arguments)
    if is_dataclass(kind) and kind is not Quantity:
        return partial(_dataclass, kind)
    return single(kind)


def _union(arguments: tuple[Any, ...]) -> Read:
    """``None``, a reason why there is no value, an assumption, or the one type that is left."""
    kinds = [kind for kind in arguments if kind not in (type(None), Unobtainable, Assumed)]
    read = _reader(kinds[0]) if len(kinds) == 1 else partial(_undecided, len(kinds))

    def either(data: object) -> object:
        if data is None and type(None) in arguments:
            return None
        if isinstance(data, dict) and len(data) == 1:
            if Unobtainable in arguments and "unobtainable" in data:
                return Unobtainable(cast("str", _at("unobtainable", text, data["unobtainable"])))
            if Assumed in arguments and data.get("assumed") is True:
                return ASSUMED
        return read(data)

    return either


def _undecided(count: int, data: object) -> NoReturn:
    raise CodecError("", f"{count} types are possible")


def _at(name: str, read: Read, data: object) -> object:
    """What stands at a place of a larger value."""
    try:
        return read(data)
    except CodecError as problem:
        raise problem.within(name) from problem.__cause__


def _tuple(arguments: tuple[Any, ...]) -> Read:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        each = _reader(arguments[0])
        return lambda data: tuple(_several(each, data))
    reads = tuple(map(_reader, arguments))

    def fixed(data: object) -> object:
        items = _items(data)
        if len(items) != len(reads):
            raise CodecError("", f"{len(reads)} items are needed, not {len(items)}")
        return tuple(_at(f"[{place}]", reads[place], item) for place, item in enumerate(items))

    return fixed


def _several(read: Read, data: object) -> list[object]:
    items, found = _items(data), list[object]()
    try:
        for item in items:
            found.append(read(item))  # one at a time: how many were read is where a problem stands
    except CodecError as problem:
        raise problem.within(f"[{len(found)}]") from problem.__cause__
    return found


def _items(data: object) -> Sequence[object]:
    if not isinstance(data, Sequence) or isinstance(data, str | bytes):
        raise CodecError("", "a list is needed")
    return data


def _mapping(key: Any, value: Any) -> Read:
    read_key, read_value = _reader(key), _reader(value)

    def item(data: object) -> object:
        """A value of a mapping; an assumption is text too."""
        return ASSUMED if value is str and data == {"assumed": True} else read_value(data)

    def mapping(data: object) -> object:
        found = _object(data)
        return {read_key(name): _at(str(name), item, held) for name, held in found.items()}

    return mapping


def _object(data: object) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise CodecError("", "an object is needed")
    return data


class _Field(NamedTuple):
    name: str
    read: Read
    needed: bool


class _Shape(NamedTuple):
    fields: tuple[_Field, ...]
    names: frozenset[str]


@cache
def _shape(kind: Any) -> _Shape:
    """The fields of a dataclass with what reads them, worked out once."""
    hints = get_type_hints(kind)
    found = tuple(
        _Field(field.name, _reader(hints[field.name]), field.default is MISSING and field.default_factory is MISSING)
        for field in fields(kind)
    )
    return _Shape(found, frozenset(field.name for field in found))


def _dataclass(kind: Any, data: object) -> object:
    found, shape = _object(data), _shape(kind)
    if not shape.names.issuperset(found):
        raise CodecError(min(str(key) for key in found.keys() - shape.names), "is not a field here")
    values: dict[str, object] = {}
    name = ""
    try:
        for name, read, needed in shape.fields:
            if name in found:
                values[name] = read(found[name])
            elif needed:
                raise CodecError("", "is missing")
    except CodecError as problem:
        raise problem.within(name) from problem.__cause__
    try:
        return cast("object", kind(**values))
    except ValueError as problem:
        raise CodecError("", str(problem)) from problem
