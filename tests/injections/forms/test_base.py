"""The form every page builds on: what it refuses, what it keeps, and what it says."""

from decimal import Decimal

import pytest
from django import forms
from django.test import RequestFactory

from injections.forms.base import CleanForm, invalid, problems_of


class Sample(CleanForm):
    ask = {"site": "Choose the injection site"}

    name = forms.CharField(max_length=10)
    note = forms.CharField(widget=forms.Textarea, required=False)
    amount = forms.DecimalField(required=False)
    count = forms.IntegerField(required=False)
    day = forms.DateField(required=False)
    site = forms.ChoiceField(choices=[("l", "Left"), ("r", "Right")], widget=forms.RadioSelect)


def sample(**typed):
    form = Sample({"name": "Rivera", "site": "l", **typed})
    form.is_valid()
    return form


@pytest.mark.parametrize("name", ["Zoë", "O'Brien", "Nguyễn", "Null", "李", "محمد", "N"])
def test_real_names_pass(name):
    assert sample(name=name).cleaned_data["name"] == name


@pytest.mark.parametrize("code", [0x00, 0x07, 0x0A, 0x1B, 0x200B, 0x202E, 0x2066, 0xFEFF, 0xD800])
def test_characters_that_cannot_be_seen_are_refused(code):
    form = sample(name=f"Ri{chr(code)}vera")
    assert form.errors["name"] == ["Type this again: it holds characters that cannot be seen"]


def test_a_name_is_kept_in_one_spelling():
    assert sample(name="Zoe\u0308").cleaned_data["name"] == "Zoë"


def test_several_lines_keep_their_line_breaks():
    assert sample(note="one\ntwo").cleaned_data["note"] == "one\ntwo"


@pytest.mark.parametrize("text", ["1e2", "1_0", "١", "１", "-1", "+1", "1,5", "NaN", ".5", "5."])
def test_odd_numbers_are_refused(text):
    form = sample(amount=text, count=text)
    assert form.errors["amount"] == ["Enter digits, such as 0.5"]
    assert form.errors["count"] == ["Enter a whole number in digits"]


def test_plain_numbers_pass():
    form = sample(amount=" 0.5 ", count="12")
    assert (form.cleaned_data["amount"], form.cleaned_data["count"]) == (Decimal("0.5"), 12)


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_dates_beyond_every_life_are_refused(text):
    assert sample(day=text).errors["day"] == ["Enter a date between 1900 and 2100"]


def test_every_message_says_what_to_do():
    form = Sample({"name": "much too long a name", "day": "31/31/2020"})
    form.is_valid()
    assert form.errors["name"] == ["Shorten the name to 10 characters"]
    assert form.errors["day"] == ["Enter a real date, such as 3/14/1961"]
    assert form.errors["site"] == ["Choose the injection site"]
    assert Sample({}).errors["name"] == ["Enter the name"]


def test_the_summary_leads_to_the_first_option_of_radios():
    form = sample(site="", name="")
    assert [problem.target for problem in problems_of(form)] == ["id_name", "id_site_0"]


@pytest.mark.django_db
def test_a_refused_page_answers_422_with_a_focused_summary():
    request = RequestFactory().post("/")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    answer = invalid(request, "account/_said.html", {"form": sample(name="")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert 'id="problems" tabindex="-1" autofocus' in page


class Hidden(CleanForm):
    key = forms.UUIDField(required=False)
    number = forms.IntegerField(widget=forms.HiddenInput)


def test_a_key_has_no_length_to_check():
    form = Hidden({"key": "6d1f7f0e-6e0f-4c54-a64c-5a5f2c2ab0ff", "number": "3"})
    assert form.is_valid()
    assert not Hidden({"key": "x" * 5_000, "number": "3"}).is_valid()


def test_a_hidden_number_stays_hidden():
    assert 'type="hidden"' in str(Hidden()["number"])
