"""Allergy, screening, patient and interval: visits about which a check speaks, and their silent twins."""

from datetime import date
from decimal import Decimal

from injections.facts import ASSUMED, Consent, InformationStatement, PastDose, Unobtainable
from tests.injections.checks.visits import (
    B12,
    DAY,
    Allergy,
    DoseLimit,
    Observation,
    ScreeningQuestion,
    case,
    dose,
    order,
    patient,
    product,
    q,
    visit,
)

VACCINE = product(classes=frozenset({"vaccine"}))
SHEET = InformationStatement(date(2025, 1, 31), date(2026, 10, 6))
CEFTRIAXONE = product(
    key="ceftriaxone",
    name="ceftriaxone",
    display="cefTRIAXone",
    brands=("Rocephin",),
    synonyms=(),
    allergy_groups=frozenset({"cephalosporin", "beta-lactam"}),
)
BICILLIN = product(
    key="penicillin-g-benzathine",
    name="penicillin G benzathine",
    display="penicillin G benzathine",
    brands=("Bicillin L-A",),
    synonyms=(),
    allergy_groups=frozenset({"penicillin", "beta-lactam"}),
)


def allergic(substance, to=B12, reaction=""):
    return visit(dose(product=to, drug=to.name), patient=patient(allergies=(Allergy(substance, reaction),)))


PREGNANT = ScreeningQuestion("pregnancy", "Could you be pregnant?", ("no", "negative"), applies_to_sex="F")
DIET = ScreeningQuestion("diet", "Do you eat fish?", ("yes",), stops=False)


def asked(question, who=None, **answers):
    return visit(dose(product=product(screening=(question,)), screening=answers), patient=who or patient())


def watched(needed, observation):
    return visit(dose(product=product(observation_minutes=needed), observation=observation))


def last(days_ago_date, drug="cyanocobalamin", needs=28, unconfirmed=()):
    drug_file = product(minimum_interval_days=needs, unconfirmed=frozenset(unconfirmed))
    return visit(dose(product=drug_file), history=(PastDose(drug, days_ago_date),))


def series(last_day, starts=date(2026, 9, 1)):
    """Ordered every 28 days, of a drug whose label asks for no time between."""
    again = order(kind="series", starts=starts, gap_days=28)
    return visit(dose(order=again), history=(PastDose("cyanocobalamin", last_day),))


def biosimilar(before):
    names = {"key": "denosumab-bbdz", "name": "denosumab-bbdz (Jubbonti)", "display": "", "synonyms": ()}
    drug_file = product(**names, minimum_interval_days=182)
    return visit(dose(product=drug_file), history=(PastDose(before, date(2026, 7, 1)),))


def contraceptive(last_day):
    drug_file = product(classes=frozenset({"contraceptive"}), minimum_interval_days=91)
    return visit(dose(product=drug_file), history=(PastDose("cyanocobalamin", last_day),))


def first_doses(minutes, *earlier):
    drug_file = product(observation_minutes=30, first_doses=3, first_observation_minutes=120)
    watched_for = dose(product=drug_file, observation=Observation(minutes))
    return visit(watched_for, history=tuple(PastDose("vitamin B12", day) for day in earlier))


THREE = (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1))
PER_KG = product(limits=(DoseLimit(q("50 mcg"), per_kg=True),))
PER_M2 = product(limits=(DoseLimit(q("500 mcg"), per_m2=True),))
METERS = patient(height_cm=Decimal("1.7"))
TALL = patient(height_cm=Decimal(180), weight_kg=Decimal(80))
UNASKED = order(reason=None)

