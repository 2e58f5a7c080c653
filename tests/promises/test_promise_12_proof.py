"""Everybody has a second factor, and every signature is proved by whoever signs, at the form itself."""

import inspect
import pkgutil
from importlib import import_module

import pytest
from django.urls import reverse

from injections import actions
from injections.actions import cosigning, proving, second_factor
from injections.actions.proving import NotProved, Proof
from injections.models import Administration, Order, Signature, SignIn, StandingOrder, Tries
from tests import clock
from tests.entering import PASSWORD, PIN, code, enrolled, with_pin
from tests.factories import (
    EncounterFactory,
    OrderFactory,
    PhysicianFactory,
    StaffFactory,
    charted_draft,
    proof_of,
    signed_dose,
)
from tests.injections.views.charts import typed

pytestmark = pytest.mark.django_db

#: every action that puts a name under something
SIGNS = {
    "signing.sign",
    "signing.correct",
    "signing.enter_in_error",
    "cosigning.cosign",
    "cosigning.cosign_clean",
    "orders.place",
    "orders.sign",
    "order_requests.renew",
    "standing_orders.sign",
}
#: reached through those that ask, or under the signature of a protocol that was proved when it was given
INNER = {"signing.write_signature", "signing._conclude", "standing_orders.order_under", "standing_orders._order"}


@pytest.fixture
def written():
    """One thing to sign of each kind, and who signs it: (signer, address, form)."""
    order = OrderFactory()
    visit = EncounterFactory(patient=order.patient, date=clock.today())
    draft = charted_draft(order=order, encounter=visit)
    nurse = draft.author
    physician = PhysicianFactory(practice=draft.practice)
    asked = {"patient": draft.encounter.patient, "ordered_by": physician}
    given, other = (signed_dose(order=OrderFactory(**asked), nurse=nurse) for _ in range(2))
    order = OrderFactory(patient=draft.encounter.patient, ordered_by=physician, signed_by=None, signed_at=None)
    new = {"dose": "1,000", "unit": "mcg", "route": "IM", "kind": "once", "diagnoses": "E53.8"}
    new["starts_on"] = clock.today().isoformat()
    protocol = new | {"name": "Vitamin shot", "criteria": "adults", "states": draft.encounter.location.state}
    protocol |= {"since": new["starts_on"], "until": new["starts_on"]}
    at = {name: reverse(f"injections:{name}", args=args) for name, args in {
        "sign": [draft.pk], "withdraw": [given.pk], "cosign_sign": [given.pk], "cosign_clean": [],
        "order_sign": [order.pk], "order_details": [draft.encounter.patient_id, draft.order.product_id],
        "standing_order_details": [draft.order.product_id],
    }.items()}  # fmt: skip
    return [
        (nurse, at["sign"], typed(draft)),
        (nurse, at["withdraw"], {"reason": "wrong patient"}),
        (physician, at["cosign_sign"], {}),
        (physician, at["cosign_clean"], {"dose": [given.pk, other.pk]}),
        (physician, at["order_sign"], {}),
        (physician, at["order_details"], new),
        (physician, at["standing_order_details"], protocol),
    ]


def signed_things():
    return (
        Signature.objects.count(),
        Administration.objects.count(),
        Order.objects.filter(signed_at__isnull=False).count(),
        Order.objects.count(),
        StandingOrder.objects.count(),
    )


SECRETS = [
    {},
    {"proof_secret": ""},
    {"proof_secret": "guessed again"},
    {"proof_secret": PASSWORD},
    {"proof_name": "somebody", "proof_secret": PASSWORD},
    {"proof_secret": PIN},
]


def test_promise_12_no_signature_without_proof(written, client, record_property):
    tried = 0
    for signer, address, form in written:
        client.force_login(signer)
        before = signed_things()
        for secret in SECRETS:
            answer = client.post(address, form | secret)
            assert answer.status_code == 422, (address, secret, answer.status_code)
            assert "proof_" in answer.content.decode()
            assert signed_things() == before, (address, secret)
            assert f'value="{secret.get("proof_secret") or "?"}"' not in answer.content.decode()
            tried += 1
        Tries.objects.all().delete()
    record_property("figure", f"{tried} posts to {len(written)} signing pages without proof, 0 signed")


