"""The fixed-width HCPCS record (320 bytes; 1-based places as in CMS's record layout).

A code takes one line with record id 3 (modifier: 7), and one line 4 (8) for each further 80 characters of its long
description. Lines may be cut after the last character. Disclaimers may stand before the first record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from billing.imports.cells import Cells
from billing.imports.records import MAX_PREAMBLE
from billing.imports.refusal import Refused, shown
from billing.imports.source import Line

RECORD = re.compile(r"^([A-Z0-9]{5}|   [A-Z0-9]{2})([0-9]{5})([3478])")
LONGEST = 330
#: record ids of lines that only carry more of the long description
CONTINUES = frozenset("48")
#: our name -> first and last place
_PLACES = {
    "code": (1, 5),
    "short_description": (92, 119),
    "pricing": (120, 121),
    "xref1": (205, 209),
    "xref2": (210, 214),
    "xref3": (215, 219),
    "xref4": (220, 224),
    "xref5": (225, 229),
    "coverage": (230, 230),
    "type_of_service": (261, 261),
    "add_date": (269, 276),
    "termination_date": (285, 292),
}


def fixed_width(lines: Iterator[Line]) -> Iterator[Cells]:
    """The first line of each code. Continuation lines only carry the long description, which is not kept."""
    code = ""
    for line in lines:
        match = RECORD.match(line.text)
        if match is None:
            _refuse_unless_disclaimer(line, begun=bool(code))
        elif len(line.text) > LONGEST:
            raise Refused(f"the line has {len(line.text)} characters where a record has 320", line.number)
        elif match.group(3) in CONTINUES:
            if match.group(1) != code:
                raise Refused(
                    f"this line continues {shown(match.group(1))}, which is not the code before it", line.number
                )
        else:
            code = match.group(1)
            yield sliced(line, _PLACES)


def _refuse_unless_disclaimer(line: Line, *, begun: bool) -> None:
    if line.text.strip() and (begun or line.number > MAX_PREAMBLE):
        raise Refused(f"expected a HCPCS record, found {shown(line.text)}", line.number)


def sliced(line: Line, places: dict[str, tuple[int, int]]) -> Cells:
    """The fields of a fixed-width line."""
    return Cells(line.number, {name: line.text[first - 1 : last].strip() for name, (first, last) in places.items()})
