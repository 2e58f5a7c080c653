"""Signing in with password and phone: nothing opens before both, no code works twice, and a lost phone is replaced."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.urls import reverse

from config.second_factor import SealedSecrets
from injections.actions import second_factor
from injections.models import SignIn, Staff, Tries
from tests.entering import PASSWORD, SECRET, code, enrolled, signs_in, staff_with_password

pytestmark = pytest.mark.django_db

HOME = "/me/"


def test_a_password_alone_opens_nothing_but_the_enrolment(client):
    staff_with_password("kim")
    signs_in(client, "kim", with_code=False)
    assert client.get(HOME).headers["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("injections:today")).headers["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_view_recovery_codes")).headers["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_a_fragment_of_a_page_leads_there_too(client):
    staff_with_password("kim")
    signs_in(client, "kim", with_code=False)
    answer = client.get(HOME, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == reverse("mfa_activate_totp")


def test_enrolling_a_phone_lets_in_and_shows_recovery_codes_once(client):
    person = staff_with_password("kim")
    signs_in(client, "kim", with_code=False)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    shown = code(secret)
    answer = client.post(reverse("mfa_activate_totp"), {"code": shown}, follow=True)
    codes = answer.context["unused_codes"]
    assert len(codes) == 10
    assert all(one in answer.content.decode() for one in codes)
    assert client.get(HOME).status_code == 200
    assert SignIn.objects.get(staff=person).how == SignIn.How.FULL
    assert second_factor.check(staff=person, code=shown), "the code that proved the phone is used up"


def test_a_wrong_code_enrols_nothing(client):
    staff_with_password("kim")
    signs_in(client, "kim", with_code=False)
    client.get(reverse("mfa_activate_totp"))
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "This code is not right" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_password_and_code_open_the_work(client):
    person = enrolled("kim")
    answer = signs_in(client, "kim", with_code=False)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.get(HOME).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get(HOME).status_code == 200
    assert SignIn.objects.get(staff=person).how == SignIn.How.FULL


def test_what_the_phone_showed_before_is_not_taken_after_a_later_code(client):
    person = enrolled("kim")
    later = code(steps=1)
    assert second_factor.check(staff=person, code=later) == ""
    assert second_factor.check(staff=person, code=code())


def test_a_code_stays_used_while_the_clock_still_allows_it_and_the_cache_is_lost():
    """allauth keeps used codes in the cache for one period, and takes a code for three."""
    from django.core.cache import cache

    person = enrolled("kim")
    shown = code()
    assert second_factor.check(staff=person, code=shown) == ""
    cache.clear()
    with time_machine.travel(time.time() + 29, tick=False):
        assert second_factor.check(staff=person, code=shown)


def test_a_recovery_code_works_once(client):
    person = enrolled("kim")
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    first = RecoveryCodes.activate(person).get_unused_codes()[0]
    assert second_factor.check(staff=person, code=first) == ""
    assert second_factor.check(staff=person, code=first)


def test_whoever_has_no_recovery_codes_is_led_to_where_they_are_made(client):
    enrolled("kim")
    signs_in(client, "kim")
    view, make = reverse("mfa_view_recovery_codes"), reverse("mfa_generate_recovery_codes")
    page = client.get(HOME).content.decode()
    assert f'href="{make}"' in page
    assert f'href="{view}"' not in page, "there is nothing to see yet: it would answer that there is no such page"
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "print them there" in client.get(make).content.decode()
    assert len(client.post(make, follow=True).context["unused_codes"]) == 10
    assert f'href="{view}"' in client.get(HOME).content.decode()


def test_secrets_are_not_stored_in_the_clear(settings):
    person = enrolled("kim")
    stored = Authenticator.objects.get(user=person).data["secret"]
    assert SECRET not in stored
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert SealedSecrets().decrypt(stored) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        SealedSecrets().decrypt(stored)


def test_ten_wrong_codes_lock_for_a_while_and_say_so(client):
    person = enrolled("kim")
    said = [second_factor.check(staff=person, code="000000") for _ in range(10)]
    assert "1 try left" in said[8]
    assert "10 wrong tries in a row. Wait until" in said[9]
    assert "Wait until" in second_factor.check(staff=person, code=code())
    Tries.objects.filter(staff=person).update(last_at=Tries.objects.get().last_at - timedelta(minutes=16))
    assert second_factor.check(staff=person, code=code()) == ""


def test_a_given_password_is_changed_first(client):
    person = enrolled("kim")
    Staff.objects.filter(pk=person.pk).update(password_is_given=True)
    signs_in(client, "kim")
    assert client.get(HOME).headers["Location"] == reverse("account_change_password")
    own = "seven otters paint fences"
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": own, "password2": own}
    )
    assert answer.status_code == 302
    assert client.get(HOME).status_code == 200
    person.refresh_from_db()
    assert person.check_password(own)
    assert not person.password_is_given


def test_after_a_lost_phone_the_password_is_not_enough(client):
    person = enrolled("kim")
    admin = staff_with_password("boss", role="administrator", practice=person.practice)
    given = second_factor.reset(staff=person, by=admin)
    signs_in(client, "kim", with_code=False)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    for wrong in ("", "bcdf-ghjk-mnpq"):
        assert client.post(reverse("mfa_activate_totp"), {"code": code(secret), "given": wrong}).status_code == 200
        assert not second_factor.exists(person)
    client.post(reverse("mfa_activate_totp"), {"code": code(secret), "given": given.upper()})
    assert second_factor.exists(person)
    assert client.get(HOME).status_code == 200
    person.refresh_from_db()
    assert person.enrolment_code == "", "the code works once"


def test_allauths_other_pages_ask_for_the_administrator(client):
    for name in ("account_signup", "account_reset_password", "account_email", "mfa_deactivate_totp"):
        answer = client.post(reverse(name), {"email": "kim@example.org"})
        assert "Ask your administrator" in answer.content.decode()
