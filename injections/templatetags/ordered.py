"""How much was ordered of a dose, signed or still charted: loading doses can differ from those that follow."""

from __future__ import annotations

from django import template

from injections.chart.ordered import number_for
from injections.models import Administration, AdministrationDraft
from injections.quantity import Quantity

register = template.Library()


@register.filter
def ordered_dose(dose: Administration | AdministrationDraft) -> Quantity | None:
    if dose.order is None:
        return None
    number = dose.dose_number if isinstance(dose, Administration) else number_for(dose)
    return dose.order.dose_of(number)
