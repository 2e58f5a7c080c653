"""Every layout is read: which days it speaks for, which rows it holds, and what is kept of them."""

import csv
import gzip
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from billing.imports import KINDS, rows
from billing.imports.periods import Asked
from billing.imports.refusal import Refused
from billing.imports.source import Source
from tests.billing.imports import samples
from tests.billing.imports.samples import SAMPLES
from tests.billing.imports.workbooks import workbook

DAY = Asked(since=date(2026, 7, 1))


@pytest.fixture
def read(tmp_path):
    def read(sample, content=None, name=None, asked=None):
        path = tmp_path / (name or sample.name)
        path.write_bytes(sample.content if content is None else content)
        published = KINDS[sample.kind](Source(path), asked or Asked())
        return published, list(published.rows)

    return read


def by_key(stated, at=0):
    return {line.row[at]: line for line in stated}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
class TestEveryLayout:
    def test_holds_its_rows(self, read, sample):
        assert len(read(sample)[1]) == sample.rows

    def test_may_be_packed(self, read, sample):
        plain = read(sample)[1]
        zipped = BytesIO()
        with ZipFile(zipped, "w") as archive:
            archive.writestr(sample.name, sample.content)
        assert read(sample, gzip.compress(sample.content), sample.name + ".gz")[1] == plain
        assert read(sample, zipped.getvalue(), "quarter.zip")[1] == plain

    def test_may_begin_with_a_byte_order_mark_and_be_utf8(self, read, sample):
        assert read(sample, sample.text.encode("utf-8-sig"))[1] == read(sample)[1]

    def test_never_keeps_a_descriptor_that_is_not_ours(self, read, sample):
        assert "not ours" not in repr(read(sample)[1])

    def test_codes_are_text_money_is_decimal_and_days_are_dates(self, read, sample):
        for line in read(sample)[1]:
            assert {type(value) for value in line.row} <= {str, Decimal, bool, int, type(None)}
            assert {type(line.since), type(line.until)} <= {date, type(None)}


@pytest.mark.parametrize(
    "sample",
    [samples.HCPCS_CSV, samples.ASP, samples.CROSSWALK, samples.MUE, samples.AOC, samples.GPCI, samples.PLACES],
    ids=lambda sample: sample.name,
)
def test_a_workbook_says_the_same_as_the_text(read, sample):
    table = list(csv.reader(StringIO(sample.text)))
    content = workbook([row[:26] for row in table])
    assert [line[1:] for line in read(sample, content, sample.name + ".xlsx")[1]] == [
        line[1:] for line in read(sample)[1]
    ]


def test_a_pair_workbook_says_the_same_as_the_text(read):
    table = [line.split("\t") for line in samples.NCCI_TEXT.lines]
    heading = ["Column 1", "Column 2", "*=in existence\nprior to 1996", "Effective\nDate", "Deletion\nDate\n*=no data",
               "Modifier\n0=not allowed\n1=allowed", "PTP Edit Rationale"]  # fmt: skip
    content = workbook([*table[:2], heading, *table[6:]])
    assert {line.row for line in read(samples.NCCI_TEXT, content, "ccipra-v322r0-f1.xlsx")[1]} == {
        line.row for line in read(samples.NCCI_TEXT)[1]
    }


class TestDays:
    @pytest.mark.parametrize(
        ("sample", "since", "until"),
        [
            (samples.HCPCS_TEXT, date(2026, 7, 1), date(2026, 9, 30)),
            (samples.ASP, date(2026, 1, 1), date(2026, 3, 31)),
            (samples.NCCI_TEXT, date(2026, 7, 1), date(2026, 9, 30)),
            (samples.MUE, date(2026, 7, 1), date(2026, 9, 30)),
            (samples.ICD_ORDER, date(2026, 10, 1), date(2027, 9, 30)),
            (samples.ICD_LIST, date(2026, 4, 1), date(2026, 9, 30)),
            (samples.LOCALITY, date(2026, 4, 1), date(2026, 6, 30)),
            (samples.GPCI, date(2026, 1, 1), date(2026, 12, 31)),
        ],
        ids=lambda value: getattr(value, "name", None),
    )
    def test_are_read_from_the_file_or_its_name(self, read, sample, since, until):
        published, _ = read(sample)
        assert (published.since, published.until) == (since, until)

    def test_in_the_file_go_before_those_in_the_name(self, read):
        assert read(samples.ASP, name="asp_2020q1.csv")[0].since == date(2026, 1, 1)

    def test_that_the_person_names_go_before_both(self, read):
        asked = Asked(since=date(2026, 2, 1), until=date(2026, 2, 28))
        published, _ = read(samples.ASP, asked=asked)
        assert (published.since, published.until) == (date(2026, 2, 1), date(2026, 2, 28))

    def test_that_nobody_knows_are_asked_for(self, read):
        with pytest.raises(Refused, match="add --since"):
            read(samples.MUE, name="mue.csv")

    def test_of_values_in_the_fee_schedule_last_to_the_end_of_the_year(self, read):
        assert read(samples.RVU_CSV)[0].rows_until == date(2026, 12, 31)


