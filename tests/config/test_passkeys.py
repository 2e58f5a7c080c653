"""What comes in as a passkey is read strictly: nothing made up is kept, lets anybody in, or breaks the page."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from config.passkeys import NOT_ACCEPTED, PasskeyAloneForm
from injections.actions import second_factor, shifts, sign_ins
from injections.models import SignIn
from tests.entering import PASSWORD, enrolled, signs_in, staff_with_password, with_pin

pytestmark = pytest.mark.django_db

TEXT = "AAAA"
PARTS = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
WHOLE = {
    "id": TEXT,
    "rawId": TEXT,
    "type": "public-key",
    "response": dict.fromkeys(
        ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"), TEXT
    ),
    "clientExtensionResults": {},
}
MADE_UP = [
    "",
    "[" * 19_000,
    "9" * 6000,
    "NaN",
    "null",
    "[]",
    '"\\u0000"',
    "{}",
    json.dumps(WHOLE),
    json.dumps(WHOLE | {"id": "\x00"}),
    json.dumps(WHOLE | {"response": "x"}),
    json.dumps(WHOLE | {"response": {**WHOLE["response"], "clientDataJSON": "e30"}}),
    json.dumps(WHOLE | {"response": {**WHOLE["response"], "attestationObject": "oWNmbXRkbm9uZQ", "userHandle": 7}}),
    json.dumps(WHOLE | {"rawId": "é", "id": "é"}, ensure_ascii=False),
    json.dumps(WHOLE | {"clientExtensionResults": {"x": 1}, "type": ["public-key"]}),
]


def test_nothing_made_up_is_a_passkey(client):
    for sent in MADE_UP:
        client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
        answer = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
        assert answer.headers["Location"] == reverse("account_login")
    staff_with_password("kim")
    signs_in(client, "kim", with_code=False)
    for sent in MADE_UP:
        client.get(reverse("mfa_add_webauthn"))
        answer = client.post(reverse("mfa_add_webauthn"), {"credential": sent, "name": "\u202ekey"})
        assert answer.status_code == 200
        assert "passkey was not accepted" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_a_made_up_passkey_is_no_code(client):
    enrolled("kim")
    signs_in(client, "kim", with_code=False)
    for sent in MADE_UP:
        assert client.post(reverse("mfa_authenticate"), {"credential": sent}).status_code == 200
    assert SignIn.objects.count() == 0


def test_the_dialog_over_a_page_takes_the_passkey_of_its_person_alone(client, monkeypatch):
    kim, lou = staff_with_password("kim"), staff_with_password("lou")
    back = reverse("injections:come_back")
    for sent in MADE_UP[1:]:  # without one it asks for the password
        client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
        answer = client.post(back, {"who": "kim", "secret": "", "passkey": sent})
        assert (answer.status_code, answer.json()["errors"]) == (422, {"back_secret": NOT_ACCEPTED})
    row = Authenticator(user=lou, type=Authenticator.Type.WEBAUTHN, data={})
    monkeypatch.setattr(Authenticator, "record_usage", lambda self: None)
    monkeypatch.setattr(PasskeyAloneForm, "clean_credential", lambda self: row)
    answer = client.post(back, {"who": "kim", "secret": "", "passkey": "{}"})
    assert "somebody else" in answer.json()["errors"]["back_secret"]
    assert not SignIn.objects.exists()
    row.user = kim
    assert client.post(back, {"who": "kim", "secret": "", "passkey": "{}"}).json()["state"] == "open"
    assert SignIn.objects.get().staff == kim


def test_a_pin_adds_no_passkey_and_removes_none(client):
    person = with_pin(enrolled("kim"))
    row = Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    shift, _ = shifts.start(by=person, sign_in=sign_ins.begin(staff=person, how=SignIn.How.FULL))
    client.force_login(person)
    SignIn.objects.filter(staff=person).update(how=SignIn.How.PIN, shift=shift)
    for address in (reverse("mfa_add_webauthn"), reverse("mfa_remove_webauthn", args=[row.pk])):
        for send in (client.get, client.post):
            assert send(address).headers["Location"] == reverse("injections:own")
    assert Authenticator.objects.filter(pk=row.pk).exists()
    page = client.get(reverse("injections:own"), follow=True).content.decode()
    assert "Sign in with your password and your phone or passkey" in page


def test_the_last_factor_stays_and_another_persons_is_not_there(client):
    person, other = enrolled("kim"), enrolled("lea")
    rows = {
        one: Authenticator.objects.create(user=one, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
        for one in (person, other)
    }
    signs_in(client, "kim")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("mfa_remove_webauthn", args=[rows[other].pk])).status_code == 404
    client.post(reverse("mfa_remove_webauthn", args=[rows[person].pk]))
    assert second_factor.ways(staff=person) == {second_factor.PHONE}
    last = Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
    client.post(reverse("mfa_remove_webauthn", args=[last.pk]))
    assert second_factor.ways(staff=person) == {second_factor.PASSKEY}
