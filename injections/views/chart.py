"""The charting page: one visit, one dose at a time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from injections.actions import signing
from injections.actions.second_checks import NOBODY
from injections.chart.reading import current_doses
from injections.checks.consent import is_minor
from injections.entries.several import ADULTS, AGREED, FURTHER, MINORS
from injections.facts import Status, known
from injections.forms.base import Problem
from injections.forms.chart import DoseForm
from injections.models import AdministrationDraft, Encounter, Order, Staff
from injections.policy import may, requires
from injections.quantity import format_dose
from injections.reading import charting, folded, label, staffing, statements
from injections.reading.body import body_map
from injections.reading.controls import CONTROLS
from injections.reading.day import after, namesakes
from injections.reading.opened import Opened
from injections.reading.ordering import routes_of
from injections.reading.orders import waits_for_signer, with_doses
from injections.reading.vial import fitting, good_instead, left_in_drug, remainder, shelf, sizes_differ, unlike
from injections.views import quick
from injections.views.drafts import Saved, draft_of, encounter_of
from injections.views.posting import reader
from injections.views.proof import signs_with

#: what the page asks of each further container of a dose
FURTHER_FIELDS = (("scan", "Scan"), ("lot", "Lot"), ("expires", "Expires"), ("used", "Used of it"))
#: what the page asks below everything else, in its order
LAST = ("proof_name", "proof_secret")
RESPONSES = ("Tolerated well", "Sore site", "Felt faint", "Reaction")
NOT_GIVEN_REASONS = (
    "The patient declined",
    "Ill today",
    "Too early",
    "Screening says no",
    "Drug not here",
    "Order unclear",
    "Left before it was given",
)


@requires("chart.see")
@require_GET
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft in hand; without one, what was signed and what may be charted next."""
    encounter = encounter_of(request, pk)
    draft = None if request.GET.get("choose") else _draft(request, encounter)
    if draft is None or not may(request.user, "chart.write"):
        return render(request, "injections/chart/visit.html", visit_page(request, encounter))
    if draft.author_id != reader(request).pk:
        context = visit_page(request, encounter) | {"waiting": draft}
        return render(request, "injections/chart/visit.html", context)
    return render(request, "injections/chart/chart.html", dose_page(request, draft))


def _draft(request: HttpRequest, encounter: Encounter) -> AdministrationDraft | None:
    """The one that was asked for, else one's own, else a colleague's."""
    drafts = list(encounter.drafts.order_by("pk"))
    asked = request.GET.get("draft", "")
    chosen = [draft for draft in drafts if str(draft.pk) == asked]
    own = [draft for draft in drafts if draft.author_id == reader(request).pk]
    found = next(iter((*chosen, *own, *drafts)), None)
    return draft_of(request, found.pk) if found else None


def visit_page(request: HttpRequest, encounter: Encounter) -> dict[str, Any]:
    """A visit without a dose in hand."""
    by = reader(request)
    here = _signed_here(encounter, by)
    begun = list(encounter.drafts.filter(author=by).select_related("order__product"))
    taken = {row.order_id for row in (*here["signed"], *begun)}
    orders = Order.objects.for_user(by).filter(patient=encounter.patient, stopped_on__isnull=True)
    orders = orders.exclude(protocol__isnull=False, expires_on__lt=encounter.date)  # each was for its day
    return {
        "encounter": encounter,
        "patient": encounter.patient,
        "doses": here["signed"],
        "undoable": here["undoable"] if may(by, "chart.sign") else [],
        "orders": [order for order in with_doses(orders) if order.pk not in taken],
        "begun": begun,
        "writes": may(by, "chart.write"),
        "orders_by_ear": not may(by, "order.write"),
        "next": after(encounter, by) if may(by, "chart.write") else None,
        "sees_today": may(by, "today.see"),
        "just_signed": request.GET.get("signed", ""),
        **signs_with(request),
    }


