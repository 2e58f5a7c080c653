"""Files as the publishers (and those who pass them on) lay them out, imported whole with the rows that they hold.

The files are not part of the repository: they lie beside it where somebody has fetched them. Their layouts are covered
without them in the other tests of this folder.
"""

from datetime import date
from pathlib import Path

import pytest

from billing.actions.imports import Order, import_file
from billing.imports import KINDS
from billing.imports.periods import Asked
from billing.imports.reconcile import Verdict
from billing.imports.source import Source

FILES = Path(__file__).resolve().parents[4] / "shared" / "data"
SAID = Asked(since=date(2024, 1, 1))

# Rows that each file holds. Where a count differs from the list beside the files, that list counts lines (headers,
# trailers, chapters, continuations); the bare diagnosis list names 39 headings that the CSV made from it left out.
HELD = [
    ("hcpcs", "hcpcs/HCPC2019_CONTR_ANWEB.txt.gz", 6800),
    ("hcpcs", "hcpcs/HCPC2019_CONTR_ANWEB.xlsx", 6800),
    ("hcpcs", "hcpcs/HCPC2020_ANWEB_w_disclaimer.txt.gz", 7079),
    ("hcpcs", "hcpcs/HCPC2025_OCT_ANWEB_RECONSTRUCTED.txt.gz", 8846),
    ("hcpcs", "hcpcs/HCPC2026_OCT_ANWEB.layout_sample.csv", 4),
    ("hcpcs", "hcpcs/hcpcs_level2_2024_10.csv.gz", 8474),
    ("hcpcs", "hcpcs/hcpcs_level2_2025_10.csv.gz", 8846),
    ("asp-limits", "asp/asp_payment_limit_2025Q1.csv", 877),
    ("asp-limits", "asp/asp_payment_limit_2025Q3.csv", 970),
    ("asp-limits", "asp/asp_payment_limit_2025Q4.csv", 1012),
    ("asp-limits", "asp/asp_payment_limit_2026Q1.csv", 877),
    ("asp-limits", "asp/asp_payment_limit_2026Q3_excerpt.csv", 71),
    ("asp-crosswalk", "asp/asp_ndc_hcpcs_crosswalk_2025Q1.csv.gz", 7172),
    ("asp-crosswalk", "asp/asp_ndc_hcpcs_crosswalk_2025Q3.csv.gz", 7873),
    ("asp-crosswalk", "asp/asp_ndc_hcpcs_crosswalk_2025Q4.csv.gz", 8245),
    ("asp-crosswalk", "asp/asp_ndc_hcpcs_crosswalk_2026Q1.csv.gz", 7125),
    ("ncci-pairs", "ncci/ptp_practitioner_2024q3_injection_subset.csv.gz", 151377),
    ("ncci-pairs", "ncci/ccipra-v322r0-f1.layout_sample.txt", 22),
    ("mue", "ncci/mue_practitioner_2024q3.csv", 2208),
    ("mue", "ncci/mue_practitioner_2026q3.layout_sample.csv", 9),
    ("add-on-codes", "ncci/aoc_add_on_codes_2024q3_subset.csv", 661),
    ("icd10cm", "icd10cm/code-list-April-2026.txt.gz", 98186),
    ("icd10cm", "icd10cm/icd10cm_fy2026_april.csv.gz", 98147),
    ("fee-schedule", "mpfs/PPRRVU2025_Oct.txt.gz", 19090),
    ("fee-schedule", "mpfs/PPRRVU2026_Jul_nonQPP.csv.gz", 19356),
    ("fee-schedule", "mpfs/PFREV26B.txt.gz", 4033),
    ("gpci", "mpfs/GPCI2026.csv", 98),
    ("place-of-service", "codes/place_of_service.csv", 99),
    ("ndc", "ndc/product_trimmed.txt", 3),
    ("ndc", "ndc/package_trimmed.txt", 3),
]


def given(name):
    if not FILES.is_dir():
        pytest.skip("the folder of public files does not lie beside this repository")
    return FILES / name


def asked(kind):
    return SAID if kind in ("place-of-service", "ndc") else Asked()


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "name", "rows"), HELD, ids=[name for _, name, _ in HELD])
def test_a_file_is_imported_whole_and_only_once(kind, name, rows):
    order = Order(kind, given(name), asked(kind))
    first = import_file(order)
    assert first.counts == {Verdict.ADDED: rows}
    second = import_file(order)
    assert second.counts == {Verdict.UNCHANGED: rows}
    assert not second.writes
    assert not second.recorded


def test_a_bare_list_names_codes_and_proves_nothing():
    published = KINDS["hcpcs"](Source(given("hcpcs/hcpcs_level2_codes_2026q3.txt")), Asked())
    assert (sum(1 for _ in published.rows), published.bare) == (8725, True)
