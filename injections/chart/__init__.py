"""The one door from rows to facts: everything that reads the chart to judge or to bill it comes through here."""

from injections.chart.disclosure import kept_encounters, kept_from_plan
from injections.chart.doses import signed_fact
from injections.chart.drafts import Drafted, read_draft
from injections.chart.products import product_details, product_fact
from injections.chart.reading import find_encounter, practices, read_chart, signed_encounter, signed_since
from injections.chart.recalled import find_recall

__all__ = [
    "Drafted",
    "find_encounter",
    "find_recall",
    "kept_encounters",
    "kept_from_plan",
    "practices",
    "product_details",
    "product_fact",
    "read_chart",
    "read_draft",
    "signed_encounter",
    "signed_fact",
    "signed_since",
]
