"""Drug numbers as imported: which packages CMS assigns to a code, and FDA's directory of products and packages.

No column assumes the length of a drug number: 10 digits at FDA today, 11 in billing, 12 from 2033.
"""

from __future__ import annotations

from django.db import models

from billing.models.published import PublishedRow, by_key, one_a_day


class AspPackage(PublishedRow):
    """A package and its code: amount in one item, items, and billing units of the item and of the package."""

    code = models.CharField(max_length=5)
    ndc = models.CharField(max_length=20)
    labeler = models.CharField(max_length=120, blank=True)
    drug = models.CharField(max_length=120, blank=True)
    dosage = models.CharField(max_length=120, blank=True)
    package_size = models.DecimalField(max_digits=13, decimal_places=4)
    package_quantity = models.DecimalField(max_digits=13, decimal_places=4)
    units_per_item = models.DecimalField(max_digits=13, decimal_places=4)
    units_per_package = models.DecimalField(max_digits=13, decimal_places=4)

    class Meta:
        constraints = one_a_day("asp_package", "code", "ndc")
        indexes = [by_key("asp_package", "code", "ndc"), models.Index(fields=["ndc"], name="asp_package_by_ndc")]

    def __str__(self) -> str:
        return f"{self.ndc} {self.code}"


class NdcProduct(PublishedRow):
    """A product on the days it is marketed; ``ndc`` has two segments as FDA writes them."""

    ndc = models.CharField(max_length=20)
    kind = models.CharField(max_length=60, blank=True)
    name = models.TextField(blank=True)
    suffix = models.CharField(max_length=200, blank=True)
    generic = models.TextField(blank=True)
    form = models.TextField(blank=True)
    routes = models.TextField(blank=True)
    category = models.CharField(max_length=80, blank=True)
    application = models.CharField(max_length=40, blank=True)
    labeler = models.TextField(blank=True)
    substances = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    units = models.TextField(blank=True)
    schedule = models.CharField(max_length=5, blank=True)
    excluded = models.BooleanField()

    class Meta:
        constraints = one_a_day("ndc_product", "ndc")
        indexes = [by_key("ndc_product", "ndc")]

    def __str__(self) -> str:
        return f"{self.ndc} {self.name}"


class NdcPackage(PublishedRow):
    """A package on the days it is marketed; ``ndc`` has three segments as FDA writes them."""

    ndc = models.CharField(max_length=20)
    product = models.CharField(max_length=20)
    description = models.TextField(blank=True)
    sample = models.BooleanField()
    excluded = models.BooleanField()

    class Meta:
        constraints = one_a_day("ndc_package", "ndc")
        indexes = [by_key("ndc_package", "ndc"), models.Index(fields=["product"], name="ndc_package_by_product")]

    def __str__(self) -> str:
        return self.ndc
