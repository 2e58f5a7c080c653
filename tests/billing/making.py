"""Rows that billing tests stand on: a practice with its people, a visit, and answers about it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import wraps
from itertools import count

from django.apps import apps

from billing.models import ClaimLine, Gap, NotBilled, Review
from tests import standing
from tests.standing import for_practice

TODAY = date(2026, 11, 21)
numbers = count(1)


def chart(model):
    return apps.get_model("injections", model)


def clinic(name="Northside Clinic"):
    """The first one is whom the test acts for."""
    practice = chart("Practice").objects.create(name=name, time_zone="America/Chicago")
    standing.at_first(practice.pk)
    with for_practice(practice.pk):
        chart("Location").objects.create(practice=practice, name="Main Street", state="TX")
    return practice


def own(making):
    """Rows are made for the practice that they are of, whichever one the test acts for."""

    @wraps(making)
    def made(whose, /, *arguments, **columns):
        with for_practice(getattr(whose, "practice_id", None) or whose.pk):
            return making(whose, *arguments, **columns)

    return made


@own
def person(practice, role, family_name="Osei", given_name="Kim", credential="", **columns):
    return chart("Staff").objects.create(
        username=f"{role}-{next(numbers)}",
        password="!",  # cannot sign in
        practice=practice,
        role=role,
        family_name=family_name,
        given_name=given_name,
        credential=credential,
        **columns,
    )


@own
def patient(practice, family_name="Doe", given_name="Alan", **columns):
    number = next(numbers)
    return chart("Patient").objects.create(
        practice=practice,
        mrn=columns.pop("mrn", f"{number:06}"),
        family_name=family_name,
        given_name=given_name,
        birth_date=columns.pop("birth_date", date(1956, 3, 14)),
        **columns,
    )


@own
def visit(practice, *, by=None, of=None, day=None, **columns):
    return chart("Encounter").objects.create(
        practice=practice,
        patient=of or patient(practice),
        location=chart("Location").objects.filter(practice=practice).first(),
        date=day or TODAY - timedelta(days=2),
        opened_by=by or person(practice, "nurse", "Lee", "Jordan", "MA"),
        **columns,
    )


@own
def answer(encounter, *, lines=(("96372", 1, "15.36"),), gaps=(), not_billed=(), **columns):
    """A derived review. A gap is (rule, summary) or a dictionary of columns; a line is (code, units, dollars)."""
    mine = {"practice": encounter.practice}
    expected = [Decimal(dollars) for _, _, dollars in lines if dollars is not None]
    gaps = [gap if isinstance(gap, dict) else {"rule": gap[0], "summary": gap[1]} for gap in gaps]
    review = Review.objects.create(
        **mine,
        encounter=encounter,
        state=Review.State.DERIVED,
        **{
            "edition": "e" * 12,
            "input": "",
            "output": "{}",
            "payer_key": "medicare",
            "payer_name": "Medicare Part B",
            "blocked": any(gap.get("gate", "claim") != "nothing" for gap in gaps),
            "expected": sum(expected) if expected else None,
            **columns,
        },
    )
    for number, (code, units, dollars) in enumerate(lines, start=1):
        ClaimLine.objects.create(
            **mine,
            review=review,
            line_no=number,
            code=code,
            units=units,
            diagnoses=["E53.8"],
            administrations=["1"],
            expected=dollars and Decimal(dollars),
            rule="administration.therapeutic_injection",
            because="intramuscular, not a vaccine",
        )
    for position, gap in enumerate(gaps):
        usual = {"severity": "critical", "gate": "claim", "owner": "nurse", "until": "filing"}
        Gap.objects.create(**mine, review=review, position=position, **{**usual, **gap})
    for what, because in not_billed:
        NotBilled.objects.create(**mine, review=review, what=what, because=because, rule="drug.not_billed")
    return review


@own
def failure(encounter, **columns):
    return Review.objects.create(
        practice=encounter.practice,
        encounter=encounter,
        state=Review.State.FAILED,
        error_reference="4f1c2a90",
        blocked=True,
        **columns,
    )
