"""A file that is cut off, mixed up or not text is refused with its line, or is a whole smaller file."""

import csv
import gzip
import random
import time
from io import StringIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.imports import KINDS
from billing.imports.periods import Asked
from billing.imports.refusal import Refused
from billing.imports.source import Source
from tests.billing.imports import samples
from tests.billing.imports.samples import SAMPLES
from tests.billing.imports.workbooks import workbook

every_layout = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
with_money = pytest.mark.parametrize("sample", [s for s in SAMPLES if s.money], ids=lambda sample: sample.name)
QUICK = 5.0


@pytest.fixture
def outcome(tmp_path):
    """Rows read, or the sentence of the refusal."""

    def outcome(sample, content, name=None):
        path = tmp_path / (name or sample.name)
        path.write_bytes(content)
        begun = time.monotonic()
        try:
            found = list(KINDS[sample.kind](Source(path), Asked()).rows)
        except Refused as refused:
            found = str(refused)
        assert time.monotonic() - begun < QUICK
        return found

    return outcome


def refused_with_line(found):
    return isinstance(found, str) and found.startswith("line ")


@every_layout
def test_cut_off_after_any_line_is_refused_or_a_whole_smaller_file(outcome, sample):
    whole = outcome(sample, sample.content)
    for count in range(1, len(sample.lines)):
        found = outcome(sample, (sample.end.join(sample.lines[:count]) + sample.end).encode(sample.encoding))
        # A list of diagnoses knows a heading by what follows, so its last line may read otherwise.
        kept = whole[: max(len(found) - 1, 0)] if isinstance(found, list) else None
        assert refused_with_line(found) or found[: len(kept)] == kept


@every_layout
def test_cut_off_inside_any_line_never_changes_a_row_that_is_taken(outcome, sample):
    if sample in (samples.ICD_LIST, samples.PRODUCTS, samples.PACKAGES, samples.HCPCS_TEXT):
        pytest.skip("a shorter last line is itself a line of this layout")
    whole = outcome(sample, sample.content)
    for at in range(1, len(sample.content), 7):
        found = outcome(sample, sample.content[:at])
        if isinstance(found, list) and found:
            assert found[:-1] == whole[: len(found) - 1]
        else:
            assert found == [] or refused_with_line(found)


