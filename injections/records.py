"""What was signed, as text that has only one form, and its hash.

Two records with the same content always read the same, byte for byte: keys sorted, no spaces, decimals as text, every
letter in its composed form. So a hash of the text is a hash of the content.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from injections.codec import CodecError, Data, decode, encode
from injections.facts import Administration, Encounter, Product
from injections.quantity import plain

#: how the signed text is laid out; a later layout gets another number, and old texts stay as they are
LAYOUT = 1


@dataclass(frozen=True, slots=True)
class Signed:
    """What somebody put their name to: the visit as it stood, who signed, what it means, and when."""

    meaning: str
    signer: str
    signed_at: datetime
    encounter: Encounter
    credential: str = ""
    administration: str = ""
    layout: int = LAYOUT


class RecordError(ValueError):
    """The content has no canonical form, or the text is not one that was signed."""


def canonical(data: object) -> str:
    """The one text of JSON-able data. Raises :class:`RecordError` for floats and other values without one form."""
    return json.dumps(_settled(data, "content"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _settled(data: object, path: str) -> Data:
    if isinstance(data, str):
        return _composed(data, path)
    if data is None or isinstance(data, bool | int):
        return data
    if isinstance(data, Decimal) and data.is_finite():
        return plain(data) if data else "0"
    if isinstance(data, Mapping):
        return _settled_keys(data, path)
    if isinstance(data, Sequence) and not isinstance(data, bytes):
        return [_settled(item, f"{path}[{place}]") for place, item in enumerate(data)]
    raise RecordError(f"{path}: {type(data).__name__} has no canonical form")


def _settled_keys(data: Mapping[object, object], path: str) -> dict[str, Data]:
    settled: dict[str, Data] = {}
    for key, value in data.items():
        if not isinstance(key, str):
            raise RecordError(f"{path}: {key!r} is not a name")
        name = _composed(key, path)
        if name in settled:
            raise RecordError(f"{path}: {name} stands twice")
        settled[name] = _settled(value, f"{path}.{name}")
    return settled


def _composed(text: str, path: str) -> str:
    """The letters in their composed form; half a letter (a lone surrogate) cannot be written down at all."""
    try:
        text.encode()
    except UnicodeEncodeError as problem:
        raise RecordError(f"{path}: the text holds half a letter") from problem
    return unicodedata.normalize("NFC", text)


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def signed_text(
    encounter: Encounter,
    *,
    meaning: str,
    signer: str,
    signed_at: datetime,
    credential: str = "",
    administration: str = "",
) -> str:
    """The text that a signature stands under. ``administration`` narrows it to one dose of the visit."""
    record = Signed(
        meaning=meaning,
        signer=signer,
        signed_at=signed_at,
        encounter=_as_recorded(encounter, administration),
        credential=credential,
        administration=administration,
    )
    return canonical(encode(record))


def read_signed(text: str) -> Signed:
    """What was signed, from its text. Raises :class:`RecordError` when the text is not one of ours."""
    try:
        return decode(Signed, json.loads(text))
    except (json.JSONDecodeError, CodecError) as problem:
        raise RecordError(f"this is not a signed text: {problem}") from problem


def verify(text: str, expected: str) -> bool:
    """Whether the text still has the hash that was kept when it was signed."""
    return hmac.compare_digest(digest(text), expected)


def _as_recorded(encounter: Encounter, administration: str) -> Encounter:
    """The visit without our reference data: what a drug's file says is no part of what somebody witnessed."""
    doses = encounter.administrations
    if administration:
        doses = tuple(dose for dose in doses if dose.id == administration)
        if not doses:
            raise RecordError(f"the visit has no dose {administration}")
    return replace(encounter, administrations=tuple(map(_with_product_named, doses)))


def _with_product_named(dose: Administration) -> Administration:
    if dose.product is None:
        return dose
    named = Product(key=dose.product.key, name=dose.product.name, display=dose.product.display)
    return replace(dose, product=named)
