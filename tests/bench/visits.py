"""Visits as a clinic sees them on an ordinary day: one or two doses, a payer, sometimes a visit beside them."""

from __future__ import annotations

from billing.context import BillingContext
from injections.facts import Administration, Encounter, Service
from tests.builders import amount, context, dose, payer, vial, visit

Asked = tuple[Encounter, BillingContext]

B12 = dose("cyanocobalamin", "1000 mcg", diagnoses=("E53.8",))
SECOND_B12 = dose("cyanocobalamin", "1000 mcg", id="2", diagnoses=("E53.8",), side="right")
CEFTRIAXONE = dose("ceftriaxone", "500 mg", diagnoses=("A54.9",))
LIDOCAINE = dose("lidocaine", "10 mg", id="2", purpose="diluent", syringe="A", diagnoses=("A54.9",))
TESTOSTERONE = dose(
    "testosterone-cypionate",
    "80 mg",
    package=vial("100 mg", volume="1 mL"),
    discarded=amount("20 mg"),
    diagnoses=("E29.1",),
)
DENOSUMAB = dose("denosumab", "60 mg", route="SC", diagnoses=("M81.0",))
DEPO = dose("medroxyprogesterone", "150 mg", diagnoses=("Z30.42",))
FLU = dose("influenza-vaccine", "0.5 mL", diagnoses=("Z23",))
KNEE = dose("triamcinolone", "40 mg", route="intra-articular", site="knee", side="right", diagnoses=("M17.11",))
WITH_VISIT = (Service("99213", separately_identifiable=True),)


def asked(*doses: Administration, of: str, services: tuple[Service, ...] = ()) -> Asked:
    return visit(*doses, services=services), context(payer(of))


TYPICAL: tuple[Asked, ...] = (
    asked(B12, of="medicare"),
    asked(B12, of="commercial"),
    asked(dose(), of="commercial", services=WITH_VISIT),
    asked(dose(), SECOND_B12, of="medicare"),
    asked(CEFTRIAXONE, LIDOCAINE, of="medicaid"),
    asked(TESTOSTERONE, of="medicare"),
    asked(DENOSUMAB, of="medicare-advantage"),
    asked(DEPO, of="medicaid"),
    asked(FLU, SECOND_B12, of="commercial"),
    asked(KNEE, of="medicare", services=WITH_VISIT),
)
