"""NCCI's edits as imported: pairs of codes, most units of a code, add-on codes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from billing.models.published import PublishedRow, by_key, one_a_day


class NcciPair(PublishedRow):
    """Column 1 is paid, column 2 is not, on some days. Indicator 1: a modifier may part them.

    ``never`` (indicator 9) was taken back on the day it would have begun, and bars nothing.
    """

    column1 = models.CharField(max_length=5)
    column2 = models.CharField(max_length=5)
    never = models.BooleanField()
    modifier_indicator = models.CharField(max_length=1)
    before_1996 = models.BooleanField()
    rationale = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = one_a_day("ncci_pair", "column1", "column2", unless=Q(never=True))
        indexes = [by_key("ncci_pair", "column1", "column2")]

    def __str__(self) -> str:
        return f"{self.column1} {self.column2}"


class MueLimit(PublishedRow):
    """The most units of a code. Indicator 1 counts a line, 2 a day by policy, 3 a day by clinical benchmark."""

    code = models.CharField(max_length=5)
    units = models.PositiveIntegerField()
    indicator = models.CharField(max_length=1)
    rationale = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = one_a_day("mue_limit", "code")
        indexes = [by_key("mue_limit", "code")]

    def __str__(self) -> str:
        return f"{self.code} {self.units}"


class AddOnCode(PublishedRow):
    """A code that is billed only beside a primary one; ``CCCCC``: the contractor decides which."""

    add_on = models.CharField(max_length=5)
    primary = models.CharField(max_length=5)
    edit_type = models.CharField(max_length=1)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = one_a_day("add_on_code", "add_on", "primary")
        indexes = [by_key("add_on_code", "add_on", "primary")]

    def __str__(self) -> str:
        return f"{self.add_on} with {self.primary}"
