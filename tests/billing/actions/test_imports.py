"""Importing into rows: a difference first, all or nothing, twice is once, and nothing published is ever edited."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction

from billing.actions.imports import Order, import_file
from billing.imports.periods import Asked
from billing.imports.reconcile import Verdict
from billing.imports.refusal import Refused
from billing.models import AspLimit, EditionRow, HcpcsCode, MueLimit, NcciPair, SourceFile, StagedRow
from tests.billing.imports import samples
from tests.billing.imports.samples import SAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HEADER = samples.HCPCS_HEADER
MUE_HEADER = "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale"
ADDED, CHANGED, ENDED, UNCHANGED, REFUSED = (
    Verdict.ADDED,
    Verdict.CHANGED,
    Verdict.ENDED,
    Verdict.UNCHANGED,
    Verdict.REFUSED,
)


@pytest.fixture
def imported(tmp_path):
    """Import a text under a file name."""

    def imported(kind, name, text, **more):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        asked = Asked(more.pop("since", None), more.pop("until", None), more.pop("excerpt", False))
        return import_file(Order(kind, path, asked, **more))

    return imported


def hcpcs(*codes):
    """Lines of ``code short added ended``, with - for nothing."""
    rows = [line.replace("-", "").split(" ") for line in codes]
    return "\n".join(
        [HEADER, *(f"{code},0010,3,,{short},,,C,1,{added},,{ended},N" for code, short, added, ended in rows)]
    )


def mue(*limits):
    return "\n".join([MUE_HEADER, *(f"{line.split()[0]},{line.split()[1]},1 Line Edit,Data" for line in limits)])


def days(model, **key):
    rows = model.objects.live().filter(**key).order_by("since")
    return [(row.since and row.since.isoformat(), row.until and row.until.isoformat()) for row in rows]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_layout_goes_in_whole_and_only_once(imported, sample):
    first = imported(sample.kind, sample.name, sample.content)
    editions = EditionRow.objects.count()
    assert first.counts == {ADDED: sample.rows}
    again = imported(sample.kind, sample.name, sample.content)
    assert (again.counts, again.writes, again.recorded) == ({UNCHANGED: sample.rows}, False, False)
    assert EditionRow.objects.count() == editions
    assert not StagedRow.objects.exists()


def test_a_row_says_where_it_comes_from(imported):
    imported("asp-limits", samples.ASP.name, samples.ASP.content)
    row = AspLimit.objects.live().get(code="J3420")
    assert (row.since, row.until, row.origin) == (date(2026, 1, 1), date(2026, 3, 31), "imported")
    assert row.source.name == samples.ASP.name
    assert len(row.source.sha256) == 64
    assert row.published_in == EditionRow.objects.first()
    assert row.source.edition == row.published_in


def test_a_dry_run_tells_the_difference_and_writes_nothing(imported):
    before = EditionRow.objects.count()
    difference = imported("asp-limits", samples.ASP.name, samples.ASP.content, dry_run=True)
    assert difference.counts == {ADDED: 4}
    assert not AspLimit.objects.exists()
    assert not SourceFile.objects.exists()
    assert EditionRow.objects.count() == before


def test_a_refused_file_writes_nothing(imported):
    with pytest.raises(Refused, match="line 9"):
        imported("asp-limits", samples.ASP.name, samples.ASP.text.replace("0.638", "cheap"))
    assert not AspLimit.objects.exists()
    assert not SourceFile.objects.exists()
    assert not StagedRow.objects.exists()


def test_two_lines_that_contradict_each_other_are_refused(imported):
    with pytest.raises(Refused, match=r"line 3: J3420 stands on line 2 already, with other content"):
        imported("mue", "mue_2026q3.csv", mue("J3420 1", "J3420 2"))


def test_a_line_that_stands_twice_counts_once(imported):
    difference = imported("mue", "mue_2026q3.csv", mue("J3420 1", "J3420 1"))
    assert (difference.counts, difference.repeated) == ({ADDED: 1}, 1)


class TestCodes:
    """HCPCS: by add and termination dates, never reopened."""

    def test_a_code_that_ended_is_closed_by_a_new_row(self, imported):
        imported("hcpcs", "HCPC2024_JAN.csv", hcpcs("J1030 Old 19860101 -"))
        difference = imported("hcpcs", "HCPC2024_APR.csv", hcpcs("J1030 Old 19860101 20240331", "J1010 New 20240401 -"))
        assert difference.counts == {CHANGED: 1, ADDED: 1}
        assert days(HcpcsCode, code="J1030") == [("1986-01-01", "2024-03-31")]
        withdrawn = HcpcsCode.objects.get(code="J1030", until=None)
        assert withdrawn.withdrawn_in == HcpcsCode.objects.get(code="J1010").published_in

    def test_an_older_edition_can_still_be_seen(self, imported):
        imported("hcpcs", "HCPC2024_JAN.csv", hcpcs("J1030 Old 19860101 -"))
        before = EditionRow.objects.first().pk
        imported("hcpcs", "HCPC2024_APR.csv", hcpcs("J1030 Old 19860101 20240331"))
        assert HcpcsCode.objects.as_of(before).get().until is None
        assert HcpcsCode.objects.as_of(EditionRow.objects.first().pk).get().until == date(2024, 3, 31)
        assert not HcpcsCode.objects.on(date(2024, 4, 1)).exists()

    def test_what_is_closed_is_not_reopened(self, imported):
        imported("hcpcs", "HCPC2024_APR.csv", hcpcs("J1030 Old 19860101 20240331"))
        difference = imported("hcpcs", "HCPC2026_JUL.csv", hcpcs("J1030 Old 19860101 -"))
        assert difference.counts == {REFUSED: 1}
        assert "it ended on 2024-03-31, and an import reopens nothing" in difference.examples[REFUSED][0]
        assert days(HcpcsCode, code="J1030") == [("1986-01-01", "2024-03-31")]

    def test_presence_in_a_bare_list_makes_nothing_active(self, imported):
        imported("hcpcs", "HCPC2024_APR.csv", hcpcs("J1030 Old 19860101 20240331", "J1010 New 20240401 -"))
        difference = imported("hcpcs", samples.BARE.name, samples.BARE.content)
        assert difference.counts == {UNCHANGED: 1, REFUSED: 2}
        assert not difference.writes
        assert days(HcpcsCode, code="J1030") == [("1986-01-01", "2024-03-31")]
        assert not HcpcsCode.objects.filter(code="J3420").exists()
        assert SourceFile.objects.count() == 1

    def test_a_code_that_a_complete_file_leaves_out_has_ended(self, imported):
        imported("hcpcs", "HCPC2024_JAN.csv", hcpcs("J1030 Old 19860101 -", "J3420 B12 19820101 -"))
        difference = imported("hcpcs", "HCPC2026_JUL.csv", hcpcs("J3420 B12 19820101 -"))
        assert difference.counts == {UNCHANGED: 1, ENDED: 1}
        assert days(HcpcsCode, code="J1030") == [("1986-01-01", "2026-06-30")]

    def test_an_excerpt_ends_nothing(self, imported):
        imported("hcpcs", "HCPC2024_JAN.csv", hcpcs("J1030 Old 19860101 -"))
        difference = imported("hcpcs", "HCPC2026_JUL.csv", hcpcs("J3420 B12 19820101 -"), excerpt=True)
        assert difference.counts == {ADDED: 1}
        assert days(HcpcsCode, code="J1030") == [("1986-01-01", None)]

    def test_an_older_file_that_comes_later_reopens_nothing(self, imported):
        imported("hcpcs", "HCPC2026_JUL.csv", hcpcs("J3420 B12 19820101 -"))
        imported("hcpcs", "HCPC2024_JAN.csv", hcpcs("J1030 Old 19860101 -", "J3420 B12 19820101 -"))
        assert days(HcpcsCode, code="J1030") == [("1986-01-01", "2026-06-30")]
        assert days(HcpcsCode, code="J3420") == [("1982-01-01", None)]

    def test_a_file_that_would_end_too_many_is_taken_for_cut_off(self, imported):
        codes = [f"J{number:04} Drug 20200101 -" for number in range(40)]
        imported("hcpcs", "HCPC2024_JAN.csv", hcpcs(*codes))
        with pytest.raises(Refused, match="does not name 20 of 40 that are in force"):
            imported("hcpcs", "HCPC2026_JUL.csv", hcpcs(*codes[:20]))
        assert HcpcsCode.objects.on(date(2026, 7, 1)).count() == 40
        difference = imported("hcpcs", "HCPC2026_JUL.csv", hcpcs(*codes[:20]), complete=True)
        assert difference.counts == {UNCHANGED: 20, ENDED: 20}

    def test_a_line_that_ends_before_it_begins_is_left_out_and_told(self, imported):
        difference = imported("hcpcs", "HCPC2026_JUL.csv", hcpcs("J3420 B12 20200101 20190101", "J1010 New 20240401 -"))
        assert difference.counts == {ADDED: 1, REFUSED: 1}
        assert "before it begins" in difference.examples[REFUSED][0]


class TestLimits:
    """Units: a limit holds until a later file says otherwise."""

    def test_another_limit_closes_the_old_and_opens_the_new(self, imported):
        imported("mue", "mue_2024q3.csv", mue("J3420 1", "96372 4"))
        difference = imported("mue", "mue_2026q3.csv", mue("J3420 2", "96372 4"))
        assert difference.counts == {CHANGED: 1, UNCHANGED: 1}
        assert difference.examples[CHANGED] == ["line 2: J3420: units 1 → 2"]
        assert days(MueLimit, code="J3420") == [("2024-07-01", "2026-06-30"), ("2026-07-01", None)]
        assert days(MueLimit, code="96372") == [("2024-07-01", None)]

    def test_a_quarter_that_changes_nothing_is_still_a_quarter_that_was_looked_at(self, imported):
        imported("mue", "mue_2024q3.csv", mue("J3420 1"))
        difference = imported("mue", "mue_2024q4.csv", mue("J3420 1"))
        assert (difference.writes, difference.recorded) == (False, True)
        spoken = SourceFile.objects.order_by("since").values_list("since", "until")
        assert list(spoken) == [(date(2024, 7, 1), date(2024, 9, 30)), (date(2024, 10, 1), date(2024, 12, 31))]

    def test_files_may_come_in_any_order(self, imported):
        imported("mue", "mue_2026q3.csv", mue("J3420 2"))
        imported("mue", "mue_2024q3.csv", mue("J3420 1", "J1030 9"))
        assert days(MueLimit, code="J3420") == [("2024-07-01", "2026-06-30"), ("2026-07-01", None)]
        assert days(MueLimit, code="J1030") == [("2024-07-01", "2026-06-30")]
        assert not imported("mue", "mue_2026q3.csv", mue("J3420 2")).writes


class TestPrices:
    """Prices end with their quarter: a neighbouring quarter is not an answer."""

    def test_each_quarter_has_its_own(self, imported):
        imported("asp-limits", "first.csv", samples.ASP.content)
        second = samples.ASP.text.replace("January 1, 2026 through March 31", "April 1, 2026 through June 30")
        difference = imported("asp-limits", "second.csv", second)
        assert difference.counts == {ADDED: 4}
        assert days(AspLimit, code="J3420") == [("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30")]
        assert not AspLimit.objects.on(date(2026, 7, 1)).exists()

    def test_a_corrected_file_replaces_what_it_corrects(self, imported):
        imported("asp-limits", "first.csv", samples.ASP.content)
        lines = [line.replace("0.638", "0.700") for line in samples.ASP.lines if not line.startswith("A9606")]
        difference = imported("asp-limits", "restated.csv", "\n".join(lines).encode("cp1252"))
        assert difference.counts == {UNCHANGED: 2, CHANGED: 1, ENDED: 1}
        assert difference.examples[CHANGED] == ["line 7: J3420: amount 0.638 → 0.700"]
        kept = AspLimit.objects.filter(code="J3420").order_by("pk").values_list("amount", "withdrawn_in")
        assert list(kept) == [(Decimal("0.638"), EditionRow.objects.first().pk), (Decimal("0.700"), None)]
        assert days(AspLimit, code="A9606") == []

    def test_a_file_may_come_back_after_its_correction(self, imported):
        imported("asp-limits", "first.csv", samples.ASP.content)
        imported("asp-limits", "restated.csv", samples.ASP.text.replace("0.638", "0.700").encode("cp1252"))
        assert imported("asp-limits", "first.csv", samples.ASP.content).counts == {UNCHANGED: 3, CHANGED: 1}
        assert AspLimit.objects.live().get(code="J3420").amount == Decimal("0.638")
        assert not imported("asp-limits", "first.csv", samples.ASP.content).writes


class TestPairs:
    def test_official_dates_replace_those_before_memory(self, imported):
        csv = "\n".join((samples.NCCI_CSV.lines[0], "96372,99211,*,0,Misuse of Column Two code with Column One code"))
        imported("ncci-pairs", "ptp_2024q3.csv", csv)
        assert days(NcciPair, column1="96372") == [(None, None)]
        text = samples.NCCI_TEXT.text.replace("99211\t*\t", "99211\t\t")
        imported("ncci-pairs", samples.NCCI_TEXT.name, text)
        assert days(NcciPair, column1="96372") == [("1996-01-01", None)]
        assert not imported("ncci-pairs", "ptp_2024q3.csv", csv).writes

    def test_another_indicator_counts_from_the_quarter_that_brings_it(self, imported):
        imported("ncci-pairs", "ccipra-v321r0-f1.txt", samples.NCCI_TEXT.content)
        text = samples.NCCI_TEXT.text.replace("*\t19960101\t*\t0", "*\t19960101\t*\t1")
        difference = imported("ncci-pairs", "ccipra-v322r0-f1.txt", text)
        assert difference.counts == {CHANGED: 1, UNCHANGED: 3}
        assert days(NcciPair, column1="96372") == [("1996-01-01", "2026-06-30"), ("2026-07-01", None)]
        assert not imported("ncci-pairs", "ccipra-v322r0-f1.txt", text).writes


class TestWhatWasPublishedStays:
    @pytest.fixture(autouse=True)
    def rows(self, imported):
        imported("mue", "mue_2024q3.csv", mue("J3420 1"))

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE billing_muelimit SET units = 9",
            "UPDATE billing_muelimit SET until = '2024-12-31'",
            "UPDATE billing_muelimit SET units = 9, withdrawn_in_id = published_in_id",
            "DELETE FROM billing_muelimit",
            "TRUNCATE billing_muelimit",
            "DELETE FROM billing_sourcefile",
        ],
    )
    def test_the_database_refuses_to_edit_it(self, statement):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_a_row_is_withdrawn_once(self):
        edition = EditionRow.objects.first().pk
        assert MueLimit.objects.update(withdrawn_in=edition) == 1
        with pytest.raises(Error), transaction.atomic():
            MueLimit.objects.update(withdrawn_in=None)

    def test_two_live_rows_of_a_key_never_share_a_day(self):
        row = MueLimit.objects.get()
        row.pk, row.since = None, date(2025, 1, 1)
        with pytest.raises(Error), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_what_is_imported_is_committed_as_the_application_s_role(imported):
    """Deferred keys (rows are written before their edition) are checked when the transaction ends."""
    imported("mue", "mue_2024q3.csv", mue("J3420 1"))
    connection.close()
    assert MueLimit.objects.live().get().published_in == EditionRow.objects.first()
    assert not StagedRow.objects.exists()
