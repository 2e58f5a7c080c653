"""Whatever is charted, the checks answer: they never raise, and they never depend on how they are asked."""

from dataclasses import fields, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from injections.checks import CHECKS, examine
from injections.facts import Administration, Encounter, Waiver
from injections.findings import Gate
from injections.formulary import formulary
from tests.injections.checks import cases_care, cases_drug, cases_record
from tests.injections.checks.visits import dose, visit
from tests.injections.strategies import ENCOUNTERS, any_of

THOROUGH = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
PRODUCTS = st.sampled_from(formulary().products)
SPEAKS = [*cases_care.SPEAKS, *cases_drug.SPEAKS, *cases_record.SPEAKS]
SILENT = [*cases_care.SILENT, *cases_drug.SILENT, *cases_record.SILENT]
FACTS = [field.name for field in fields(Administration) if field.name not in ("id", "product")]


@st.composite
def visits_gone_wrong(draw):
    """The routine visit with a real product and a few facts of the dose replaced by anything of their type."""
    shape = {field.name: field for field in fields(Administration)}
    hints = any_hints()
    changed = draw(st.lists(st.sampled_from(FACTS), min_size=1, max_size=4, unique=True))
    changes = {name: draw(any_of(hints[name])) for name in changed if name in shape}
    product = draw(st.none() | PRODUCTS)
    return visit(dose(**({"product": product, "drug": product.name if product else "x"} | changes)))


def any_hints():
    from typing import get_type_hints

    return get_type_hints(Administration)


@THOROUGH
@given(ENCOUNTERS)
def test_no_visit_is_too_odd(encounter):
    examine(encounter)


@THOROUGH
@given(visits_gone_wrong())
def test_no_mistake_is_too_odd(encounter):
    examine(encounter)


@THOROUGH
@given(visits_gone_wrong(), st.randoms(use_true_random=False))
def test_the_order_of_the_checks_never_matters(encounter, random):
    shuffled = list(CHECKS)
    random.shuffle(shuffled)
    found = {finding for check in shuffled for finding in check(encounter)}
    assert found == set(examine(encounter))


@THOROUGH
@given(visits_gone_wrong())
def test_the_short_cut_by_traits_never_changes_what_is_found(encounter):
    assert examine(encounter) == tuple(finding for check in CHECKS for finding in check(encounter))


def test_the_short_cut_never_changes_what_is_found_about_the_twins():
    for case in (*SPEAKS, *SILENT):
        found = tuple(finding for check in CHECKS for finding in check(case.encounter))
        assert examine(case.encounter) == found, case


@THOROUGH
@given(visits_gone_wrong())
def test_a_true_record_can_always_be_signed(encounter):
    """With a reason for each thing that holds it up, nothing holds up the signature any more."""
    reasons = tuple(
        Waiver(finding.rule, "this is what happened")
        for finding in examine(encounter)
        if finding.gate in (Gate.GIVING, Gate.SIGNING)
    )
    answered = _with(encounter, reasons)
    assert not [finding for finding in examine(answered) if finding.blocks == "sign-off"]


def _with(encounter: Encounter, waivers: tuple[Waiver, ...]) -> Encounter:
    doses = tuple(replace(each, waivers=waivers) for each in encounter.administrations)
    return replace(encounter, administrations=doses)


def test_every_product_of_the_formulary_goes_by_its_own_names():
    from injections.checks.names import names_product, product_names

    for product in formulary().products:
        for name in product_names(product):
            assert names_product(name, product), (product.key, name)