@every_layout
def test_a_packed_file_that_is_cut_off_is_refused(outcome, sample):
    packed = gzip.compress(sample.content)
    found = outcome(sample, packed[: len(packed) // 2], sample.name + ".gz")
    assert isinstance(found, str)
    assert "ends too early or is damaged" in found


@every_layout
def test_nul_is_refused_with_its_line(outcome, sample):
    lines = list(sample.lines)
    lines[-1] = lines[-1][:3] + "\0" + lines[-1][4:]
    found = outcome(sample, sample.end.join(lines).encode(sample.encoding))
    assert refused_with_line(found)
    assert "NUL" in found


@every_layout
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_refused_with_the_line(outcome, sample, encoding):
    assert refused_with_line(outcome(sample, sample.text.encode(encoding)))


@with_money
@pytest.mark.parametrize(
    "amount", ["1" + "0" * 20, "-1", "1e5", "NaN", "Infinity", "1,00", "0.12345678901", "ten", "٣", "1_000"]
)
def test_an_amount_that_is_none_is_refused_with_its_line(outcome, sample, amount):
    lines = list(sample.lines)
    at = next(n for n, line in enumerate(lines) if n + 1 >= sample.first_row and sample.money in line)
    cell = f'"{amount}"' if "," in amount and sample.money not in ("0000116.19",) else amount
    lines[at] = lines[at].replace(sample.money, cell, 1)
    found = outcome(sample, sample.end.join(lines).encode("utf-8"))
    assert refused_with_line(found)


@pytest.mark.parametrize(
    "sample",
    [s for s in SAMPLES if s.name.endswith(".csv") and s.rows > 1],
    ids=lambda sample: sample.name,
)
def test_swapped_columns_are_refused_or_told_by_their_header(outcome, sample):
    """Data swapped under the header: where both columns hold the same sort of thing nobody can tell."""
    table = list(csv.reader(StringIO(sample.text)))
    heading = next(n for n, row in enumerate(table) if sum(1 for cell in row if cell) > 2)
    told = 0
    for at in range(1, min(4, len(table[heading]))):
        mixed = [row if n <= heading else [row[at], *row[1:at], row[0], *row[at + 1 :]] for n, row in enumerate(table)]
        text = StringIO(newline="")
        csv.writer(text).writerows(mixed)
        found = outcome(sample, text.getvalue().encode("utf-8"))
        told += refused_with_line(found)
    assert told or sample is samples.NCCI_CSV or sample is samples.AOC_UNDATED


@every_layout
def test_another_table_s_file_is_refused_in_a_plain_sentence(outcome, sample):
    for other in SAMPLES:
        if other.kind != sample.kind:
            found = outcome(sample, other.content)
            assert isinstance(found, str)
            assert "line" in found or "--since" in found


def test_a_bare_list_of_service_codes_is_no_list_of_diagnoses(outcome):
    """Many have the same shape: a letter and four digits. Diagnoses stand behind their category."""
    found = outcome(samples.ICD_LIST, b"A0021\nA0080\nA0090\n", "hcpcs_level2_codes_2026q3.txt")
    assert found == "line 1: expected the category 'A00' before 'A0021': is this a list of diagnoses?"


def test_a_wrong_header_is_named_with_its_line(outcome):
    lines = [line.replace("HCPCS Code,", "HCPCS,") for line in samples.ASP.lines]
    found = outcome(samples.ASP, "\r\n".join(lines).encode("cp1252"))
    assert found.startswith("line 5: expected the header 'HCPCS Code', found 'HCPCS', 'Short Description'")


def test_a_missing_column_is_named(outcome):
    lines = [line.replace("Payment Limit,", "Payment,") for line in samples.ASP.lines]
    assert "line 5: the header has no column 'Payment Limit'" in outcome(
        samples.ASP, "\r\n".join(lines).encode("cp1252")
    )


@pytest.mark.parametrize("change", [lambda line: line + ",one more", lambda line: line.rsplit(",", 2)[0]])
def test_a_row_with_another_number_of_cells_is_refused(outcome, change):
    lines = [change(line) if line.startswith("0001U") else line for line in samples.MUE.lines]
    assert outcome(samples.MUE, "\n".join(lines).encode("cp1252")).startswith("line 6:")


def test_a_file_of_locality_amounts_without_its_end_is_refused(outcome):
    assert "cut off" in outcome(samples.LOCALITY, "\n".join(samples.LOCALITY.lines[:2]).encode())


def test_a_continuation_must_continue_the_code_before_it(outcome):
    lines = [
        samples.hcpcs_line("J1010", "00100", "3", "x", "x", "20240401"),
        samples.hcpcs_line("J1030", "00200", "4", "y"),
    ]
    assert outcome(samples.HCPCS_TEXT, "\n".join(lines).encode()).startswith("line 2: this line continues 'J1030'")


def test_a_workbook_that_declares_entities_is_refused(outcome):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    content = workbook([["HCPC", "ADD DT"], ["J1010", "20240401"]], doctype=bomb)
    assert "XML entities" in outcome(samples.HCPCS_CSV, content, "HCPC2026_OCT_ANWEB.xlsx")


def test_a_workbook_that_is_cut_off_is_refused(outcome):
    content = workbook([["HCPC", "ADD DT"], ["J1010", "20240401"]])
    assert "cut off" in outcome(samples.HCPCS_CSV, content[:-200], "HCPC2026_OCT_ANWEB.xlsx")


def test_a_zip_of_two_files_is_refused(outcome, tmp_path):
    with ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("a.csv", samples.MUE.content)
        archive.writestr("b.csv", samples.MUE.content)
    content = (tmp_path / "made.zip").read_bytes()
    assert "holds 2 files" in outcome(samples.MUE, content, "MUE_2026q3.zip")


def test_an_endless_line_is_refused_quickly(outcome):
    assert "longer than" in outcome(samples.MUE, b'"' + b"x" * 3_000_000)


def test_a_quotation_mark_that_never_closes_is_refused_where_it_opened(outcome):
    lines = [*samples.MUE.lines, '"96401,1,3 Date of Service Edit: Clinical,Clinical: Data', *["J1,1,1,1"] * 50]
    assert outcome(samples.MUE, "\n".join(lines).encode("cp1252")).startswith("line 9:")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_bytes_put_anywhere_are_taken_or_refused(outcome, data):
    sample = data.draw(st.sampled_from(SAMPLES))
    content = bytearray(sample.content)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=8))
    assert isinstance(outcome(sample, bytes(content)), (list, str))


@every_layout
def test_lines_in_any_order_are_taken_or_refused(outcome, sample):
    shuffler = random.Random(7)
    for _ in range(5):
        lines = list(sample.lines)
        shuffler.shuffle(lines)
        assert isinstance(outcome(sample, sample.end.join(lines).encode(sample.encoding)), (list, str))


@pytest.mark.parametrize("day", ["9999366", "2013000", "2013366"])
def test_a_day_that_the_calendar_lacks_is_refused_with_its_line(outcome, day):
    found = outcome(samples.AOC, samples.AOC.content.replace(b"2013091", day.encode()))
    assert refused_with_line(found)
    assert "is not a date" in found
