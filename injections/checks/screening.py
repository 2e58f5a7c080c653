"""Screening: the questions that this drug alone asks before it is given."""

from __future__ import annotations

from collections.abc import Iterator

from injections.checks.rule import check, softened, stop, treatments, warning
from injections.facts import ASSUMED, Administration, Encounter, ScreeningQuestion
from injections.findings import Finding


def _questions(encounter: Encounter) -> Iterator[tuple[Administration, ScreeningQuestion, str]]:
    """Every question that concerns this patient, with the answer or an empty text."""
    sex = (encounter.patient.sex or "").strip().lower()[:1]
    for dose in treatments(encounter):
        for question in dose.product.screening if dose.product else ():
            concerns = (question.applies_to_sex or "").strip().lower()[:1]
            if not concerns or not sex or concerns == sex or sex not in ("f", "m"):
                yield dose, question, dose.screening.get(question.key, "").strip()


def _held(dose: Administration, question: ScreeningQuestion, fix: str, because: str) -> Finding:
    """A stop where the question stops the drug, else a warning."""
    speak = stop if question.stops else warning
    found = speak(dose, f"screening.{question.key}", fix=fix, because=because)
    return softened(found, dose.product, "screening")


@check(applies=("product.screening",))
def question_unanswered(encounter: Encounter) -> Iterator[Finding]:
    """A question that must be asked before this drug has no answer

    Its answer decides whether the drug is safe for this patient today.
    """
    for dose, question, answer in _questions(encounter):
        if not answer:
            yield _held(dose, question, f"Ask: {question.ask}", f"{dose.called} asks: {question.ask}")


@check(applies=("product.screening",))
def answer_not_safe(encounter: Encounter) -> Iterator[Finding]:
    """An answer of the patient speaks against this drug

    The label or the practice wants somebody to decide before it is given.
    """
    for dose, question, answer in _questions(encounter):
        safe = {text.strip().lower() for text in question.safe_answers}
        if answer and answer != ASSUMED and safe and answer.lower() not in safe:
            because = f"{question.ask} Answer: {answer}; safe: {', '.join(question.safe_answers)}"
            yield _held(dose, question, "Stop. Tell the person who ordered it", because)


CHECKS = (question_unanswered, answer_not_safe)
