"""Which editions of a vaccine's information statement this practice has been handing over."""

from __future__ import annotations

from datetime import date

from injections import facts
from injections.models import Administration, AdministrationDraft

#: so many tiles, out of so many doses
OFFERED, LOOKED_AT = 3, 20


def editions_for(draft: AdministrationDraft, dose: facts.Administration) -> list[date] | None:
    """The editions last charted with this vaccine, newest first; ``None`` for what is no vaccine.

    They come from the practice's own records: the sheet in hand says which one it is.
    """
    product = dose.product
    if product is None or "vaccine" not in product.classes:
        return None
    rows = Administration.objects.filter(practice=draft.practice_id, product__key=product.key)
    rows = rows.exclude(information_statement={}).order_by("-pk")
    said = rows.values_list("information_statement__edition", flat=True)[:LOOKED_AT]
    return sorted({date.fromisoformat(edition) for edition in said}, reverse=True)[:OFFERED]
