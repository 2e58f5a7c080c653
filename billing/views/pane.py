"""Everything that is known about one review, as its page and the right half of the work-list show it."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from billing import telling
from billing.models import Decision, ExportedLine, Gap, Review
from billing.models.decision import standing
from billing.words import OWNERS, UNTIL, rule_title
from injections import codec, facts


def pane(review: Review) -> dict[str, Any]:
    """What the templates ask for."""
    gaps = list(review.gaps.all())
    latest = standing(review)
    answer = json.loads(review.output) if review.output else {}
    return {
        "review": review,
        "encounter": review.encounter,
        "patient": review.encounter.patient,
        "gaps": [told(gap) for gap in gaps if gap.blocks],
        "notices": [told(gap) for gap in gaps if not gap.blocks],
        "doses": telling.doses(encounter_of(review)) if review.input else [],
        "lines": review.lines.all(),
        "not_billed": review.not_billed.all(),
        "unchecked": answer.get("not_checked", []),
        "latest": latest,
        "history": history(review),
        "days_to_file": (review.file_by - timezone.localdate()).days if review.file_by else None,
        "sent": review.already_sent_id is not None or ExportedLine.objects.filter(line__review=review).exists(),
        "current": review.is_current,
    }


def encounter_of(review: Review) -> facts.Encounter:
    """The visit as it was when the answer was given, not as it may be now."""
    return codec.decode(facts.Encounter, json.loads(review.input)["encounter"])


def told(gap: Gap) -> dict[str, Any]:
    return {
        "gap": gap,
        "summary": gap.summary.rstrip("."),
        "waits_for": OWNERS[gap.owner],
        "until": UNTIL[gap.until],
        "title": rule_title(gap.rule),
    }


def history(review: Review) -> list[dict[str, Any]]:
    """Who decided what about this visit and when the charges were worked out, newest first."""
    chain = Review.objects.filter(encounter=review.encounter_id)
    told = [{"at": r.created_at, "who": "", "what": derived(r), "review": r} for r in chain]
    decisions = Decision.objects.filter(review__in=chain).select_related("by", "undoes")
    told += [{"at": d.at, "who": d.by.short_name, "what": decided(d), "review": None} for d in decisions]
    exported = ExportedLine.objects.filter(line__review__in=chain).select_related("export__by")
    exports = {row.export_id: row.export for row in exported}
    told += [
        {"at": e.at, "who": e.by.short_name, "what": "Sent to the practice-management system", "review": None}
        for e in exports.values()
    ]
    return sorted(told, key=lambda event: event["at"], reverse=True)


def derived(review: Review) -> str:
    again = "again " if review.supersedes_id else ""
    if review.failed:
        return f"Charges could not be worked out (reference {review.error_reference})"
    return f"Charges worked out {again}by edition {review.edition[:8]}"


def decided(decision: Decision) -> str:
    if decision.undoes is not None:
        return f"Took back: {decision.undoes.get_what_display().lower()}"
    until = f" until {decision.until:%-d %b %Y}" if decision.until else ""
    why = ": ".join(filter(None, [decision.reason, decision.note]))
    return decision.get_what_display() + until + (f". {why}" if why else "")
