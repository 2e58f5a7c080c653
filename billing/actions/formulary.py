"""Drugs, codings and packages into the chart's rows, whose models are asked for by name and never imported."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from injections.chart import product_details
from injections.facts import Coding, Package, Product
from injections.quantity import Quantity

SHIPPED = "shipped"
BATCH = 2000


def load_products(products: Iterable[Product]) -> dict[str, int]:
    """Products and packages keep their rows, because doses point at them; codings are written anew."""
    products = tuple(products)
    ids = store("Product", "key", [product_columns(product) for product in products])
    packages = [{"product_id": ids[p.key], **package_columns(k)} for p in products for k in p.packages]
    codings = [{"product_id": ids[p.key], **coding_columns(c)} for p in products for c in p.codings]
    store("Package", "ndc", packages)
    retire(set(ids) - {p.key for p in products}, {columns["ndc"] for columns in packages})
    Row = apps.get_model("injections", "Coding")
    Row.objects.filter(origin=SHIPPED).delete()
    Row.objects.bulk_create([Row(**columns) for columns in codings], batch_size=BATCH)
    return {"products": len(products), "codings": len(codings), "packages": len(packages)}


def retire(unknown: set[str], packages: set[str]) -> None:
    """What ships no longer: drugs are withdrawn; packages go, unless a dose or a lot points at them."""
    shipped = apps.get_model("injections", "Product").objects.filter(origin=SHIPPED, withdrawn_on=None)
    shipped.filter(key__in=unknown).update(withdrawn_on=timezone.localdate())
    gone = apps.get_model("injections", "Package").objects.filter(origin=SHIPPED).exclude(ndc__in=packages)
    for package in gone:
        with suppress(models.ProtectedError), transaction.atomic():
            package.delete()


def store(model: str, key: str, rows: list[dict[str, Any]]) -> dict[str, int]:
    """Insert or update by the row's own key; answers key -> id."""
    Row: type[models.Model] = apps.get_model("injections", model)
    changing = [name for name in rows[0] if name != key] if rows else []
    Row._default_manager.bulk_create(
        [Row(**columns) for columns in rows],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=[key],
        update_fields=[name.removesuffix("_id") for name in changing],
    )
    return dict(Row._default_manager.values_list(key, "pk"))


def product_columns(product: Product) -> dict[str, Any]:
    return {
        "key": product.key,
        "name": product.name,
        "display": product.display,
        "brands": list(product.brands),
        "synonyms": list(product.synonyms),
        "classes": sorted(product.classes),
        "routes": sorted(product.routes),
        "details": product_details(product),
        "origin": SHIPPED,
        "withdrawn_on": None,
    }


def coding_columns(coding: Coding) -> dict[str, Any]:
    return {
        "code": coding.code,
        **amount_columns("unit_amount", "unit", coding.amount),
        "up_to": coding.up_to,
        "routes": sorted(coding.routes),
        "payer_kinds": sorted(coding.payer_kinds),
        "since": coding.since,
        "until": coding.until,
        "source": coding.source,
    }


def package_columns(package: Package) -> dict[str, Any]:
    return {
        "ndc": package.ndc,
        "labeler": package.labeler,
        "brand": package.brand,
        "container": package.container,
        "form": package.form,
        **amount_columns("holds_amount", "holds_unit", package.holds),
        "volume_ml": package.volume.amount if package.volume else None,
        "single_dose": package.single_dose,
        "since": package.since,
        "until": package.until,
        "source": package.source,
    }


def amount_columns(amount: str, unit: str, quantity: Quantity | None) -> dict[str, Any]:
    return {amount: quantity.amount if quantity else None, unit: quantity.unit if quantity else ""}
