"""`manage.py import_reference`: what a person reads."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from billing.models import AspLimit
from tests.billing.imports import samples

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("import_reference", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / samples.ASP.name
    path.write_bytes(samples.ASP.content)
    return str(path)


def test_prints_the_difference(file):
    said = run("asp-limits", file)
    assert "asp-limits, days of service from 2026-01-01 to 2026-03-31" in said
    assert "4 added" in said
    assert said.endswith("Imported.\n")


def test_has_nothing_to_do_the_second_time(file):
    run("asp-limits", file)
    assert run("asp-limits", file).endswith("Nothing to do.\n")


def test_can_be_tried_first(file):
    assert run("asp-limits", file, "--dry-run").endswith("Dry run: nothing was written.\n")
    assert not AspLimit.objects.exists()


def test_refuses_in_a_plain_sentence(file):
    with pytest.raises(CommandError, match=r"line 5: expected the header 'HCPCS', found .* Nothing was imported\."):
        run("fee-schedule", file, "--since", "2026-01-01")


def test_says_that_a_file_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="the file cannot be read: No such file"):
        run("mue", str(tmp_path / "nowhere.csv"), "--since", "2026-01-01")
