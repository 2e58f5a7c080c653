"""What makes a function a check, and the few words every check speaks in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps
from typing import overload

from injections.facts import Administration, Encounter, Product, Waiver
from injections.facts.once import once
from injections.findings import Finding, Gate, Owner, Severity, Until, signed

Check = Callable[[Encounter], Iterable[Finding]]

#: purposes of a fluid that only carries or clears the drug: it needs no order, response or supervision of its own
CARRIERS = frozenset({"diluent", "flush"})


#: address of each check whose answered stop is an incident -> its title
INCIDENTS: dict[str, str] = {}


@overload
def check(function: Check) -> Check: ...
@overload
def check(*, applies: Iterable[str]) -> Callable[[Check], Check]: ...
def check(function: Check | None = None, *, applies: Iterable[str] = ()) -> Check | Callable[[Check], Check]:
    """A check whose stop or gap becomes a mere warning once somebody has stated a reason.

    ``applies`` are traits of a visit of which one must be there: a shortcut past the check, never a condition.
    """
    enter = _entered(frozenset(applies), waived_gate=Gate.NOTHING, once_waived="")
    return enter if function is None else enter(function)


def incident(once_waived: str, *, applies: Iterable[str] = ()) -> Callable[[Check], Check]:
    """A check whose stop, once answered with a reason, lets the record be signed but keeps the claim back."""
    enter = _entered(frozenset(applies), waived_gate=Gate.CLAIM, once_waived=once_waived)

    def remember(function: Check) -> Check:
        INCIDENTS[address(function)] = title(function)
        return enter(function)

    return remember


def concerns(function: Check, traits: frozenset[str]) -> bool:
    """Whether the check could have anything to say about a visit with these traits."""
    applies = _applies[function]
    return not applies or not applies.isdisjoint(traits)


_applies: dict[Check, frozenset[str]] = {}


def _entered(applies: frozenset[str], *, waived_gate: Gate, once_waived: str) -> Callable[[Check], Check]:
    def enter(function: Check) -> Check:
        speaking = _speaking_as(function, waived_gate=waived_gate, once_waived=once_waived)
        _applies[speaking] = applies
        return speaking

    return enter


def address(function: Check) -> str:
    """``vial.lot_expired``: the chapter and the name of the function."""
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


def title(function: Check) -> str:
    """The first line of the docstring: what the screen says."""
    return (function.__doc__ or "").strip().partition("\n")[0].strip()


def reason(function: Check) -> str:
    """The rest of the docstring: why the check exists."""
    return " ".join((function.__doc__ or "").strip().partition("\n")[2].split())


def _speaking_as(function: Check, *, waived_gate: Gate, once_waived: str) -> Check:
    """Give what the function notices its address and title, and answer it where a waiver stands."""
    rule, says = address(function), title(function)

    @wraps(function)
    def speaking(encounter: Encounter) -> list[Finding]:
        heard = list(function(encounter))
        for place, finding in enumerate(heard):
            named = signed(finding, rule, summary=finding.summary or says)
            heard[place] = _unless_waived(encounter, named, waived_gate, once_waived)
        return heard

    return speaking


def _unless_waived(encounter: Encounter, finding: Finding, gate: Gate, once_waived: str) -> Finding:
    waiver = _waiver(encounter, finding)
    return finding if waiver is None else _answered(finding, waiver, gate, once_waived)


def _waiver(encounter: Encounter, finding: Finding) -> Waiver | None:
    """The reason that was stated for every dose that the finding is about."""
    if finding.gate not in (Gate.GIVING, Gate.SIGNING) or not finding.administrations:
        return None
    doses = [dose for dose in encounter.administrations if dose.id in finding.administrations]
    waivers = [dose.waiver(finding.rule) for dose in doses]
    stated = [waiver for waiver in waivers if waiver is not None and waiver.reason.strip()]
    return stated[0] if stated and len(stated) == len(doses) else None


def _answered(finding: Finding, waiver: Waiver, gate: Gate, once_waived: str) -> Finding:
    """The same finding after somebody stated a reason: it no longer holds up the signature."""
    by = f" ({waiver.by})" if waiver.by else ""
    because = "; ".join(filter(None, [finding.because, f"stated reason: {waiver.reason.strip()}{by}"]))
    severity = Severity.CRITICAL if gate is Gate.CLAIM else Severity.WARNING
    summary = f"{finding.summary}. {once_waived}" if once_waived else finding.summary
    return replace(finding, summary=summary, severity=severity, gate=gate, because=because, fix="")


# --- what a check yields ---------------------------------------------------------------------------------------------


def gap(
    dose: Administration,
    *fields: str,
    fix: str,
    summary: str = "",
    because: str = "",
    owner: Owner = Owner.NURSE,
    until: Until = Until.SIGN_OFF,
) -> Finding:
    """A required fact that nobody has charted: the signature waits for it."""
    return _finding(dose, fields, Severity.CRITICAL, Gate.SIGNING, fix, summary, because, owner, until)


def stop(
    dose: Administration,
    *fields: str,
    fix: str,
    summary: str = "",
    because: str = "",
    owner: Owner = Owner.NURSE,
    until: Until = Until.PATIENT_LEAVES,
) -> Finding:
    """An act that must not happen, or must be answered for with a reason."""
    return _finding(dose, fields, Severity.CRITICAL, Gate.GIVING, fix, summary, because, owner, until)


def warning(
    dose: Administration,
    *fields: str,
    fix: str,
    summary: str = "",
    because: str = "",
    owner: Owner = Owner.NURSE,
    until: Until = Until.SIGN_OFF,
    gate: Gate = Gate.NOTHING,
) -> Finding:
    """Something to look at that holds up nothing, or only the claim."""
    return _finding(dose, fields, Severity.WARNING, gate, fix, summary, because, owner, until)


def _finding(
    dose: Administration,
    fields: tuple[str, ...],
    severity: Severity,
    gate: Gate,
    fix: str,
    summary: str,
    because: str,
    owner: Owner,
    until: Until,
) -> Finding:
    return Finding(
        rule="",
        summary=summary,
        severity=severity,
        gate=gate,
        owner=owner,
        until=until,
        fix=fix,
        because=because,
        administrations=(dose.id,),
        fields=fields,
    )


def softened(finding: Finding, product: Product | None, *facts: str) -> Finding:
    """The finding as a mere warning where the drug's file says that nobody has confirmed the fact behind it."""
    if product is None or product.unconfirmed.isdisjoint(facts):
        return finding
    note = f"the {facts[0].replace('_', ' ').replace('.', ' ')} in our drug file is unconfirmed"
    because = "; ".join(filter(None, [finding.because, note]))
    return replace(finding, severity=Severity.WARNING, gate=Gate.NOTHING, because=because)


# --- which doses -----------------------------------------------------------------------------------------------------


@once
def treatments(encounter: Encounter) -> tuple[Administration, ...]:
    """The doses that entered the patient for their own sake: not a diluent, not a flush."""
    return tuple(dose for dose in encounter.doses_given if dose.purpose not in CARRIERS)