SPEAKS = [
    case("allergy.documented_allergy", "the drug itself", allergic("Cyanocobalamin (rash)")),
    case("allergy.documented_allergy", "a synonym", allergic("VITAMIN B12")),
    case("allergy.documented_allergy", "a brand", allergic("rocephin", CEFTRIAXONE)),
    case("allergy.documented_allergy", "another drug of its group", allergic("Keflex", CEFTRIAXONE)),
    case("allergy.documented_allergy", "PCN for penicillin", allergic("PCN", BICILLIN)),
    case("allergy.documented_allergy", "an aminopenicillin by group", allergic("amoxicillin 500 mg", BICILLIN)),
    case("allergy.documented_allergy", "the word penicillin", allergic("Penicillins", BICILLIN)),
    case("allergy.documented_allergy", "the wider group", allergic("beta-lactam antibiotics", CEFTRIAXONE)),
    case("allergy.related_allergy", "penicillin and a cephalosporin", allergic("Penicillin", CEFTRIAXONE)),
    case("allergy.related_allergy", "a cephalosporin and penicillin", allergic("cefazolin", BICILLIN)),
    case("allergy.allergies_not_recorded", "reviewed, but no list", visit(patient=patient(allergies=None))),
    case("screening.question_unanswered", "no answer", asked(PREGNANT)),
    case("screening.question_unanswered", "sex unknown, so ask", asked(PREGNANT, patient(sex=None))),
    case("screening.answer_not_safe", "a positive test", asked(PREGNANT, pregnancy="Positive")),
    case("patient.identity_check_not_charted", "not charted", identity_checked=None),
    case("patient.identity_check_not_charted", "charted as not done", identity_checked=False),
    case("patient.allergy_review_not_charted", "not charted", allergies_checked=None),
    case("patient.allergy_review_not_charted", "charted as not done", allergies_checked=False),
    case("patient.surface_not_known", "no height", product=PER_M2),
    case(
        "patient.surface_not_known", "in meters", visit(dose(product=PER_M2), patient=patient(height_cm=Decimal("1.7")))
    ),
    case("patient.weight_not_charted", "limit per kg", visit(dose(product=PER_KG), patient=patient(weight_kg=None))),
    case("patient.response_not_charted", "not charted", response=None),
    case("patient.response_not_charted", "an empty text", response=""),
    case("patient.observation_not_charted", "the drug asks for a wait", watched(30, None)),
    case("patient.observation_too_short", "ten of thirty minutes", watched(30, Observation(10))),
    case("patient.observation_too_short", "half an hour after the third dose", first_doses(30, *THREE[:2])),
    case("patient.birth_date_not_possible", "born tomorrow", visit(patient=patient(birth_date=date(2026, 10, 7)))),
    case("patient.birth_date_not_possible", "121 years old", visit(patient=patient(birth_date=date(1905, 1, 1)))),
    case("patient.weight_not_possible", "less than nothing", visit(patient=patient(weight_kg=Decimal(-5)))),
    case("patient.weight_not_possible", "pounds for kilograms", visit(patient=patient(weight_kg=Decimal(700)))),
    case("patient.consent_refused", "the patient said no", consent=Consent(given=False)),
    case("patient.statement_not_charted", "a vaccine without its sheet", product=VACCINE),
    case(
        "patient.reason_not_charted",
        "no reason and no diagnosis anywhere",
        visit(dose(order=UNASKED), diagnoses=()),
    ),
    case("interval.too_early", "27 of 28 days", last(date(2026, 9, 9))),
    case("interval.too_early", "a biosimilar after what it is like", biosimilar("denosumab")),
    case("interval.too_early", "after another biosimilar", biosimilar("denosumab-bmwo")),
    case("interval.too_early", "under a synonym", last(date(2026, 10, 5), drug="Vitamin B12")),
    case("interval.sooner_than_ordered", "27 of 28 days", series(date(2026, 9, 9))),
    case("interval.given_today_already", "a colleague was quicker", last(date(2026, 10, 6))),
    case("interval.too_late_for_contraception", "15 weeks and a day", contraceptive(date(2026, 6, 22))),
]

