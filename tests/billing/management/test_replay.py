"""The command: what people and machines read, what it refuses, files that are tried, and old answers asked again."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, Max

from billing.models import EditionRow, Review
from config.transactions import acting
from tests.billing.drafting import LINE_MODIFIER, SINCE, UNIT, written
from tests.billing.signing import signed
from tests.factories import CodingFactory

pytestmark = pytest.mark.django_db


def run(**how):
    out, err = StringIO(), StringIO()
    call_command("replay", stdout=out, stderr=err, since=SINCE, **how)
    return out.getvalue()


def everything():
    """How many rows stand in each table, and the newest."""
    models = [m for app in ("billing", "injections") for m in apps.get_app_config(app).get_models()]
    return {m._meta.label: m._default_manager.aggregate(Count("pk"), Max("pk")) for m in models}


def test_nothing_is_written(tmp_path):
    signed("medicaid")
    before = everything()
    assert "1 differ" in run(draft=written(tmp_path, LINE_MODIFIER))
    run(json=True)
    assert everything() == before


def test_people_read_counts_then_the_lines_before_and_after(tmp_path):
    signed("medicare")
    mine = signed("medicaid")
    said = run(draft=written(tmp_path, LINE_MODIFIER))
    assert said.startswith("Visits: 1 unchanged, 1 differ\n")
    assert "By rule" in said
    assert "  medicaid: visits 1, lines 1, units +0" in said
    assert f"visit {mine.pk} of 2026-10-06, medicaid" in said
    assert "-> 96372" in said
    assert "and 1 more;" in run(draft=written(tmp_path, LINE_MODIFIER), show=0)


def test_machines_read_a_line_for_each_difference_then_the_counts(tmp_path):
    mine = signed("medicaid")
    difference, last = map(json.loads, run(draft=written(tmp_path, LINE_MODIFIER), json=True).splitlines())
    assert (difference["encounter"], difference["day"]) == (mine.pk, "2026-10-06")
    assert difference["lines"][0]["after"]["code"] == "96372"
    (line,) = difference["lines"]
    assert (line["units"], line["dollars"], line["rule"]) == (0, None, "modifiers.modifier_of_the_payer")
    assert (last["totals"]["unchanged"], last["totals"]["differ"]) == (0, 1)


@pytest.mark.parametrize(
    "text", ["key = ", 'key = "medicare"\nwhat = 1', 'key = "nobody"', 'key = "medicare"\nfollows = "nobody"']
)
def test_a_draft_that_cannot_be_read_is_refused_with_its_path(tmp_path, text):
    path = written(tmp_path, text)
    with pytest.raises(CommandError) as refused:
        run(draft=path)
    assert str(refused.value).startswith(f"{path}: ")


def test_a_drug_that_nobody_loaded_is_refused_with_path_and_place(tmp_path):
    path = written(tmp_path, UNIT.replace("fictamine", "fictamin"))
    with pytest.raises(CommandError) as refused:
        run(draft=path)
    assert str(refused.value) == f"{path}: coding[0].drug: 'fictamin' is no drug of the formulary"


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"kind": "mue"}, "needs the file"),
        ({"draft": Path("next.xlsx")}, "say --kind too"),
        ({"workers": 0}, "between 1 and 64"),
        ({"draft": Path("absent.csv"), "kind": "mue"}, "absent.csv: "),
    ],
)
def test_what_cannot_be_tried_is_refused(how, said):
    with pytest.raises(CommandError, match=said):
        run(**how)


@pytest.mark.django_db(transaction=True)
def test_several_processes_find_what_one_finds(tmp_path, monkeypatch):
    from billing.actions import side_by_side

    monkeypatch.setattr(side_by_side, "PART", 2)
    for payer in ("medicaid", "medicare", "medicaid", "commercial", "medicaid"):
        signed(payer)
    alone = run(draft=written(tmp_path, LINE_MODIFIER), json=True)
    assert run(draft=written(tmp_path, LINE_MODIFIER), json=True, workers=2) == alone
    assert alone.count("modifiers.modifier_of_the_payer") >= 3


# --- the file of a public table ---

QUARTER = Path(__file__).resolve().parents[4] / "shared" / "data" / "asp" / "asp_payment_limit_2026Q1.csv"


@pytest.fixture
def quarter(tmp_path):
    """The rows of a real quarter, said to be those of the quarter of the visits."""
    said, wanted = b"January 1, 2026 through March 31, 2026", b"October 1, 2026 through December 31, 2026"
    content = QUARTER.read_bytes()
    assert content.count(said) == 1
    path = tmp_path / "next-quarter.csv"
    path.write_bytes(content.replace(said, wanted))
    return path


@pytest.mark.skipif(not QUARTER.is_file(), reason="the official files are not in this checkout")
def test_a_whole_file_is_tried_and_nothing_of_it_stays(quarter):
    CodingFactory()
    mine, before = signed("medicare"), everything()
    with connection.cursor() as cursor:  # signing checked at once; a command begins a transaction of its own
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    said = run(draft=quarter, kind="asp-limits", json=True)
    difference, last = map(json.loads, said.splitlines())
    (move,) = difference["lines"]
    assert (difference["encounter"], move["rule"], move["after"]["code"]) == (mine.pk, "price", "J3420")
    assert (move["before"]["expected"], move["after"]["expected"]) == (None, "0.64")
    assert last["totals"]["by_rule"]["price"] == {"visits": 1, "lines": 1, "units": 0, "dollars": "0", "unpriced": 1}
    assert everything() == before


def test_a_file_of_another_table_is_refused_with_its_path(tmp_path):
    path = tmp_path / "next.csv"
    path.write_text("HCPCS Code,Something else\nJ3420,1\n")
    with pytest.raises(CommandError, match=f"{path}: "):
        run(draft=path, kind="asp-limits")


# --- old answers ---


def asked_again(**how):
    out = StringIO()
    call_command("replay", review=Review.objects.get().pk, stdout=out, **how)
    return out.getvalue()


def test_an_old_answer_is_found_from_outside_of_every_practice():
    """A command line acts for nobody: rows of a practice are hidden until it is named."""
    signed("medicare")
    number, out = Review.objects.get().pk, StringIO()
    with acting(None, None):
        assert not Review.objects.exists()
        call_command("replay", review=number, stdout=out)
    assert out.getvalue().startswith(f"answer {number} of ")


def test_an_old_answer_is_shown_and_asked_again():
    signed("medicare")
    said = asked_again()
    assert said.startswith(f"answer {Review.objects.get().pk} of ")
    assert "96372" in said
    assert said.rstrip().endswith("as it stands today: the same")


def test_an_old_answer_is_asked_under_another_load():
    signed("medicare")
    newest = EditionRow.objects.first()
    said = asked_again(as_of=newest.digest[:6])
    assert f"under the tables of {newest.loaded_at:%Y-%m-%d}: the same" in said


@pytest.mark.parametrize(
    ("how", "said"), [({"as_of": "zzz"}, "zzz names no edition"), ({"review": 0}, "no stored answer 0")]
)
def test_what_was_never_stored_cannot_be_asked(how, said):
    signed("medicare")
    with pytest.raises(CommandError, match=said):
        call_command("replay", **{"review": Review.objects.get().pk, **how})
