"""What somebody who orders should know: the drug's own limits, and what the checks would say of this dose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, QuerySet

from injections import facts
from injections.chart.reading import history
from injections.checks import allergy, dose, interval
from injections.facts.schedule import listed
from injections.findings import Finding, Severity
from injections.formulary import spelling
from injections.models import Encounter, Order, Patient, Product, Staff
from injections.quantity import Quantity
from injections.reading import drug
from injections.routes import ROUTES

MOST_USED = 8
#: the ways to give a drug that nobody has named yet
COMMON_ROUTES = ("IM", "SC", "ID")
BEFORE_ORDERING = (*allergy.CHECKS, *dose.CHECKS, *interval.CHECKS)


def drugs() -> QuerySet[Product]:
    """What can be ordered today."""
    return Product.objects.filter(withdrawn_on__isnull=True).exclude(classes__contains=["diluent"])


def most_ordered(by: Staff) -> QuerySet[Product]:
    """What this practice orders most, to choose with one tap."""
    counted = Order.objects.for_user(by).values("product").annotate(times=Count("pk")).order_by("-times")
    return drugs().filter(pk__in=[row["product"] for row in counted[:MOST_USED]])


def named(text: str) -> list[Product]:
    """The drugs that the text names: by generic name, brand or synonym; else those whose names hold it."""
    wanted, exact, close = spelling(text), [], []
    for product in drugs():
        names = {spelling(name) for name in (product.name, product.display, *product.brands, *product.synonyms)}
        if wanted in names:
            exact.append(product)
        elif len(wanted) >= 3 and any(wanted in name for name in names):
            close.append(product)
    return exact or close


def warnings(
    patient: Patient, product: facts.Product, doses: Sequence[Quantity], route: str, day: date
) -> Sequence[Finding]:
    """What the chart's own checks would say if any of these doses were given on that day, each thing once."""
    earlier = tuple(history(Encounter(patient=patient, date=day)))
    found: dict[tuple[str, str], Finding] = {}
    for amount in doses:
        asked = facts.Order(dose=amount, route=route)
        imagined = facts.Administration(
            id="order", drug=product.key, product=product, dose=amount, route=route, order=asked
        )
        about = patient.as_fact(day)
        visit = facts.Encounter(date=day, patient=about, administrations=(imagined,), history=earlier)
        said = [finding for check in BEFORE_ORDERING for finding in check(visit)]
        found |= {(finding.rule, finding.because): finding for finding in said}
    return [finding for finding in found.values() if finding.severity is not Severity.INFO]


def unconfirmed(product: facts.Product) -> str:
    """What an order goes by and nobody has confirmed yet, in words; nothing where all of it is."""
    found = drug.unconfirmed_for_ordering(product)
    return listed(found) if found else ""


def routes_of(product: facts.Product | None) -> list[str]:
    """The ways this drug may be given, the usual one first; the common ones while nobody has named the drug."""
    given_by = product.routes if product is not None and product.routes else COMMON_ROUTES
    return [route.key for route in ROUTES if route.key in given_by]