def dose_page(request: HttpRequest, draft: AdministrationDraft, saved: Saved | None = None) -> dict[str, Any]:
    """Everything the page of one dose shows, from its draft and from what was just posted."""
    by, encounter = reader(request), draft.encounter
    seen = signing.preview(encounter, draft, by)
    errors = {**seen.errors, **(saved.errors if saved else {})}
    form = DoseForm(entries={**draft.entries, **(saved.untaken if saved else {})})
    form.say(errors)
    editions = statements.editions_for(draft, seen.dose)
    if not editions:
        form.fields["statement_typed"].label = "Edition of the sheet"  # there is none yet that this could be another of
    proof = signs_with(request, errors)
    return {
        "draft": draft,
        "encounter": encounter,
        "patient": encounter.patient,
        "namesakes": namesakes(encounter),
        "seen": seen,
        "form": form,
        "errors": errors,
        "live_errors": True,
        "not_given": seen.dose.status in (Status.NOT_GIVEN, Status.REFUSED),
        "not_given_reasons": NOT_GIVEN_REASONS,
        "responses": RESPONSES,
        **_order(draft, seen, by),
        **_progress(draft, seen, form, asked=saved is not None),
        **_vial(draft, seen),
        "unsettled": saved.unsettled if saved else None,
        "owners": saved.owners if saved else (),
        "read_lot": saved.read_lot if saved else "",
        **_people(by, draft),
        "body": body_map(seen.dose, seen.facts.history, seen.facts.patient.spared),
        **_several(seen, form, pin=proof["proof_pin"]),
        "editions": editions,
        **_signed_here(encounter, by),
        "just_signed": request.GET.get("signed", ""),
        **proof,
    }


def _signed_here(encounter: Encounter, by: Staff) -> dict[str, Any]:
    """What this visit has already, and what of it may still be undone."""
    doses = list(current_doses(encounter))
    return {"signed": doses, "undoable": [dose.pk for dose in doses if signing.may_undo(dose, by, timezone.now())]}


def _order(draft: AdministrationDraft, seen: signing.Preview, by: Staff) -> dict[str, Any]:
    heavy, routes = charting.weight_matters(seen.dose.product), routes_of(seen.dose.product)
    return {
        "order": draft.order,
        "order_words": charting.order_words(draft, seen.facts),
        "route": draft.entries.get("route", ""),
        "routes": routes,
        "asks_stop_time": any(route.startswith("IV") for route in routes),
        "may_order": may(by, "order.spoken"),
        "orders_by_ear": not may(by, "order.write"),
        "order_waits": waits_for_signer(draft.order, draft.encounter.date) if draft.order else "",
        "order_asked": draft.order is not None and draft.order.requests.filter(answered_at=None).exists(),
        "ordered_volume": _ordered_volume(seen),
        "weight": draft.encounter.patient.weight_kg if heavy else None,
    }


def _progress(draft: AdministrationDraft, seen: signing.Preview, form: DoseForm, *, asked: bool) -> dict[str, Any]:
    """What stops the dose, what is left and what may stay unknown, each with the field that answers it."""
    stops = charting.stops(seen)
    screening = charting.screening_for(seen.dose.product, seen.facts.patient.sex)
    unknowable = charting.unknowable(seen, form.fields, asked=asked)
    for question in screening:
        form.add_reason(f"screening.{question.key}", question.ask)
    late = folded.late(seen)
    reasons = (stop.field for stop in (*stops, *filter(None, [late])))
    for name in (*reasons, *(f"unobtainable.{fact}" for fact, _ in unknowable)):
        form.add_reason(name)
    form.add_reason(f"waive.{NOBODY}")
    return {
        "steps": {step.key: step for step in charting.steps(seen)},
        "stops": stops,
        "stops_shown": " ".join(stop.finding.rule for stop in stops),
        "late": late,
        "late_shown": late.finding.rule if late else "",
        "ago": quick.AGO,
        "more_open": folded.more_open(draft),
        "warnings": charting.warnings(seen),
        "missing": charting.missing(seen, draft),
        "screening": screening,
        "unknowable": unknowable,
    }


