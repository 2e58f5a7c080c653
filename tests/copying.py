"""Many rows like a few that were made as the product makes them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

BATCH = 500


def copied(kind: object, rows: Iterable[object], **columns: list[object]) -> list[object]:
    """New rows like these, stored; ``columns`` say what differs, and what must be unique is."""
    made = []
    for place, row in enumerate(rows):
        values = {field.attname: getattr(row, field.attname) for field in kind._meta.concrete_fields}
        values.pop(kind._meta.pk.attname)
        values |= {name: uuid4() for name, value in values.items() if isinstance(value, UUID)}
        if "mrn" in values:
            values["mrn"] = uuid4().hex[:12]
        for name, found in columns.items():
            values[kind._meta.get_field(name).attname] = getattr(found[place], "pk", found[place])
        made.append(kind(**values))
    return kind.objects.bulk_create(made, batch_size=BATCH)
