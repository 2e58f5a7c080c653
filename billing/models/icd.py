"""Diagnosis codes as imported."""

from __future__ import annotations

from django.db import models

from billing.models.published import PublishedRow, by_key, one_a_day


class Icd10Code(PublishedRow):
    """A diagnosis code with its point. Only ``complete`` ones can be billed."""

    code = models.CharField(max_length=8)
    complete = models.BooleanField()
    description = models.CharField(max_length=320, blank=True)

    class Meta:
        constraints = one_a_day("icd10_code", "code")
        indexes = [by_key("icd10_code", "code")]

    def __str__(self) -> str:
        return self.code
