"""The charting page: how far each step has come, what stops the dose, and what the order says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from injections.actions.second_checks import ASK
from injections.actions.signing import Preview, second_check_left
from injections.chart.due import next_dose
from injections.chart.given import next_number
from injections.entries.reasons import ANSWERED_BY_WAIVER, ELSEWHERE, EXPLAINED, LATE, MISSED_BY, UNOBTAINABLE
from injections.facts import Encounter as EncounterFact
from injections.facts import Product, ScreeningQuestion
from injections.findings import Finding, Gate, Owner
from injections.models import AdministrationDraft, Order
from injections.models.order import OrderKind
from injections.reading.controls import control_of, is_stop
from injections.reading.series import next_in_words
from injections.templatetags.words import day as day_words

#: the steps in the order of the page, with the facts that each of them charts
STEPS: dict[str, tuple[str, frozenset[str]]] = {
    "vial": (
        "Vial",
        frozenset(
            {"drug", "lot", "expires", "ndc", "manufacturer", "source", "discarded", "opened", "package.single_dose"}
        ),
    ),
    "checks": ("Checks", frozenset({"identity_checked", "allergies_checked", "consent", "information_statement"})),
    "site": ("Site", frozenset({"site", "side", "route"})),
    "response": ("Response", frozenset({"response", "observation"})),
}

#: facts that may be stated as unknowable, in the words of the page
FACTS = {
    "lot": "Lot",
    "expires": "Expiry",
    "ndc": "NDC",
    "manufacturer": "Manufacturer",
    "source": "Whose drug it was",
    "discarded": "Amount thrown away",
    "route": "Route",
    "site": "Site",
    "side": "Left or right",
    "given_at": "When it was given",
    "stopped_at": "When it was stopped",
    "supervision": "Who supervised",
    "identity_checked": "Name and birth date",
    "allergies_checked": "Allergies",
    "consent": "Who agreed",
    "response": "Response",
    "reason": "Reason for use",
    "observation": "The wait afterwards",
    "order": "Order",
    "dose": "Dose",
    "discard_witness": "Who saw it thrown away",
}
#: the check that misses a fact -> the fact whose absence may be explained
MAY_BE_ABSENT = MISSED_BY | {rule: fact for fact, rule in ANSWERED_BY_WAIVER.items()}


class Left(NamedTuple):
    """One thing that is left: the control it leads to, what to do, and the step it belongs to."""

    control: str
    words: str
    step: str


STOP = "stop"
#: the check of a fact of the patient -> the page on which it is put right
PAGES = {
    "patient.birth_date_not_possible": "injections:patient_edit",
    "patient.weight_not_possible": "injections:weight_new",
    "patient.weight_not_charted": "injections:weight_new",
}
#: worked out from the dose as soon as somebody says how much was given
REST = "waste.discarded_amount_not_charted"
WHOLE_VIAL = ("lot", "expires", "ndc")
WHOLE_VIAL_LEFT = Left("id_scan", "Scan the vial, or pick or type its lot", "vial")


@dataclass(slots=True)
class Step:
    """One step of the page: ``state`` is "done", "now" or nothing."""

    key: str
    title: str
    number: int
    state: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def mark(self) -> str:
        return "✓" if self.state == "done" else str(self.number)

    @property
    def said(self) -> str:
        """For those who do not see the mark."""
        return {"done": "done", "now": "next"}.get(self.state, "to do")


@dataclass(frozen=True, slots=True)
class Stop:
    """What must not happen as it stands: both values, what to do, and the field for a reason."""

    finding: Finding
    field: str
    reason: str

    @property
    def ask(self) -> str:
        """What the field for the reason is for: most of these acts are only ever told of, a side may be chosen."""
        if self.finding.rule in ELSEWHERE:
            return "It could not be recorded: say why"
        if self.finding.rule in EXPLAINED:
            return "It is right as charted: record why"
        before = self.finding.rule == "site.side_to_spare"
        return "It has to go here: record why" if before else "It was already given: record why"

    @property
    def title(self) -> str:
        """What is wrong; only an act that must not happen is a stop, and only until it is answered."""
        stands = self.reason or self.finding.rule in EXPLAINED
        return self.finding.summary if stands else f"Stop. {self.finding.summary}"

    @property
    def page(self) -> str:
        """The name of the page on which the fact itself is put right, where it is not this one."""
        return PAGES.get(self.finding.rule, "")

    @property
    def fix(self) -> str:
        """What to do; the card says "Stop" already."""
        return self.finding.fix.removeprefix("Stop. ")


def steps(seen: Preview) -> list[Step]:
    """The steps with what is still missing in each; the first that is not done is next."""
    found = [Step(key, title, number) for number, (key, (title, _)) in enumerate(STEPS.items(), start=1)]
    screening = any(name.startswith("screening.") for name in _fields(seen.blocking))
    for step in found:
        concerned = STEPS[step.key][1]
        step.findings = [finding for finding in seen.blocking if concerned.intersection(finding.fields)]
        # A vial or a place that must not be used is not done; elsewhere only what is missing counts.
        missing = [one for one in step.findings if one.gate is Gate.SIGNING or step.key in ("vial", "site")]
        asks = screening or second_check_left(seen.dose)
        if not missing and not (step.key == "checks" and asks):
            step.state = "done"
    following = next((step for step in found if not step.state), None)
    if following is not None:
        following.state = "now"
    return found


def stops(seen: Preview) -> list[Stop]:
    """Acts that must not happen and amounts that contradict, those answered with a reason too: it can be read."""
    asked = [finding for finding in seen.blocking if is_stop(finding) or finding.rule in EXPLAINED]
    answered = {waiver.rule: waiver.reason for waiver in seen.dose.waivers}
    told = answered.keys() - set(LATE)
    said = [found for found in seen.findings if found.rule in told and seen.dose.id in found.administrations]
    return [Stop(f, f"waive.{f.rule}", answered.get(f.rule, "")) for f in (*asked, *said)]


def missing(seen: Preview, draft: AdministrationDraft) -> list[Left]:
    """What is left before signing: stops first, then in the order of the page, one line for each control."""
    places = [STOP, *STEPS]
    undosed = any(finding.rule == "completeness.dose_not_charted" for finding in seen.blocking)
    found = [_left(finding) for finding in seen.blocking if not (undosed and finding.rule == REST)]
    if second_check_left(seen.dose):
        found.append(Left("id_second_name", ASK, "checks"))
    found.sort(key=lambda left: places.index(left.step) if left.step else len(places))
    if sum(left.step == "vial" for left in found) >= len(WHOLE_VIAL):
        first = [left for left in found if left.step == STOP]
        found = [*first, WHOLE_VIAL_LEFT, *(left for left in found if left.step not in (STOP, "vial"))]
    if draft.corrects_id and not draft.entries.get("correction_reason"):
        found.insert(0, Left("id_correction_reason", "Say why the record is corrected", ""))
    return list({(left.control, left.words): left for left in found}.values())


def _left(finding: Finding) -> Left:
    control = control_of(finding)
    if is_stop(finding):
        return Left(control, f"Stop: {lower_first(finding.summary)}", STOP)
    if control == "id_checks":  # both facts of the one tile are one thing to do
        return Left(control, "Check name and birth date, allergies and order", "checks")
    step = "checks" if control.startswith("id_screening") else _step_of(finding)
    return Left(control, finding.fix or finding.summary, step)


def lower_first(sentence: str) -> str:
    """The sentence inside another one; names such as tall-man drugs stay."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def unknowable(seen: Preview, fields: Iterable[str], *, asked: bool) -> list[tuple[str, str]]:
    """Facts answered with a reason; and once a signature was refused, those that are missing and may be."""
    stated = {name.removeprefix(UNOBTAINABLE) for name in fields if name.startswith(UNOBTAINABLE)}
    absent = {MAY_BE_ABSENT[found.rule] for found in seen.blocking if asked and found.rule in MAY_BE_ABSENT}
    return [(fact, FACTS[fact]) for fact in FACTS if fact in stated | absent]


