"""What Medicare pays as imported: drugs per billing unit, services by relative values or by locality."""

from __future__ import annotations

from django.db import models

from billing.models.published import PublishedRow, by_key, one_a_day


class AspLimit(PublishedRow):
    """Dollars per billing unit of a drug in one quarter. No amount: the price stands in the notes."""

    code = models.CharField(max_length=5)
    dosage = models.CharField(max_length=120, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    coinsurance = models.DecimalField(max_digits=6, decimal_places=3)
    vaccine_limit = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    blood_limit = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    furnishing_fee = models.BooleanField()
    notes = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = one_a_day("asp_limit", "code")
        indexes = [by_key("asp_limit", "code")]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"


class RelativeValue(PublishedRow):
    """The physician fee schedule of one code: relative values, indicators and the conversion factor in dollars."""

    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    status = models.CharField(max_length=1, blank=True)
    work = models.DecimalField(max_digits=12, decimal_places=3)
    practice_office = models.DecimalField(max_digits=12, decimal_places=3)
    office_na = models.BooleanField()
    practice_facility = models.DecimalField(max_digits=12, decimal_places=3)
    facility_na = models.BooleanField()
    malpractice = models.DecimalField(max_digits=12, decimal_places=3)
    pctc = models.CharField(max_length=1, blank=True)
    global_days = models.CharField(max_length=3, blank=True)
    multiple = models.CharField(max_length=1, blank=True)
    bilateral = models.CharField(max_length=1, blank=True)
    assistant = models.CharField(max_length=1, blank=True)
    cosurgeon = models.CharField(max_length=1, blank=True)
    team = models.CharField(max_length=1, blank=True)
    supervision = models.CharField(max_length=2, blank=True)
    conversion_factor = models.DecimalField(max_digits=13, decimal_places=4)

    class Meta:
        constraints = one_a_day("relative_value", "code", "modifier")
        indexes = [by_key("relative_value", "code", "modifier")]

    def __str__(self) -> str:
        return f"{self.code} {self.modifier}".strip()


class LocalityAmount(PublishedRow):
    """What the fee schedule pays for a code in one locality, in dollars."""

    contractor = models.CharField(max_length=5)
    locality = models.CharField(max_length=2)
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    office = models.DecimalField(max_digits=12, decimal_places=2)
    facility = models.DecimalField(max_digits=12, decimal_places=2)
    pctc = models.CharField(max_length=1, blank=True)
    status = models.CharField(max_length=1, blank=True)

    class Meta:
        constraints = one_a_day("locality_amount", "contractor", "locality", "code", "modifier")
        indexes = [by_key("locality_amount", "contractor", "locality", "code", "modifier")]

    def __str__(self) -> str:
        return f"{self.contractor}-{self.locality} {self.code}"


class GpciLocality(PublishedRow):
    """The three factors by which a locality's prices differ from the nation's."""

    state = models.CharField(max_length=2)
    contractor = models.CharField(max_length=5)
    locality = models.CharField(max_length=2)
    name = models.CharField(max_length=120)
    work = models.DecimalField(max_digits=12, decimal_places=3)
    practice = models.DecimalField(max_digits=12, decimal_places=3)
    malpractice = models.DecimalField(max_digits=12, decimal_places=3)

    class Meta:
        constraints = one_a_day("gpci_locality", "state", "contractor", "locality")
        indexes = [by_key("gpci_locality", "state", "contractor", "locality")]

    def __str__(self) -> str:
        return self.name
