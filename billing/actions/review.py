"""Working out the charges of a visit, and keeping the answer. There is one way, whoever asks."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import transaction

from billing import engine, visit_json
from billing.actions import visits
from billing.actions.context import context, file_by
from billing.case import Case
from billing.loading import rows
from billing.models import ClaimLine, ExportedLine, Gap, NotBilled, Review
from billing.reference import Reference
from injections import chart, codec, facts

State = Review.State


def derive(encounter: Any) -> Case:
    """What the signed chart of this visit is billed as."""
    return ask(encounter, chart.read_chart(encounter))


def preview(encounter: Any, draft: Any = None) -> Case:
    """The same with what is still being charted, as if it were signed now."""
    return ask(encounter, chart.read_chart(encounter, draft))


def ask(encounter: Any, visit: facts.Encounter) -> Case:
    """The engine's answer about these facts under the reference in force."""
    reference = in_force(encounter.practice_id)
    return engine.review(visit, context(encounter, reference), reference)


def in_force(practice_id: int) -> Reference:
    """The reference, read again only when something was loaded since."""
    newest = rows.edition_row()
    return _of_practice(newest.pk if newest else None, practice_id)


@lru_cache(maxsize=500)
def _of_practice(edition: int | None, practice_id: int) -> Reference:
    return replace(_shared(edition), payers=rows.read_payers(practice_id))


@lru_cache(maxsize=2)
def _shared(edition: int | None) -> Reference:
    return rows.reference()


@transaction.atomic
def store(encounter: Any, case: Case) -> Review:
    """Keep an answer. Asked the same again with the same answer, the review that stands is the answer."""
    visits.hold(encounter.pk)
    before = current(encounter.pk)
    asked, answer = question(case), answered(case)
    said = dump(answer)
    if before is not None and (before.input, before.output) == (asked, said):
        return before
    lines = [ClaimLine(practice_id=encounter.practice_id, **columns) for columns in line_columns(answer)]
    review = Review.objects.create(
        practice_id=encounter.practice_id,
        encounter_id=encounter.pk,
        supersedes=before,
        already_sent=sent_with(encounter.pk, lines),
        edition=answer["edition"],
        state=State.DERIVED,
        input=asked,
        output=said,
        payer_key=case.context.payer.key,
        payer_name=case.context.payer.name,
        blocked=not case.billable,
        expected=total(lines),
        file_by=file_by(case),
    )
    _store_parts(review, case, answer, lines)
    return review


@transaction.atomic
def store_failure(encounter: Any, reference: str) -> Review:
    """Keep that there is no answer, so that somebody sees it."""
    visits.hold(encounter.pk)
    before = current(encounter.pk)
    return Review.objects.create(
        practice_id=encounter.practice_id,
        encounter_id=encounter.pk,
        supersedes=before,
        state=State.FAILED,
        error_reference=reference,
        payer_key=before.payer_key if before else "",
        payer_name=before.payer_name if before else "",
        blocked=True,
    )


def current(encounter_id: int) -> Review | None:
    """The newest answer about a visit."""
    return Review.objects.filter(encounter_id=encounter_id, superseded_by__isnull=True).first()


def answered(case: Case) -> dict[str, Any]:
    """The answer in the shape of the derivation door."""
    told = {"payer": case.context.payer.key, "administrations": [{} for _ in case.encounter.administrations]}
    return visit_json.answer(case, visit_json.Visit(case.encounter, case.context, told, False, ()))


def question(case: Case) -> str:
    """Everything that the rules were asked about, as text that can be asked again."""
    context = {field.name: codec.encode(getattr(case.context, field.name)) for field in fields(case.context)}
    return dump({"encounter": codec.encode(case.encounter), "context": {**context, "payer": case.context.payer.key}})


def dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def total(lines: list[ClaimLine]) -> Decimal | None:
    """What is expected for the lines whose price is known; ``None`` where no price is."""
    known = [line.expected for line in lines if line.expected is not None]
    return sum(known, Decimal(0)) if known else None


def line_columns(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The answer's lines as columns."""
    same = ("code", "units", "modifiers", "diagnoses", "administrations", "ndc", "rule", "because", "source")
    return [
        {
            "line_no": number,
            **{name: line[name] for name in same},
            "expected": None if line["expected_payment"] is None else Decimal(line["expected_payment"]),
        }
        for number, line in enumerate(answer["lines"], start=1)
    ]


def sent_with(encounter_id: int, lines: list[ClaimLine]) -> Review | None:
    """The review of this visit that was sent last, if what it sent is what these lines say."""
    gone = ExportedLine.objects.filter(line__review__encounter_id=encounter_id).order_by("pk").last()
    if gone is None:
        return None
    sent = gone.line.review
    return sent if [line.says for line in sent.lines.all()] == [line.says for line in lines] else None


def _store_parts(review: Review, case: Case, answer: dict[str, Any], lines: list[ClaimLine]) -> None:
    for line in lines:
        line.review = review
    ClaimLine.objects.bulk_create(lines)
    own: dict[str, Any] = {"practice_id": review.practice_id, "review": review}
    Gap.objects.bulk_create(
        Gap(
            **own,
            position=position,
            rule=f.rule,
            summary=f.summary,
            severity=f.severity,
            gate=f.gate,
            owner=f.owner,
            until=f.until,
            because=f.because,
            fix=f.fix,
            fields=list(f.fields),
            administrations=list(f.administrations),
            source=f.source,
        )
        for position, f in enumerate(case.findings)
    )
    NotBilled.objects.bulk_create(NotBilled(**own, **row) for row in answer["not_billed"])
