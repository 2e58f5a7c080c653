"""HCPCS Level II codes and modifiers as imported."""

from __future__ import annotations

from django.db import models

from billing.models.published import PublishedRow, by_key, one_a_day


class HcpcsCode(PublishedRow):
    """A code or a modifier from its add date to its termination date. ``replaced_by``: codes that CMS refers to."""

    code = models.CharField(max_length=5)
    short_description = models.CharField(max_length=60, blank=True)
    coverage = models.CharField(max_length=1, blank=True)
    pricing = models.CharField(max_length=2, blank=True)
    type_of_service = models.CharField(max_length=1, blank=True)
    replaced_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = one_a_day("hcpcs_code", "code")
        indexes = [by_key("hcpcs_code", "code")]

    def __str__(self) -> str:
        return self.code