class TestHcpcs:
    def test_a_code_has_its_days_and_what_replaced_it(self, read):
        found = by_key(read(samples.HCPCS_TEXT)[1])
        assert (found["J1030"].since, found["J1030"].until) == (date(1986, 1, 1), date(2024, 3, 31))
        assert found["J1030"].row.replaced_by == "J1010"
        assert found["JZ"].row.short_description == "Zero drug discarded"

    def test_numbers_and_dental_codes_lose_their_text(self, read):
        lines = tuple(
            line.replace("J3420", code) for code in ("99213", "D0120") for line in samples.HCPCS_TEXT.lines[6:]
        )
        _, found = read(samples.HCPCS_TEXT, "\r\n".join(lines).encode())
        assert [line.row.short_description for line in found] == ["", ""]

    def test_a_bare_list_is_known_as_one(self, read):
        published, found = read(samples.BARE)
        assert (published.bare, published.whole, len(found)) == (True, False, 3)


class TestPrices:
    def test_a_limit_of_na_has_no_amount_and_its_note_on_one_line(self, read):
        radium = by_key(read(samples.ASP)[1])["A9606"].row
        assert radium.amount is None
        assert radium.notes == "microCurie 100% AWP = $202.82 – see note"

    def test_a_limit_is_exact(self, read):
        found = by_key(read(samples.ASP)[1])
        assert (found["J3420"].row.amount, found["J3420"].row.dosage) == (Decimal("0.638"), "1000 MCG")
        assert found["J7170"].row.furnishing_fee

    def test_both_shapes_of_the_fee_schedule_say_the_same_of_a_code(self, read):
        table, text = by_key(read(samples.RVU_CSV)[1])["96372"].row, by_key(read(samples.RVU_TEXT)[1])["96372"].row
        assert (table.work, table.practice_office, table.facility_na, table.pctc) == (
            Decimal("0.17"),
            Decimal("0.28"),
            True,
            "5",
        )
        assert text == table._replace(practice_office=text.practice_office, practice_facility=text.practice_facility,
                                      conversion_factor=Decimal("32.3465"))  # fmt: skip
        assert text.practice_office == Decimal("0.25")

    def test_columns_may_stand_in_another_order(self, read):
        heading, *lines = [line.split(",") for line in samples.GPCI.lines[2:5]]
        turned = [",".join(reversed(cells)) for cells in (heading, *lines)]
        content = "\n".join((*samples.GPCI.lines[:2], *turned)).encode()
        assert read(samples.GPCI, content)[1] == read(samples.GPCI)[1]


class TestPairs:
    def test_a_pair_may_stand_again_with_other_days(self, read):
        found = [line for line in read(samples.NCCI_TEXT)[1] if line.row.column1 == "96365"]
        assert [(line.since, line.until) for line in found] == [
            (date(2009, 1, 1), date(2019, 12, 31)),
            (date(2020, 1, 1), None),
        ]

    def test_what_was_taken_back_on_its_first_day_bars_nothing(self, read):
        assert by_key(read(samples.NCCI_TEXT)[1])["0001A"].row.never

    def test_without_effective_dates_a_pair_holds_since_before_memory(self, read):
        first, again, never = read(samples.NCCI_CSV)[1]
        assert (first.since, first.until) == (None, date(2019, 12, 31))
        assert (again.since, again.until) == (date(2020, 1, 1), None)
        assert (never.since, never.until) == (date(2022, 1, 1), date(2022, 1, 1))

    def test_add_on_dates_are_days_of_the_year(self, read):
        found = by_key(read(samples.AOC)[1])
        assert (found["96366"].since, found["96366"].until) == (date(2013, 4, 1), date(2024, 12, 31))


class TestOthers:
    def test_a_list_of_diagnoses_tells_headings_by_what_follows(self, read):
        found = by_key(read(samples.ICD_LIST)[1])
        assert {code: line.row.complete for code, line in found.items()} == {
            "A00": False, "A00.0": True, "A00.1": True, "B10": False, "B10.0": True,
        }  # fmt: skip

    def test_a_place_number_may_be_unassigned(self, read):
        found = by_key(read(samples.PLACES)[1])
        assert [found[code].row.facility for code in ("10", "19", "28")] == [False, True, None]
        assert found["10"].row.name == "Telehealth Provided in Patient’s Home"

    def test_drug_numbers_of_twelve_digits_are_kept(self, read):
        assert "123456-1200-01" in by_key(read(samples.PACKAGES)[1])
        assert by_key(read(samples.PRODUCTS)[1])["0002-1200"].row.labeler == 'Eli Lilly "and" Company'


def test_every_row_type_has_room_in_its_model():
    from billing.actions.merging import model_of
    from billing.imports.tables import TABLES

    for table in TABLES:
        assert model_of(table).content() == table.columns == getattr(rows, table.row.__name__)._fields
        assert set(table.key) <= set(table.columns)
        assert table.columns[: len(table.key)] == table.key
