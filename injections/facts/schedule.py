"""When the doses of an order come, and how much each of them is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from injections.facts.drug import LoadingDose
from injections.quantity import Quantity, format_dose

FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class Schedule:
    """Loading doses by their own days after the first one, then a dose every ``every_days`` days.

    ``planned`` is how many doses there are in all, ``None`` where they go on. ``early_days`` and ``late_days`` are the
    window of the doses after the loading ones. Doses are numbered from one.
    """

    every_days: int = 0
    planned: int | None = None
    early_days: int = 0
    late_days: int = 0
    loading: tuple[LoadingDose, ...] = ()

    def loading_dose(self, number: int) -> LoadingDose | None:
        return self.loading[number - 1] if 0 < number <= len(self.loading) else None

    def days_before(self, number: int) -> int:
        """The days between a dose and the one before it."""
        this, before = self.loading_dose(number), self.loading_dose(number - 1)
        if this is None:
            return self.every_days
        return this.after_days - before.after_days if before is not None else 0

    def window(self, number: int) -> tuple[int, int]:
        """How many days early and late that dose may be; the first is never early."""
        this = self.loading_dose(number)
        early, late = (this.early_days, this.late_days) if this else (self.early_days, self.late_days)
        return (early if number > 1 else 0), late

    def due(self, number: int, first: date, last: date) -> date:
        """The day of a dose, from the days of the first one and of the one before it.

        A loading dose keeps its day after the first one; where the one before came late, it keeps its distance to it.
        """
        soonest, this = last + timedelta(days=self.days_before(number)), self.loading_dose(number)
        return max(soonest, first + timedelta(days=this.after_days)) if this is not None else soonest

    def days_until(self, number: int, doses: int) -> int | None:
        """The days from a dose to the one that comes ``doses`` after it; ``None`` where the plan ends before it."""
        if not self.every_days or (self.planned is not None and number + doses > self.planned):
            return None
        return sum(self.days_before(n) for n in range(number + 1, number + doses + 1))

    @property
    def goes_on(self) -> bool:
        """Whether doses follow after the loading ones."""
        return self.planned is None or self.planned > len(self.loading)

    def left_after(self, given: int) -> tuple[LoadingDose, ...]:
        """The loading doses that are still to come, counted from the next one."""
        rest = self.loading[given:]
        began = rest[0].after_days if rest else 0
        return tuple(LoadingDose(dose.after_days - began, dose.dose, dose.early_days, dose.late_days) for dose in rest)

    @property
    def words(self) -> str:
        """How often: "once", "every 4 weeks", "loading doses at weeks 0, 2 and 4, then every 4 weeks"."""
        often = every(self.every_days) if self.every_days else "once"
        if not self.loading:
            return often
        said = _loading(self.loading)
        if not self.goes_on:
            return f"{'dose' if len(self.loading) == 1 else 'doses'} {said}"
        return f"loading {'dose' if len(self.loading) == 1 else 'doses'} {said}, then {often}"


def every(days: int) -> str:
    """ "weekly", "monthly", "every 4 weeks", "every 10 days"."""
    if days in (30, 31):
        return "monthly"
    if days in (60, 61):
        return "every 2 months"
    weeks, odd = divmod(days, 7)
    if odd:
        return f"every {days} days" if days > 1 else "daily"
    return "weekly" if weeks == 1 else f"every {weeks} weeks"


def listed(words: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _loading(doses: tuple[LoadingDose, ...]) -> str:
    amounts: set[Quantity | None] = {dose.dose for dose in doses}
    if len(amounts) == 1:
        (amount,) = amounts
        return f"of {format_dose(amount)} {_when(doses)}" if amount else _when(doses)
    return "of " + listed(
        f"{format_dose(dose.dose)} on day {dose.after_days + 1}" if dose.dose else f"on day {dose.after_days + 1}"
        for dose in doses
    )


def _when(doses: tuple[LoadingDose, ...]) -> str:
    """Weeks where the days are whole weeks, as labels say it; short ones by the day."""
    after = [dose.after_days for dose in doses]
    if after[-1] >= FORTNIGHT and not any(days % 7 for days in after):
        return f"at weeks {listed(str(days // 7) for days in after)}"
    return f"on {'day' if len(after) == 1 else 'days'} {listed(str(days + 1) for days in after)}"
