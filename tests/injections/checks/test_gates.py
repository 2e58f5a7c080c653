"""What a finding holds up, and what remains of it once somebody stated a reason (GATE-01)."""

from dataclasses import replace
from datetime import date

import pytest

from injections.checks import examine
from injections.facts import Status, Unobtainable, Waiver
from injections.findings import Gate, Owner, Severity, Until
from tests.injections.checks.cases_care import (
    CEFTRIAXONE,
    DIET,
    PREGNANT,
    allergic,
    asked,
    contraceptive,
    last,
    watched,
)
from tests.injections.checks.cases_drug import KETOROLAC, ketorolac
from tests.injections.checks.visits import case, dose, order, patient, product, q, said, vial, visit

STOPS = [
    case("vial.lot_expired", "", expires=date(2026, 10, 5)),
    case("vial.lot_recalled", "", recalled=True),
    case("vial.past_beyond_use", "", beyond_use=date(2026, 10, 5)),
    case("vial.lot_held", "", held="fridge at 14 °C"),
    case("vial.vial_of_another_drug", "", product=KETOROLAC),
    case("order.drug_not_as_ordered", "", order=order(drug="ketorolac")),
    case("order.route_not_as_ordered", "", order=order(route="SC")),
    case("order.order_expired", "", order=order(expires=date(2026, 1, 1))),
    case("order.order_stopped", "", order=order(stopped=date(2026, 10, 5))),
    case("order.order_paused", "", order=order(paused_until=date(2026, 10, 20))),
    case("order.order_used_up", "", order=order(kind="series", doses_planned=3, doses_given=3)),
    case("dose.dose_over_label_maximum", "", ketorolac("61 mg")),
    case("allergy.documented_allergy", "", allergic("Keflex", CEFTRIAXONE)),
    case("interval.too_early", "", last(date(2026, 10, 1))),
    case("screening.question_unanswered", "", asked(PREGNANT)),
    case("screening.answer_not_safe", "", asked(PREGNANT, pregnancy="yes")),
    case("site.route_not_for_drug", "", route="IV-push"),
    case("site.site_not_for_route", "", site="abdomen"),
]
NEVER_BILLED = {"vial.lot_expired", "vial.lot_recalled"}
HELD = NEVER_BILLED | {
    "vial.past_beyond_use",
    "vial.lot_held",
    "vial.vial_of_another_drug",
    "order.drug_not_as_ordered",
    "order.route_not_as_ordered",
    "order.order_expired",
    "order.order_stopped",
    "order.order_paused",
    "order.order_used_up",
}


def waived(encounter, rule, reason="the pharmacist agreed", by="Lee"):
    doses = [replace(a, waivers=(Waiver(rule, reason, by),)) for a in encounter.administrations]
    return replace(encounter, administrations=tuple(doses))


def test_an_early_contraceptive_shot_is_a_question_and_no_stop():
    found = said(contraceptive(date(2026, 7, 21)), "interval.too_early")
    assert [(f.gate, f.severity) for f in found] == [(Gate.NOTHING, Severity.WARNING)]


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_an_unsafe_act_is_stopped_before_it_happens(stop):
    for finding in said(stop.encounter, stop.rule):
        assert finding.gate is Gate.GIVING
        assert finding.severity is Severity.CRITICAL
        assert finding.blocks == "sign-off"
        assert finding.until is Until.PATIENT_LEAVES


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_with_a_reason_the_true_record_can_be_signed(stop):
    findings = said(waived(stop.encounter, stop.rule), stop.rule)
    assert findings, "the finding stays on the record"
    for finding in findings:
        assert finding.blocks != "sign-off"
        assert "the pharmacist agreed (Lee)" in finding.because
        if stop.rule in HELD:
            assert (finding.gate, finding.severity) == (Gate.CLAIM, Severity.CRITICAL)
        else:
            assert (finding.gate, finding.severity) == (Gate.NOTHING, Severity.WARNING)


@pytest.mark.parametrize("stop", STOPS, ids=str)
@pytest.mark.parametrize("reason", ["", "  "])
def test_an_empty_reason_is_none(stop, reason):
    assert said(waived(stop.encounter, stop.rule, reason), stop.rule)[0].gate is Gate.GIVING


def test_a_reason_for_one_stop_does_not_answer_another():
    both = visit(dose(expires=date(2026, 10, 5), recalled=True))
    assert said(waived(both, "vial.lot_expired"), "vial.lot_recalled")[0].gate is Gate.GIVING


def test_a_reason_for_one_dose_does_not_answer_the_other():
    first = dose(recalled=True, waivers=(Waiver("vial.lot_recalled", "given before the recall came"),))
    second = dose(id="2", side="right", recalled=True)
    gates = {f.administrations: f.gate for f in said(visit(first, second), "vial.lot_recalled")}
    assert gates == {("1",): Gate.CLAIM, ("2",): Gate.GIVING}


def test_an_expired_vial_says_that_it_is_never_billed():
    expired = waived(visit(dose(expires=date(2026, 10, 5))), "vial.lot_expired")
    assert "never billed" in said(expired, "vial.lot_expired")[0].summary


def test_a_gap_can_be_answered_where_the_fact_has_no_value_to_give():
    gone = waived(visit(dose(dose=None)), "completeness.dose_not_charted", "the syringe was lost")
    assert said(gone, "completeness.dose_not_charted")[0].gate is Gate.NOTHING