SILENT = [
    case("allergy.documented_allergy", "another drug", allergic("sulfa")),
    case("allergy.documented_allergy", "part of a word is no match", allergic("cyano")),
    case("allergy.documented_allergy", "a vague word", allergic("sodium")),
    case("allergy.documented_allergy", "none known", allergic("No known drug allergies")),
    case("allergy.documented_allergy", "none known, for short", allergic("NKDA", BICILLIN)),
    case("allergy.documented_allergy", "penicillin does not stop a cephalosporin", allergic("PCN", CEFTRIAXONE)),
    case("allergy.related_allergy", "the same group is no relative", allergic("Keflex", CEFTRIAXONE)),
    case("allergy.related_allergy", "no relation", allergic("latex", CEFTRIAXONE)),
    case("allergy.allergies_not_recorded", "an empty list is an answer"),
    case(
        "allergy.allergies_not_recorded",
        "taken for granted",
        visit(dose(allergies_checked=ASSUMED), patient=patient(allergies=None)),
    ),
    case("screening.question_unanswered", "answered", asked(PREGNANT, pregnancy="negative")),
    case("screening.question_unanswered", "not asked of men", asked(PREGNANT, patient(sex="M"))),
    case("screening.answer_not_safe", "safe in any case", asked(PREGNANT, pregnancy=" Negative ")),
    case("screening.answer_not_safe", "taken for granted", asked(PREGNANT, pregnancy=ASSUMED)),
    case("patient.identity_check_not_charted", "done"),
    case("patient.identity_check_not_charted", "not to be had", identity_checked=Unobtainable("paper lost")),
    case("patient.allergy_review_not_charted", "done"),
    case("patient.surface_not_known", "height and weight", visit(dose(product=PER_M2), patient=TALL)),
    case("patient.surface_not_known", "no limit per square meter", product=PER_KG),
    case("patient.weight_not_charted", "weight known", product=PER_KG),
    case("patient.weight_not_charted", "no limit per kg", visit(patient=patient(weight_kg=None))),
    case("patient.response_not_charted", "tolerated"),
    case("patient.observation_not_charted", "watched", watched(30, Observation(30, "released"))),
    case("patient.observation_not_charted", "the drug asks for no wait"),
    case("patient.observation_too_short", "long enough", watched(30, Observation(30))),
    case("patient.observation_too_short", "half an hour after the fourth dose", first_doses(30, *THREE)),
    case("patient.observation_too_short", "two hours after the first dose", first_doses(120)),
    case("patient.birth_date_not_possible", "born today", visit(patient=patient(birth_date=DAY))),
    case("patient.birth_date_not_possible", "not charted", visit(patient=patient(birth_date=None))),
    case("patient.weight_not_possible", "not charted", visit(patient=patient(weight_kg=None))),
    case("patient.consent_refused", "agreed", consent=Consent(given=True)),
    case("patient.consent_refused", "not asked for"),
    case("patient.statement_not_charted", "handed over", product=VACCINE, information_statement=SHEET),
    case("patient.statement_not_charted", "taken for granted", product=VACCINE, information_statement=ASSUMED),
    case("patient.statement_not_charted", "no vaccine"),
    case("patient.reason_not_charted", "a diagnosis of the visit", order=UNASKED),
    case("patient.reason_not_charted", "the order says why", visit(diagnoses=())),
    case("interval.too_early", "another antibody before", biosimilar("omalizumab-igec")),
    case("interval.sooner_than_ordered", "28 of 28 days", series(date(2026, 9, 8))),
    case("interval.sooner_than_ordered", "the first of a new order", series(date(2026, 9, 20), date(2026, 10, 6))),
    case("interval.too_early", "28 of 28 days", last(date(2026, 9, 8))),
    case("interval.too_early", "another drug", last(date(2026, 10, 5), drug="ketorolac")),
    case("interval.too_early", "a dose after this visit", last(date(2026, 10, 7))),
    case("interval.too_early", "no interval in the file", last(date(2026, 10, 5), needs=None)),
    case("interval.too_early", "the same day belongs to this visit", last(DAY)),
    case("interval.given_today_already", "yesterday", last(date(2026, 10, 5))),
    case("interval.given_today_already", "another drug today", last(date(2026, 10, 6), drug="ketorolac")),
    case("interval.too_late_for_contraception", "15 weeks", contraceptive(date(2026, 6, 23))),
    case("interval.too_late_for_contraception", "no earlier dose", visit(dose())),
]
