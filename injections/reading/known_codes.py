"""What a code stands for here: what somebody said of it, else the NDC in its digits; and what it may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from injections.gtin import Says, says_of
from injections.models import KnownCode, Package, Staff
from injections.ndc import hyphenated
from injections.policy import CAPABILITIES
from injections.reading import staffing
from injections.reading.ordering import named
from injections.reading.shelf import package_of
from injections.scan import Scan

#: packages that are offered at once; where more are found, more words or the NDC find the one
MOST = 12
#: what the digits speak for stands first
_IN_ORDER = (Says.SAME, Says.DRUG, Says.KIT, Says.NOTHING)


class Read(NamedTuple):
    """The package that a code stands for, and how many of it are in what was scanned; ``None`` where nobody said."""

    package: Package
    units: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A package that the code may stand for."""

    package: Package
    says: Says

    @property
    def why(self) -> str:
        """What speaks for it; empty where nothing does."""
        if self.says is Says.NOTHING:
            return ""
        return self.says.value[:1].upper() + self.says.value[1:]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A code that nobody has said anything about: what was read beside it, and what it may stand for.

    ``others`` were found by name and are another drug by the digits of the code; ``more`` were found and are not shown.
    """

    scan: Scan
    choices: tuple[Choice, ...] = ()
    others: tuple[Package, ...] = ()
    more: int = 0

    @property
    def needs_another(self) -> bool:
        """Whether nothing but the label says which drug it is, so that two people read it."""
        return self.says_nothing or any(one.says is Says.KIT for one in self.choices)

    @property
    def says_nothing(self) -> bool:
        """Whether the code holds no NDC at all."""
        return self.scan.ndc10 is None


def read(scan: Scan, practice_id: int | None) -> Read | None:
    """What the code stands for in this practice; ``None`` where somebody has to say it."""
    said = _said(scan.gtin, practice_id)
    if said is not None:
        return Read(said.package, said.units)
    package = package_of(*scan.ndc_candidates)
    return Read(package) if package is not None else None


def _said(gtin: str | None, practice_id: int | None) -> KnownCode | None:
    known = KnownCode.objects.standing().filter(practice_id=practice_id or 0, gtin=gtin or "")
    return known.select_related("package__product").order_by("-pk").first()


def unknown(scan: Scan, wanted: str = "") -> Unknown:
    """The question about a code: the packages that its digits speak for first, then those that the words name."""
    found = {package.pk: package for package in (*_by_digits(scan), *_by_words(wanted))}
    said = [Choice(package, says_of(scan.ndc10, package.ndc, package.container)) for package in found.values()]
    choices = [one for says in _IN_ORDER for one in said if one.says is says]
    others = [one.package for one in said if one.says is Says.OTHER]
    return Unknown(scan, tuple(choices[:MOST]), tuple(others[:MOST]), more=len(choices[MOST:]))


def _by_digits(scan: Scan) -> Iterable[Package]:
    drugs = {hyphenated(form)[:10] for form in scan.ndc_candidates}
    if not drugs:
        return ()
    same = [Q(ndc__startswith=drug) for drug in drugs]
    return _packages().filter(Q(*same, _connector=Q.OR))


def _by_words(wanted: str) -> Iterator[Package]:
    package = package_of(wanted)
    if package is not None:
        yield package
    elif wanted:
        yield from _packages().filter(product__in=named(wanted))


def _packages() -> QuerySet[Package]:
    return Package.objects.filter(product__withdrawn_on=None).select_related("product").order_by("product__name", "ndc")


def ever_said_here(by: Staff | Any) -> QuerySet[KnownCode]:
    """Everything that anybody said, the newest first, ended or not."""
    whole = KnownCode.objects.for_user(by).select_related("package__product", "said_by", "confirmed_by")
    return whole.order_by("-pk")


def said_here(by: Staff | Any) -> QuerySet[KnownCode]:
    """What stands of it."""
    return ever_said_here(by).filter(end__isnull=True)


def may_confirm(by: Staff) -> QuerySet[Staff]:
    """Colleagues who may read the label too."""
    return staffing.colleagues(by).filter(role__in=CAPABILITIES["stock.write"]).exclude(pk=by.pk)
