"""What FDA's directory says of a package that is not among ours: its name, never an amount, a code or a unit.

Nothing is worked out from it. It tells whoever holds the vial, or bills it, which product the number belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from billing.models import NdcPackage, NdcProduct
from injections import facts
from injections.formulary.ndc import billing_forms
from injections.ndc import same_ndc


@dataclass(frozen=True)
class Listed:
    """A number as charted, and the product it belongs to; ``None`` where the directory of the day has none."""

    ndc: str
    product: NdcProduct | None

    @property
    def words(self) -> str:
        """ "Ketorolac Tromethamine, injection, 30 mg/mL, labeled by Example Labs"."""
        found = self.product
        if found is None:
            return ""
        name = found.name if found.name.casefold() == found.generic.casefold() else f"{found.name} ({found.generic})"
        parts = (name, found.form.lower(), _strength(found), f"labeled by {found.labeler}" if found.labeler else "")
        return ", ".join(part for part in parts if part)


def named(visit: facts.Encounter) -> list[Listed]:
    """Every charted number that is no package of its drug's file, with what the directory says. Empty without one."""
    strange = list(dict.fromkeys(_unlisted(visit)))
    if not strange or not NdcProduct.objects.live().exists():
        return []
    return [Listed(written, _product(written, visit.date)) for written in strange]


def _unlisted(visit: facts.Encounter) -> Iterator[str]:
    for dose in visit.doses_given:
        ours = dose.product.packages if dose.product else ()
        for stated in (dose.ndc, *(container.ndc for container in dose.containers)):
            written = facts.known(stated)
            if written and billing_forms(written) and not any(same_ndc(written, package.ndc) for package in ours):
                yield written


def _product(written: str, day: date) -> NdcProduct | None:
    """The one product that the number can mean; ``None`` too where ten bare digits mean several."""
    shapes = {shape for form in billing_forms(written) for shape in _as_fda_writes(form)}
    packages = NdcPackage.objects.on(day).filter(ndc__in=["-".join(shape) for shape in shapes])
    products = set(packages.values_list("product", flat=True)) or {"-".join(shape[:2]) for shape in shapes}
    found = list(NdcProduct.objects.on(day).filter(ndc__in=products).order_by("ndc")[:2])
    return found[0] if len(found) == 1 else None


def _as_fda_writes(form: str) -> Iterator[tuple[str, str, str]]:
    """Eleven digits as FDA may print them: one segment shorter by its zero, or as they stand."""
    labeler, product, package = form[:5], form[5:9], form[9:]
    yield labeler, product, package
    if labeler[0] == "0":
        yield labeler[1:], product, package
    if product[0] == "0":
        yield labeler, product[1:], package
    if package[0] == "0":
        yield labeler, product, package[1:]


def _strength(found: NdcProduct) -> str:
    strengths, units = found.strengths.split(";"), found.units.split(";")
    if len(strengths) != len(units) or not any(strengths):
        return ""
    return " and ".join(f"{much.strip()} {unit.strip()}" for much, unit in zip(strengths, units, strict=True))
