"""What a vial's label says of its doses, where the formulary has not seen that label."""

from __future__ import annotations

from dataclasses import replace

from injections.facts import Package

#: what somebody read off the label -> whether the vial is for one dose
KINDS = {"single-dose": True, "multi-dose": False}


def as_labelled(package: Package, read_off: str) -> Package:
    """The package with the kind that was read off its label. What the formulary knows stands."""
    if package.single_dose is not None or read_off not in KINDS:
        return package
    return replace(package, single_dose=KINDS[read_off])
