"""The imported tables in memory: what they weigh beside the engine.

The weight of the files as published is measured where somebody has fetched them; the weight of full tables is measured
on as many rows as CMS publishes.
"""

from __future__ import annotations

import gc
import os
import tracemalloc
from array import array
from datetime import date

import pytest

from billing.actions.imports import Order, import_file
from billing.loading import rows
from billing.reference.packed import Packed, pair_number
from billing.reference.published import PublishedFile, Span
from tests.billing.imports.test_official_files import HELD, asked, given

#: megabytes that a loaded reference may take in one process
BAR = 300
#: an older release of a table that another line holds already, and a sample of two lines
LEFT_OUT = ("2019", "2020", "layout_sample", "2024_10", "hcpcs_level2_2025", "code-list")
#: files whose like is among those that are taken in every run; with `LONG=1` all of them are
ALIKE = ("2025Q", "PPRRVU2025", "PFREV")
#: what CMS publishes for a quarter, all four parts
PUBLISHED_PAIRS = 2_600_000


@pytest.mark.django_db
def test_the_real_files_fit() -> None:
    left_out = LEFT_OUT if os.environ.get("LONG") else (*LEFT_OUT, *ALIKE)
    for kind, name, _ in HELD:
        if not any(word in name for word in left_out):
            import_file(Order(kind, given(name), asked(kind), complete=True))
    tracemalloc.start()
    try:
        kept = rows.reference()
        gc.collect()
        held = tracemalloc.get_traced_memory()[0] / 1e6
    finally:
        tracemalloc.stop()
    assert len(kept.imported.pairs.keys) > 100_000
    assert held < BAR / 3


def test_a_full_table_of_pairs_fits() -> None:
    codes = [f"{number:05d}" for number in range(1612)]
    keys = array("Q", (pair_number(one, other) or 0 for one in codes for other in codes))[:PUBLISHED_PAIRS]
    file = PublishedFile("ncci-pairs", "f1", "", date(2026, 7, 1), date(2026, 9, 30))
    zeros = (array("I", bytes(4 * len(keys))), array("B", bytes(len(keys))))
    packed = Packed(keys, zeros[0], (zeros[1],), (Span(None, None, file),))
    weight = sum(len(column) * column.itemsize for column in (packed.keys, packed.spans, *packed.columns)) / 1e6
    assert len(packed.keys) > 2_590_000
    assert weight < BAR / 8
    assert next(packed.on(pair_number("00800", "01001"), date(2026, 8, 4)))[1] == (0,)
    assert not list(packed.on(pair_number("99999", "01001"), date(2026, 8, 4)))
