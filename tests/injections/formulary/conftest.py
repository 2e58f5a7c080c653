"""The shipped products, and the public CMS files that they are checked against where those are at hand."""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from injections.facts import Product
from injections.formulary import Index, formulary

#: beside the repository, never inside it: see the formulary's README for where the files come from
SHARED = Path(__file__).parents[3].parent / "shared"


class Listed(NamedTuple):
    """One row of a CMS crosswalk: the package under a code, its size, and how many billing units it holds."""

    code: str
    ndc: str
    size: str
    units: str


@pytest.fixture(scope="session")
def index() -> Index:
    return formulary()


@pytest.fixture(scope="session")
def products(index: Index) -> tuple[Product, ...]:
    return index.products


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of public files."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the public CMS files (../shared/data) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def drug_table() -> list[dict[str, str]]:
    """The table of injection drugs that the formulary was asked to cover."""
    path = SHARED / "domain" / "drugs.csv"
    if not path.is_file():
        pytest.skip("the drug table (../shared/domain/drugs.csv) is not on this machine")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def dosages(data: Path) -> dict[str, set[str]]:
    """HCPCS code -> what the ASP payment limit files of all quarters call one billing unit."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((data / "asp").glob("asp_payment_limit_*.csv")):
        for row in _rows_after(path, "HCPCS Code"):
            found[row[0]].add(row[2].strip())
    return found


@pytest.fixture(scope="session")
def crosswalk(data: Path) -> dict[str, list[Listed]]:
    """NDC -> its rows in the ASP crosswalks, oldest quarter first."""
    found: dict[str, list[Listed]] = defaultdict(list)
    for path in sorted((data / "asp").glob("asp_ndc_hcpcs_crosswalk_*.csv.gz")):
        for row in _rows_after(path, "_CODE"):
            found[row[3].strip()].append(Listed(row[0], row[3].strip(), row[6], row[8]))
    return found


@pytest.fixture(scope="session")
def added(data: Path) -> dict[str, str]:
    """HCPCS code -> first day as CCYYMMDD, from the file of October 2025."""
    return {row["code"]: row["add_date"] for row in _records(data / "hcpcs" / "hcpcs_level2_2025_10.csv.gz")}


@pytest.fixture(scope="session")
def descriptors(data: Path) -> dict[str, str]:
    """HCPCS code -> its wording in lower case, from the file of October 2025."""
    rows = _records(data / "hcpcs" / "hcpcs_level2_2025_10.csv.gz")
    return {row["code"]: row["long_description"].lower() for row in rows}


@pytest.fixture(scope="session")
def ended(data: Path) -> dict[str, str]:
    """HCPCS code -> last day as CCYYMMDD, from the file of October 2024; codes without one are left out."""
    rows = _records(data / "hcpcs" / "hcpcs_level2_2024_10.csv.gz")
    return {row["code"]: row["term_date"] for row in rows if row["term_date"]}


@pytest.fixture(scope="session")
def listed_in_2026(data: Path) -> set[str]:
    return set((data / "hcpcs" / "hcpcs_level2_codes_2026q3.txt").read_text(encoding="utf-8").split())


@pytest.fixture(scope="session")
def diagnoses(data: Path) -> tuple[str, ...]:
    """Every ICD-10-CM code of the year, without points."""
    text = _text(data / "icd10cm" / "code-list-April-2026.txt.gz")
    return tuple(code.replace(".", "") for code in text.split())


def _records(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_text(path))))


def _rows_after(path: Path, header: str) -> list[list[str]]:
    """The rows below the line whose first cell ends with ``header``."""
    rows = list(csv.reader(io.StringIO(_text(path))))
    start = next(n for n, row in enumerate(rows) if row and row[0].endswith(header))
    return [row for row in rows[start + 1 :] if row and row[0].strip()]


def _text(path: Path) -> str:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("cp1252")