@pytest.mark.parametrize(
    "fact",
    "lot expires ndc manufacturer source route site side given_at given_by order identity_checked allergies_checked "
    "response discarded".split(),
)
def test_what_is_not_charted_refuses_the_signature_and_what_cannot_be_had_does_not(fact):
    bare = vial(ndc="", labeler="")
    silent = visit(dose(package=bare, **{fact: None}))
    stated = visit(dose(package=bare, **{fact: Unobtainable("it was dark")}))
    assert any(fact in f.fields and f.gate is Gate.SIGNING for f in examine(silent))
    assert not any(f.blocks == "sign-off" for f in examine(stated))


def test_supervision_not_to_be_had_is_an_answer():
    assert not said(visit(supervision=Unobtainable("nobody wrote it down")), "completeness.supervision_not_charted")


@pytest.mark.parametrize("status", [Status.ENTERED_IN_ERROR, Status.REFUSED, Status.NOT_GIVEN])
def test_what_was_not_given_needs_only_its_reason(status):
    bare = replace(dose(), status=status, not_given_reason="afraid", lot=None, site=None, response=None, dose=None)
    assert examine(visit(bare)) == ()


def test_a_written_order_without_signature_waits_for_the_physician():
    (finding,) = examine(visit(dose(order=order(signed=False))))
    assert (finding.gate, finding.owner, finding.until) == (Gate.CLAIM, Owner.PHYSICIAN, Until.CO_SIGN)


def test_a_spoken_order_waits_for_the_physician_as_a_warning():
    (finding,) = examine(visit(dose(order=order(kind="spoken", signed=False))))
    assert (finding.severity, finding.gate, finding.owner) == (Severity.WARNING, Gate.CLAIM, Owner.PHYSICIAN)


def test_the_end_of_the_wait_may_follow_the_signature():
    (finding,) = examine(watched(30, None))
    assert (finding.severity, finding.blocks) == (Severity.WARNING, "claim")


def test_a_customary_use_off_the_label_holds_up_nothing():
    steroid = product(classes=frozenset({"steroid"}))
    rule = "site.route_not_for_drug"
    (beside,) = said(visit(dose(route="epidural", product=steroid)), rule)
    (inside,) = said(visit(dose(route="intrathecal", product=steroid)), rule)
    assert (beside.summary, beside.gate) == ("The label does not name this route", Gate.NOTHING)
    assert inside.blocks == "sign-off"


@pytest.mark.parametrize(
    ("rule", "fact", "encounter"),
    [
        ("interval.too_early", "minimum_interval_days", last(date(2026, 10, 1), unconfirmed=["minimum_interval_days"])),
        (
            "site.route_not_for_drug",
            "routes",
            visit(dose(route="IV-push", product=product(unconfirmed=frozenset({"routes"})))),
        ),
        (
            "dose.dose_over_label_maximum",
            "limit",
            ketorolac("61 mg", product=replace(KETOROLAC, unconfirmed=frozenset({"limit"}))),
        ),
        (
            "screening.question_unanswered",
            "screening",
            visit(dose(product=product(screening=(PREGNANT,), unconfirmed=frozenset({"screening"})))),
        ),
        (
            "waste.discarded_amount_not_charted",
            "package.single_dose",
            visit(dose(discarded=None, product=product(unconfirmed=frozenset({"package.single_dose"})))),
        ),
        (
            "vial.more_used_than_opened",
            "package.holds",
            visit(dose(dose=q("1001 mcg"), product=product(unconfirmed=frozenset({"package.holds"})))),
        ),
    ],
)
def test_a_fact_that_nobody_confirmed_never_blocks(rule, fact, encounter):
    for finding in said(encounter, rule):
        assert (finding.severity, finding.gate) == (Severity.WARNING, Gate.NOTHING)
        assert "unconfirmed" in finding.because


def test_ten_times_a_limit_that_nobody_confirmed_is_a_slip_of_the_unit():
    unconfirmed = replace(KETOROLAC, unconfirmed=frozenset({"limit"}))
    (finding,) = said(ketorolac("600 mg", product=unconfirmed), "dose.dose_over_label_maximum")
    assert (finding.severity, finding.blocks) == (Severity.CRITICAL, "sign-off")
    (finding,) = said(ketorolac("599 mg", product=unconfirmed), "dose.dose_over_label_maximum")
    assert finding.gate is Gate.NOTHING


def test_a_question_that_does_not_stop_the_drug_only_warns():
    assert said(asked(DIET), "screening.question_unanswered")[0].gate is Gate.NOTHING
    assert said(asked(DIET, diet="no"), "screening.answer_not_safe")[0].gate is Gate.NOTHING


def test_a_diluent_needs_its_vial_and_nothing_of_its_own():
    diluent = replace(dose(), purpose="diluent", order=None, response=None, site=None, route=None, lot=None)
    assert [f.rule for f in examine(visit(diluent))] == ["completeness.lot_not_charted"]


def test_the_evidence_is_in_the_finding():
    (early,) = said(last(date(2026, 9, 20)), "interval.too_early")
    assert early.because == "last given 20 Sep 2026, next no earlier than 18 Oct 2026 (28 days)"
    (over,) = said(ketorolac("60 mg", patient()), "dose.dose_over_label_maximum")
    assert "60\u00a0mg is more than 30\u00a0mg" in over.because
    assert "from 65 years" in over.because
    (split,) = said(visit(dose(dose=q("500 mcg"))), "order.dose_change_without_reason")
    assert split.because == "ordered 1,000\u00a0mcg, charted 500\u00a0mcg"


def test_the_place_of_a_container_is_named():
    from tests.injections.checks.cases_drug import two_vials

    (finding,) = said(two_vials(lot=None), "completeness.lot_not_charted")
    assert finding.fields == ("containers[1].lot",)
