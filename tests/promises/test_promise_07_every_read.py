"""Promise 7: every read of a patient has an audit row: who, when, which patient, on which page.

All addresses of the product are walked with one patient whose name nobody else has. A page that a test has never heard
of is walked too: what shows the name without exactly one row that names the patient fails.
"""

import pytest
from django.test import Client
from django.urls import reverse

from injections.models import AuditEvent, Patient
from injections.models.staff import Role
from injections.policy import may
from tests import clock
from tests.factories import StaffFactory
from tests.promises.addresses import every_address
from tests.promises.rows_of_addresses import CANARY, House
from tests.standing import for_practice

pytestmark = pytest.mark.django_db

#: how somebody looks at a patient; an emergency access marks every look
READS = ("read", "searched", "printed", "exported", "emergency")
#: pages that are known to show a patient: a walk that does not meet them has walked past
KNOWN = {
    "injections:patient", "injections:patients", "injections:today", "injections:chart", "injections:note",
    "injections:order", "billing:reviews", "billing:review", "injections:audit",
}  # fmt: skip


class Clinic(House):
    """One practice with a row of everything about the patient, nobody else of that name, and a browser a person."""

    def __init__(self):
        super().__init__()
        self.browsers = {}

    def browser(self, role):
        if role not in self.browsers:
            self.browsers[role] = Client(raise_request_exception=False)
            self.browsers[role].force_login(self.people[role])
        return self.browsers[role]

    def addresses(self):
        """Every view that declares a capability: its name, who is asked to look, and where about this patient."""
        declared = [address for address in every_address() if address.capability]
        rows = {word: self.row(word) for word in sorted({word for one in declared for word in one.names.values()})}
        Patient.objects.filter(family_name=CANARY).exclude(pk=self.patient.pk).update(family_name="Somebody")
        for address in declared:
            role = next(role for role in Role if may(self.people[role], address.capability))
            parts = {part: rows[word] for part, word in address.names.items()}
            yield address.name, role, reverse(address.name, kwargs=parts), not parts


def rows_since(last, clinic):
    return list(AuditEvent.objects.filter(pk__gt=last, patient_id=clinic.patient.pk, action__in=READS))


def newest():
    return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def asked(browser, method, address):
    """The answer, whether it shows the patient, and the newest row before."""
    last = newest()
    browser.cookies.pop("messages", None)  # what the page before had to say was recorded with that one
    answer = getattr(browser, method)(address)
    return answer, CANARY.lower() in answer.getvalue().decode(errors="ignore").lower(), last


def test_every_page_that_shows_a_patient_is_recorded_once(record_property):
    clinic, shown, walked = Clinic(), set(), 0
    nurse = clinic.browser(Role.NURSE)
    about = reverse("injections:patient", args=[clinic.patient.pk])
    nurse.post(reverse("injections:patients"), {"q": CANARY})
    for name, role, address, a_list in clinic.addresses():
        for method in ("get", "post"):
            if a_list:
                nurse.get(about)  # so that the newest read is theirs
            answer, seen, last = asked(clinic.browser(role), method, address)
            walked += 1
            if answer.status_code >= 300 and answer.status_code not in (409, 422):
                assert not seen, f"{method} {address}: {answer.status_code} shows the patient"
            elif seen:
                rows = rows_since(last, clinic)
                assert len(rows) == 1, f"{method} {address}: {rows}"
                assert (rows[0].subject, rows[0].person_id) == (name, clinic.people[role].pk)
                shown.add(name)
    assert shown >= KNOWN
    record_property("figure", f"{walked} requests to every address; {len(shown)} pages show a patient: one row each")


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
    assert clinic.patient.mrn in shown
    assert clock.today().isoformat()[:4] in shown