def _vial(draft: AdministrationDraft, seen: signing.Preview) -> dict[str, Any]:
    dose = seen.dose
    product = draft.order.product.key if draft.order else (dose.product.key if dose.product else None)
    rest, left = remainder(dose), left_in_drug(dose)
    worked_out = rest is not None and rest.discards
    here = fitting(shelf(draft.encounter.location, product, draft.encounter.date), dose.dose)
    return {
        "shelf": here,
        "unlike": unlike(here, dose.dose),
        "sizes_differ": sizes_differ(here),
        "good_lot": good_instead(here, dose),
        "vial_lot": label.vial_lot(seen),
        "vial_expires": label.vial_expires(seen),
        "vial_asks": label.vial_asks(seen),
        # A label that was typed stays in its fields, where a slip can be mended.
        "vial_typed": not (draft.entries.get("scan") or draft.entries.get("lot_id")),
        "vial_stopped": label.vial_stopped(seen),
        "vial_whole": dose.package is not None and not label.vial_asks(seen),
        "vial_begun": bool(known(dose.lot) or dose.package or known(dose.ndc)),
        "matches": dose.product is not None and dose.product.key == product and dose.package is not None,
        "known_ndc": known(dose.ndc),
        "kinds": label.kinds_asked(dose, draft.entries.get("container_kind", "")),
        "rest": rest,
        "in_hand": Opened(seen.drafted.vial, seen.drafted.lot).words if seen.drafted.vial and seen.drafted.lot else "",
        "left": str(left) if left is not None and worked_out else "",
        "stated_left": _stated_left(seen),
    }


def _several(seen: signing.Preview, form: DoseForm, *, pin: bool) -> dict[str, Any]:
    """Further containers and sites of the same dose, who agreed, and the second person beside a high-alert drug."""
    for place in FURTHER:
        for name, _ in FURTHER_FIELDS:
            form.add_reason(f"vial{place}.{name}")
    minor, consent = is_minor(seen.facts.patient, seen.facts.date), known(seen.dose.consent)
    return {
        "further": FURTHER[: max(1, len(seen.dose.containers))],
        "further_fields": FURTHER_FIELDS,
        "containers_words": label.containers_words(seen),
        "agreed": {key: AGREED[key] for key in (MINORS if minor else ADULTS)},
        "asks_consent": minor or consent is not None,
        "high_alert": seen.dose.product is not None and seen.dose.product.high_alert,
        "second_label": "Their own PIN" if pin else "Their own password",
        "second_check": seen.drafted.people.get("second_check_by"),
    }


def _stated_left(seen: signing.Preview) -> str:
    """The amount thrown away where somebody typed another one than the label gives."""
    stated, left = known(seen.dose.discarded), left_in_drug(seen.dose)
    return format_dose(stated) if stated is not None and stated != left else ""


def _ordered_volume(seen: signing.Preview) -> Any:
    """The liquid that holds the ordered dose, once the vial is known."""
    order, package = known(seen.dose.order), seen.dose.package
    strength = package.concentration if package else None
    if order is None or order.dose is None or strength is None or order.dose.dimension is not strength.drug.dimension:
        return None
    return strength.volume_of(order.dose)


def _people(by: Staff, draft: AdministrationDraft) -> dict[str, Any]:
    return {
        "colleagues": staffing.colleagues(by),
        "present": staffing.present_on(draft.encounter.location, draft.encounter.date),
    }


def unread(context: dict[str, Any]) -> list[Problem]:
    """Entries that could not be read, each with its control."""
    errors = sorted(context["errors"].items(), key=lambda error: LAST.index(error[0]) if error[0] in LAST else -1)
    return [Problem(CONTROLS.get(name, f"id_{name}"), text) for name, text in errors]


def problems(context: dict[str, Any]) -> list[Problem]:
    """What a refused signature says: what is left in the order of the page, and what could not be read."""
    left = [Problem(one.control, one.words) for one in context["missing"]]
    of_each = {problem.target: problem for problem in [*left, *unread(context)]}.values()
    once = {problem.text: problem for problem in reversed(of_each)}  # two controls may ask for the same thing
    return list(reversed(once.values()))
