"""Who may do what: every role against every capability, and views that show nothing to the rest."""

from types import SimpleNamespace

import pytest
from django.http import Http404, HttpResponse

from injections.models.staff import Role
from injections.policy import CAPABILITIES, may, requires

N, A, P, F, B, M, X = (
    Role.NURSE,
    Role.MEDICAL_ASSISTANT,
    Role.PHYSICIAN,
    Role.FRONT_DESK,
    Role.BILLER,
    Role.MANAGER,
    Role.ADMINISTRATOR,
)

#: said again in full, so that a slip in the policy shows
EXPECTED = {
    "home": {N, A, P, F, B, M, X},
    "today.see": {N, A, P, F, M},
    "patient.see": {N, A, P, F, B, M},
    "patient.write": {N, A, P, F},
    "allergy.confirm": {N, P},
    "incident.write": {N, A, P, M},
    "recall.see": {N, A, P, M},
    "recall.write": {N, A, M},
    "spared.end": {N, A, P},
    "restriction.write": {N, A, P, F},
    "restriction.care": {N, A, P},
    "emergency.open": {N, A, P, F},
    "emergency.see": {X, M},
    "emergency.close": {N, A, P, F, M, X},
    "appointment.protected": {F},
    "appointment.write": {N, A, P, F},
    "import.write": {N, A, F},
    "formulary.see": {N, A, P, F, B, M, X},
    "order.write": {P},
    "order.spoken": {N, A, P},
    "order.pause": {N, A, P},
    "chart.see": {N, A, P, B, M},
    "chart.write": {N, A, P},
    "chart.sign": {N, A, P},
    "chart.correct": {N, P},
    "chart.cosign": {P},
    "presence.write": {N, A, P},
    "downtime.print": {N, A, P, M},
    "stock.see": {N, A, P, M},
    "stock.write": {N, A, M},
    "question.answer": {N, A, P},
    "charges.preview": {N, A, P, B, M},
    "charges.review": {B, M},
    "charges.export": {B, M},
    "charges.replay": {B, M},
    "rulebook.see": {N, A, P, F, B, M, X},
    "shift.start": {N, A, P, F},
    "shift.join": {N, A, P, F},
    "staff.write": {X},
    "practice.write": {X},
    "disclosures.see": {N, A, P, F, M},
    "disclosures.write": {N, A, P, F, M},
    "audit.see": {M, X},
}


def person(role, is_active=True):
    return SimpleNamespace(role=role, is_active=is_active)


def test_every_capability_is_said_here():
    assert CAPABILITIES.keys() == EXPECTED.keys()


@pytest.mark.parametrize("capability", sorted(EXPECTED))
def test_who_may(capability):
    assert {role for role in Role if may(person(role), capability)} == EXPECTED[capability]


@pytest.mark.parametrize("capability", sorted(EXPECTED))
def test_somebody_let_go_may_nothing(capability):
    assert not any(may(person(role, is_active=False), capability) for role in Role)


@pytest.mark.parametrize("nobody", [None, SimpleNamespace(), SimpleNamespace(is_active=True), person("superuser")])
def test_somebody_without_a_role_may_nothing(nobody):
    assert not any(may(nobody, capability) for capability in CAPABILITIES)


def test_a_misspelt_capability_is_an_error():
    with pytest.raises(KeyError):
        may(person(P), "chart.sing")
    with pytest.raises(KeyError):
        requires("chart.sing")


def test_who_may_not_sees_what_an_unknown_address_shows():
    @requires("chart.sign")
    def view(request):
        return HttpResponse("signed")

    assert view(SimpleNamespace(user=person(N))).status_code == 200
    with pytest.raises(Http404):
        view(SimpleNamespace(user=person(B)))
    assert view.permission == "chart.sign"
