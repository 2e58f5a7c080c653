"""Rows say what the files say, and loading again changes nothing."""

from dataclasses import replace
from datetime import date

import pytest

from billing.actions.reference import load
from billing.loading import HERE, rows, shipped_reference
from billing.loading.archive import ArchiveError
from billing.loading.edition import edition_of
from billing.models import Demand, EditionRow, Payer, ShippedFiles, SourceFile
from billing.models.rows import Origin
from billing.reference import payers
from injections.models import Package, Product
from tests.factories import PracticeFactory

pytestmark = pytest.mark.django_db

TABLES = ("places", "pairs", "limits", "prices", "replacements", "self_given", "diagnoses", "periods")


def by_ndc(product):
    """Packages have no order of their own."""
    return replace(product, packages=tuple(sorted(product.packages, key=lambda package: package.ndc)))


@pytest.mark.parametrize("table", TABLES)
def test_tables_read_from_rows_equal_those_read_from_files(table):
    assert getattr(rows.reference(), table) == getattr(shipped_reference(), table)


def test_payers_read_from_rows_equal_those_read_from_files():
    assert rows.reference().payers == shipped_reference().payers


def test_products_read_from_rows_equal_those_read_from_files():
    found = [by_ndc(product) for product in rows.reference().products.products]
    assert found == [by_ndc(product) for product in shipped_reference().products.products]


def test_edition_is_one_fingerprint_where_rules_and_rows_came_together():
    ours = edition_of(HERE)
    EditionRow.objects.create(digest=ours)
    assert rows.edition() == ours


def test_edition_tells_rows_that_were_loaded_under_other_rules():
    EditionRow.objects.create(digest="0123456789abcdef")
    assert rows.edition() == f"{edition_of(HERE)}+0123456789abcdef"


def test_an_edition_leads_back_to_the_load_that_it_names():
    old = EditionRow.objects.create(digest="0123456789abcdef")
    EditionRow.objects.create(digest="fedcba9876543210")
    assert rows.edition_named(f"{edition_of(HERE)}+0123456789abcdef") == old
    assert rows.reference(as_of=old.pk).edition == f"{edition_of(HERE)}+0123456789abcdef"
    assert rows.edition_named("somebody-elses") is None


def test_loading_again_changes_nothing():
    before = rows.reference()
    products = list(Product.objects.order_by("pk").values())
    load(shipped_reference())
    assert list(Product.objects.order_by("pk").values()) == products
    assert rows.reference().payers == before.payers


def test_what_ships_no_longer_is_withdrawn_and_what_a_practice_added_stays():
    Product.objects.create(key="house-mix", name="house mix", display="house mix", origin=Origin.PRACTICE)
    Product.objects.create(key="gone", name="gone", display="gone")
    Package.objects.create(product=Product.objects.get(key="gone"), ndc="99999-9999-99")
    load(shipped_reference())
    assert Product.objects.get(key="gone").withdrawn_on is not None
    assert Product.objects.get(key="house-mix").withdrawn_on is None
    assert not Package.objects.filter(ndc="99999-9999-99").exists()


def test_a_demand_that_a_practice_added_survives_a_load():
    commercial = Payer.objects.get(key="commercial")
    Demand.objects.create(payer=commercial, key="house-rule", value=["a", "b"], origin=Origin.PRACTICE)
    load(shipped_reference())
    found = rows.read_payers()["commercial"]
    assert payers.Demand("house-rule", ("a", "b")) in found.demands


def test_a_practice_sees_its_own_payers_and_nobody_elses():
    practice, other = PracticeFactory(), PracticeFactory()
    follows = Payer.objects.get(key="commercial")
    Payer.objects.create(practice=practice, key="acme", name="Acme Health", kind="commercial", follows=follows)
    assert rows.read_payers(practice.pk)["acme"].follows.key == "commercial"
    assert "acme" not in rows.read_payers(other.pk)
    assert "acme" not in rows.read_payers()


def test_what_shipped_then_answers_for_an_old_edition():
    then = EditionRow.objects.first()
    later = replace(shipped_reference(), edition="0123456789abcdef", prices={}, payers={})
    load(later)
    assert rows.reference().prices == {}
    old = rows.reference(as_of=then.pk)
    assert old.prices == shipped_reference().prices
    assert old.payers["medicare"] == shipped_reference().payers["medicare"]
    assert old.products.products == shipped_reference().products.products
    assert rows.reference(as_of=EditionRow.objects.first().pk).prices == {}


def test_files_that_this_release_cannot_read_are_named():
    then = EditionRow.objects.create(digest="fedcba9876543210")
    ShippedFiles.objects.create(edition=then, digest=then.digest, content=b"no folder")
    load(replace(shipped_reference(), edition="0123456789abcdef"))
    with pytest.raises(ArchiveError, match="the files of edition fedcba9876543210 cannot be read"):
        rows.reference(as_of=then.pk)


def test_loading_after_an_import_makes_an_edition_of_both():
    SourceFile.objects.create(
        table="mue",
        name="m.csv",
        sha256="0" * 64,
        since=date(2026, 7, 1),
        whole=True,
        edition=EditionRow.objects.first(),
    )
    load(replace(shipped_reference(), edition="0123456789abcdef"))
    assert EditionRow.objects.first().digest != "0123456789abcdef"
    count = EditionRow.objects.count()
    load(replace(shipped_reference(), edition="0123456789abcdef"))
    assert EditionRow.objects.count() == count