def warnings(seen: Preview) -> list[Finding]:
    """What does not hold up the signature and still should be read now."""
    waived = {waiver.rule for waiver in seen.dose.waivers}
    return [
        finding
        for finding in seen.findings
        if seen.dose.id in finding.administrations
        and finding.gate is Gate.NOTHING
        and finding.owner is Owner.NURSE
        and finding.rule not in waived
    ]


def _step_of(finding: Finding) -> str:
    return next((key for key, (_, names) in STEPS.items() if names.intersection(finding.fields)), "")


def _fields(found: Iterable[Finding]) -> Iterator[str]:
    for finding in found:
        yield from finding.fields


# --- the order strip -------------------------------------------------------------------------------------------------


def order_words(draft: AdministrationDraft, visit: EncounterFact) -> list[str]:
    """Why, by whom, how often, which dose, when the last one was and when this one is due."""
    order = draft.order
    if order is None:
        return []
    whose = order.whose if order.protocol else f"ordered by {order.ordered_by.short_name}"
    words = [_why(order), f"{whose}, {day_words(order.ordered_on)}"]
    past = [dose.given for dose in visit.history if dose.drug == order.product.key]
    if order.kind == OrderKind.SERIES:
        number = next_number(order, visit.date, corrects=draft.corrects)
        words.append(next_in_words(order, number - 1))
    words.append(_when(order, past, corrects=draft.corrects_id is not None))
    return [word for word in words if word]


def _why(order: Order) -> str:
    codes = ", ".join(order.diagnoses)
    if order.reason and codes:
        return f"{order.reason} ({codes})"
    return order.reason or codes or "No reason on the order"


def _when(order: Order, past: list[date], *, corrects: bool) -> str:
    """When it was last given, whoever ordered it, and from when the order wants the next."""
    if not past:
        return "first dose here"
    last = f"last given {day_words(past[-1])}"
    due = next_dose(order) if order.every_days and not corrects else None
    return f"{last}, due from {day_words(due.earliest)}" if due is not None else last


def weight_matters(product: Product | None) -> bool:
    """Whether the dose of this drug depends on the weight."""
    return any(limit.per_kg or limit.per_m2 or limit.below_weight_kg for limit in (product.limits if product else ()))


def screening_for(product: Product | None, sex: str | None) -> list[ScreeningQuestion]:
    """The drug's own questions that concern this patient; of somebody whose sex is not recorded all are asked."""
    asked = product.screening if product else ()
    return [q for q in asked if not q.applies_to_sex or sex is None or q.applies_to_sex == sex]
