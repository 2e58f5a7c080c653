"""Promise 7: every read of a patient has an audit row: who, when, which patient, on which page.

All addresses of the product are walked with one patient whose name nobody else has. A page that a test has never heard
of is walked too: what shows the name without exactly one row that names the patient fails.
"""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone

from injections.models import AuditEvent, Signature
from injections.models.staff import Role
from injections.policy import may
from tests import clock
from tests.billing import making
from tests.factories import (
    AppointmentFactory,
    CoverageFactory,
    EncounterFactory,
    LocationFactory,
    OrderFactory,
    PatientFactory,
    PhysicianFactory,
    StaffFactory,
    charted_draft,
    signed_dose,
)
from tests.standing import for_practice

pytestmark = pytest.mark.django_db

CANARY = "Zyxwcanary"
READS = ("read", "searched", "printed", "exported")


class Clinic:
    """One practice with the canary in every kind of row, and one person of each role."""

    def __init__(self):
        self.patient = PatientFactory(family_name=CANARY, mrn="CANARY-1")
        practice = self.patient.practice
        location = LocationFactory(practice=practice)
        self.people = {role: StaffFactory(practice=practice, location=location, role=role) for role in Role}
        self.people[Role.PHYSICIAN] = PhysicianFactory(practice=practice, location=location)
        by = self.people[Role.NURSE]
        CoverageFactory(patient=self.patient, payer_key="medicare")
        order = OrderFactory(patient=self.patient, ordered_by=self.people[Role.PHYSICIAN])
        encounter = EncounterFactory(patient=self.patient, location=location, opened_by=by, date=clock.today())
        signed = signed_dose(encounter=encounter, order=order, nurse=by, now=timezone.now())
        draft = charted_draft(encounter=encounter, order=order, nurse=by)
        booked = AppointmentFactory(order=order, location=location, starts_at=timezone.now())
        review = making.answer(making.visit(practice, by=by, of=self.patient), gaps=[("drug.code_missing", "No code")])
        rows = (self.patient, order, encounter, signed, draft, booked, review, *Signature.objects.all())
        self.ids = sorted({row.pk for row in rows})
        self.browsers = {}

    def browser(self, role):
        if role not in self.browsers:
            self.browsers[role] = Client(raise_request_exception=False)
            self.browsers[role].force_login(self.people[role])
        return self.browsers[role]


def addresses(resolver=None, space=""):
    """Every view that declares a capability, with its name and the kinds of its parts."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if not isinstance(pattern, URLPattern):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, inner)
        elif getattr(pattern.callback, "permission", None) and pattern.name:
            yield f"{space}{pattern.name}", pattern.callback.permission, list(pattern.pattern.converters)


def filled(name, parts, clinic):
    """The address with each number that could fit; texts are filled with one that fits nothing."""
    if not parts:
        return [reverse(name)]
    found = []
    for number in clinic.ids:
        words = dict.fromkeys(parts, number)
        try:
            found.append(reverse(name, kwargs=words))
        except Exception:
            return []
    return found


def rows_since(last, clinic):
    return list(AuditEvent.objects.filter(pk__gt=last, patient_id=clinic.patient.pk, action__in=READS))


def newest():
    return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_every_page_that_shows_a_patient_is_recorded_once(record_property):
    clinic, shown, walked = Clinic(), set(), 0
    nurse = clinic.browser(Role.NURSE)
    nurse.post(reverse("injections:patients"), {"q": CANARY})
    for name, capability, parts in addresses():
        role = next(role for role in Role if may(clinic.people[role], capability))
        for address in filled(name, parts, clinic):
            for method in ("get", "post"):
                if not parts:
                    nurse.get(
                        reverse("injections:patient", args=[clinic.patient.pk])
                    )  # so that the newest read is theirs
                last = newest()
                browser = clinic.browser(role)
                browser.cookies.pop("messages", None)  # what the page before had to say was recorded with that one
                response = getattr(browser, method)(address)
                walked += 1
                seen = CANARY.lower() in response.content.decode(errors="ignore").lower()
                if response.status_code >= 300 and response.status_code not in (409, 422):
                    assert not seen, f"{method} {address}: {response.status_code} shows the patient"
                elif seen:
                    rows = rows_since(last, clinic)
                    assert len(rows) == 1, f"{method} {address}: {rows}"
                    assert (rows[0].subject, rows[0].person_id) == (name, clinic.people[role].pk)
                    shown.add(name)
    record_property("walked", walked)
    record_property("pages_that_show_a_patient", len(shown))
    must = {"injections:patient", "injections:patients", "injections:today", "injections:chart", "injections:note"}
    assert must | {"injections:order", "billing:reviews", "billing:review", "injections:audit"} <= shown


def test_search_print_and_export_are_named(db):
    clinic = Clinic()
    encounter = clinic.patient.encounters.first()
    nurse, manager = clinic.browser(Role.NURSE), clinic.browser(Role.MANAGER)
    nurse.post(reverse("injections:patients"), {"q": CANARY})
    for browser, address, action in (
        (nurse, reverse("injections:patients"), "searched"),
        (nurse, reverse("injections:note", args=[encounter.pk]), "printed"),
        (manager, reverse("injections:audit_file"), "exported"),
    ):
        last = newest()
        assert browser.get(address).status_code == 200
        assert [row.action for row in rows_since(last, clinic)] == [action]


def test_a_refused_try_is_recorded_with_what_was_tried():
    clinic = Clinic()
    stranger = StaffFactory()
    outside = Client()
    outside.force_login(stranger)
    assert outside.get(reverse("injections:patient", args=[clinic.patient.pk])).status_code == 404
    with for_practice(stranger.practice_id):
        (row,) = AuditEvent.objects.filter(action="refused")
    assert (row.person_id, row.subject, row.row_key) == (stranger.pk, "injections:patient", str(clinic.patient.pk))
    assert row.patient_id is None
    biller = clinic.browser(Role.BILLER)
    assert biller.get(reverse("injections:staff")).status_code == 404
    assert AuditEvent.objects.filter(action="refused", subject="injections:staff").count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_tried_stays_when_the_request_is_undone(monkeypatch):
    from injections.audit import signing_in
    from injections.views import patients

    clinic = Clinic()

    def breaks(request):
        signing_in._failed(None, {"username": clinic.people[Role.NURSE].username})
        raise RuntimeError

    monkeypatch.setattr(patients, "found", breaks)
    browser = clinic.browser(Role.NURSE)
    assert browser.get(reverse("injections:patients")).status_code == 500
    with for_practice(clinic.patient.practice_id):
        assert AuditEvent.objects.filter(action="sign-in-failed").count() == 1


def test_signing_in_and_out_are_recorded():
    clinic = Clinic()
    browser = clinic.browser(Role.NURSE)
    browser.post(reverse("account_logout"))
    actions = AuditEvent.objects.filter(person_id=clinic.people[Role.NURSE].pk).values_list("action", flat=True)
    assert {"signed-in", "signed-out"} <= set(actions)


def test_the_log_says_when_to_the_microsecond_and_who_in_words():
    clinic = Clinic()
    page = clinic.browser(Role.MANAGER)
    assert page.get(reverse("injections:patient", args=[clinic.patient.pk])).status_code == 200
    shown = page.get(reverse("injections:audit"), {"patient": clinic.patient.pk, "action": "read"}).content.decode()
    assert clinic.people[Role.MANAGER].signs_as in shown
    assert "Looked at" in shown
    assert "CANARY-1" in shown
    assert clock.today().isoformat()[:4] in shown
