"""How often a needle went in, and for what: the events that administration codes count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from billing.anatomy import body_part
from billing.families import Family, classes_of, family_of, route_of
from injections.facts import Administration, Encounter, known
from injections.facts.once import once
from injections.routes import route_words
from injections.sites import site_words

#: of several drugs in one syringe, the first of these families names the act; numbing never does
_LEADING = (
    Family.ANTINEOPLASTIC,
    Family.COMPLEX,
    Family.HORMONAL,
    Family.CHEMODENERVATION,
    Family.JOINT,
)
#: how a dose went in, where the bare word for the route does not read in a sentence
_HOW = {"IM": "intramuscularly", "SC": "subcutaneously", "ID": "intradermally"}
_LAST = (Family.NUMBING, Family.FLUSH, Family.UNKNOWN)
_BY_PLACE = (
    Family.JOINT,
    Family.SACROILIAC,
    Family.TENDON,
    Family.TRIGGER_POINT,
    Family.PERINEURAL,
    Family.SPINE,
    Family.EYE,
    Family.EAR,
)


@dataclass(frozen=True, slots=True)
class Stick:
    """One act of giving: the doses that went in with it, and its family."""

    key: str
    doses: tuple[Administration, ...]
    family: Family

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(d.id for d in self.doses)

    @property
    def parts(self) -> int:
        """Over how many needle sticks the ordered dose was divided."""
        return max(max(d.split.parts if d.split else d.needle_sticks, 1) for d in self.doses)

    @property
    def drugs_apart(self) -> int:
        """How many drugs of one package went in, each with a needle of its own."""
        return 2 if any("two-injections" in classes_of(d) for d in self.doses) else 1

    @property
    def how_often(self) -> str:
        """ ", divided over 2 sticks"; empty where the needle went in once."""
        if self.drugs_apart > 1:
            return ", two drugs with a needle each"
        return f", divided over {self.parts} sticks" if self.parts > 1 else ""

    @property
    def called(self) -> str:
        return " with ".join(dict.fromkeys(d.called for d in self.doses))

    @property
    def where(self) -> str:
        """ "intramuscularly (left deltoid)", as far as it is charted."""
        first = self.doses[0]
        side, site = known(first.side), known(first.site)
        route = route_of(first)
        words = _HOW.get(route, route_words(route)) if route else "by a route that is not charted"
        return f"{words} ({site_words(site, side)})" if site else words

    def diagnoses(self, encounter: Encounter) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for d in self.doses for c in encounter.diagnoses_of(d)))


def sticks_of(encounter: Encounter, *families: Family) -> tuple[Stick, ...]:
    """The acts of a visit that staff performed; only those of the families, if any are named."""
    sticks = _sticks(encounter)
    return tuple(s for s in sticks if s.family in families) if families else sticks


@once
def _sticks(encounter: Encounter) -> tuple[Stick, ...]:
    groups: dict[tuple[str, ...], list[Administration]] = {}
    for dose in encounter.doses_given:
        if not dose.self_given:
            groups.setdefault(_event(dose, encounter), []).append(dose)
    return tuple(_stick(doses, encounter) for doses in groups.values())


def _event(dose: Administration, encounter: Encounter) -> tuple[str, ...]:
    """What makes two doses one act: one syringe, or one joint with its bursae (NCCI Policy Manual ch. IV)."""
    if dose.syringe:
        return ("syringe", dose.syringe)
    family, site = family_of(dose, encounter), known(dose.site)
    if family is Family.JOINT and site:
        return (family.name, body_part(site), known(dose.side) or "")
    if family in _BY_PLACE and site:
        return (family.name, site, known(dose.side) or "")
    return ("dose", dose.id)


def _stick(doses: Iterable[Administration], encounter: Encounter) -> Stick:
    ordered = tuple(doses)
    if len(ordered) == 1:
        return Stick(ordered[0].id, ordered, family_of(ordered[0], encounter))
    family = min((family_of(d, encounter) for d in ordered), key=_precedence)
    return Stick(min(d.id for d in ordered), ordered, family)


def _precedence(family: Family) -> tuple[int, str]:
    if family in _LEADING:
        return (_LEADING.index(family), "")
    return (99 if family in _LAST else 50, family.name)
