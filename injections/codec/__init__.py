"""Facts to JSON-able data and back, driven by their types: one codec for signed text, drafts, the door and scenarios.

Amounts and decimals are text, dates are ISO 8601, words of a closed list are their value, sets are sorted lists. What
was charted as unobtainable is ``{"unobtainable": reason}``, what was taken for granted ``{"assumed": true}``.
``decode(kind, encode(value)) == value`` for every frozen dataclass made of these.
"""

from injections.codec.reading import decode
from injections.codec.refusal import CodecError
from injections.codec.writing import Data, encode

__all__ = ["CodecError", "Data", "decode", "encode"]