def test_promise_12_the_first_signing_asks_for_both_components_and_later_ones_for_one(written, client):
    nurse, sign, form = written[0]
    client.force_login(nurse)
    assert client.post(sign, form | {"proof_secret": PASSWORD}).status_code == 422
    answer = client.post(sign, form | {"proof_name": nurse.username.upper(), "proof_secret": PASSWORD})
    assert answer.status_code == 302
    assert SignIn.objects.get(staff=nurse, ended_at=None).first_signed_at is not None
    _, withdraw, reason = written[1]
    assert client.post(withdraw, reason | {"proof_secret": PASSWORD}).status_code == 302
    assert Administration.objects.filter(status="entered-in-error").count() == 1


def test_promise_12_what_was_typed_stays_when_the_proof_is_wrong(written, client):
    nurse, sign, form = written[0]
    client.force_login(nurse)
    answer = client.post(sign, form | {"note": "came with her son", "proof_secret": "wrong"})
    page = answer.content.decode()
    assert "came with her son" in page
    assert "Say who signs" in page
    assert "Enter your password again" in page, "its field is empty now"


def test_promise_12_wrong_proofs_are_counted_and_stop(written, client):
    physician, cosign, _ = written[2]
    client.force_login(physician)
    wrong = {"proof_name": physician.username, "proof_secret": "guessed again"}
    said = [client.post(cosign, wrong).content.decode() for _ in range(11)]
    assert "1 try left" in said[8]
    assert "10 wrong tries in a row" in said[9]
    assert client.post(cosign, wrong | {"proof_secret": PASSWORD}).status_code == 422
    assert Tries.objects.get(staff=physician).failures == 10


def test_promise_12_actions_check_the_proof_themselves():
    dose = signed_dose()
    physician, other = dose.order.ordered_by, StaffFactory(practice=dose.practice)
    made_up = [None, proof_of(other), Proof(physician.pk, None, proof_of(physician).proved_at - 61)]
    for proof in made_up:
        with pytest.raises(NotProved):
            cosigning.cosign(administration=dose, by=physician, proof=proof)
    assert cosigning.cosign(administration=dose, by=physician, proof=proof_of(physician))


def test_promise_12_every_action_that_signs_asks_for_proof():
    asking, signing_ones = set(), set()
    for found in pkgutil.iter_modules(actions.__path__):
        module = import_module(f"injections.actions.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or found.name == "proving":
                continue
            if "proof" in inspect.signature(function).parameters:
                asking.add(f"{found.name}.{name}")
            source = inspect.getsource(function)
            if "write_signature(" in source or "signed_by" in source:
                signing_ones.add(f"{found.name}.{name}")
    assert asking == SIGNS
    assert signing_ones - INNER <= SIGNS


def test_promise_12_on_a_shared_device_the_pin_proves(written, client):
    nurse, sign, form = written[0]
    with_pin(nurse)
    from injections.actions import shifts, sign_ins

    _, key = shifts.start(by=nurse, sign_in=sign_ins.begin(staff=nurse, how=SignIn.How.FULL))
    client.cookies["shift"] = client.cookies["__Host-shift"] = key
    client.post(reverse("injections:shift_enter"), {"who": nurse.username, "pin": PIN})
    me = {"proof_name": nurse.username}
    assert client.post(sign, form | me | {"proof_secret": PASSWORD}).status_code == 422
    assert client.post(sign, form | me | {"proof_secret": PIN}).status_code == 302
    assert Signature.objects.latest("pk").signer == nurse


def test_promise_12_a_code_works_once_and_ten_wrong_ones_lock(record_property):
    person = enrolled("kim")
    shown = code()
    assert second_factor.check(staff=person, code=shown) == ""
    replayed = [second_factor.check(staff=person, code=shown) for _ in range(3)]
    assert all(replayed)
    wrong = [second_factor.check(staff=person, code="000000") for _ in range(7)]
    assert "10 wrong tries in a row. Wait until" in wrong[-1]
    record_property("figure", "a code works once; locked after 10 wrong ones")


def test_promise_12_nobody_but_prove_makes_a_proof():
    """A proof is made in one place, so that nobody signs for somebody else by constructing one."""
    import ast
    from pathlib import Path

    root = Path(proving.__file__).parents[2]
    makers = set()
    for path in [*root.glob("injections/**/*.py"), *root.glob("billing/**/*.py"), *root.glob("config/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Proof":
                makers.add(path.name)
    assert makers == {"proving.py"}
